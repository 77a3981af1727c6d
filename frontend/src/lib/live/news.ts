// What the events of a stream mean here: a post that changed changes everywhere, one that is gone goes. Opens no stream.

import type { Notification, Status } from '../api/entities.ts';
import { unread } from '../notifications/unread.svelte.ts';
import { session } from '../people/session.svelte.ts';
import { find, keep } from '../posts/known.svelte.ts';
import { askAgain, forget, HOME, timeline, type Timeline } from '../posts/timelines.ts';
import { live } from './live.svelte.ts';

export type Told = { event: 'update' | 'status.update'; what: Status } | { event: 'delete'; what: string } | { event: 'notification'; what: Notification } | { event: 'notifications_merged'; what?: undefined };
type Watcher = (told: Told) => void;

const watchers = new Set<Watcher>();

/** For a screen that has something open which news may be about, until what it gives back is called. */
export function watch(watcher: Watcher): () => void {
	watchers.add(watcher);
	return () => watchers.delete(watcher);
}

function tell(told: Told): void {
	for (const watcher of watchers) watcher(told);
}

/** One event of a stream whose posts are in this list. */
export function happened(list: Timeline | undefined, event: string, payload = ''): void {
	switch (event) {
		case 'update': {
			const what = JSON.parse(payload) as Status;
			list?.arrive(what);
			return tell({ event, what });
		}
		case 'status.update': {
			const what = JSON.parse(payload) as Status;
			// What nobody has seen here is seen as it is then.
			if (find(what.id)) keep(what);
			return tell({ event, what });
		}
		case 'delete':
			forget(payload);
			return tell({ event, what: payload });
		case 'notification': {
			const what = JSON.parse(payload) as Notification;
			if (what.type === 'follow_request' && session.me) session.me.source.follow_requests_count += 1;
			unread.soon();
			return tell({ event, what });
		}
		case 'notifications_merged':
			unread.soon();
			return tell({ event });
		case 'filters_changed':
			return askAgain();
	}
}

/** From the first screen on, for somebody who is signed in. */
export function begin(): () => void {
	void unread.load();
	const ends = [
		live.hear({ stream: 'user' }, (event, payload) => happened(timeline(HOME), event, payload)),
		live.hear({ stream: 'direct' }, (event) => event === 'conversation' && unread.soon())
	];
	return () => ends.forEach((end) => end());
}
