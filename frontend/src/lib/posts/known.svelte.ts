// Every post that was seen, once: whoever shows it shows the same one, so a like is seen everywhere. Asks for nothing.

import type { Status } from '../api/entities.ts';

const known = new Map<string, Status>();

/** The one reactive copy of a post, brought up to date. */
export function keep(status: Status): Status {
	const had = known.get(status.id);
	if (had) {
		Object.assign(had, status);
		return had;
	}
	const kept = $state(status);
	known.set(status.id, kept);
	return kept;
}

export function find(id: string): Status | undefined {
	return known.get(id);
}

/** A post in a list: what is shown, and who passed it on. */
export interface Entry {
	/** Of the list's row: a repost's own. */
	key: string;
	/** The post's own: one that was reposted is shown once. */
	same: string;
	post: Status;
	by: Status['account'] | null;
}

export function entry(status: Status): Entry {
	const { reblog } = status;
	const post = keep(reblog ?? status);
	return { key: status.id, same: post.id, post, by: reblog ? status.account : null };
}
