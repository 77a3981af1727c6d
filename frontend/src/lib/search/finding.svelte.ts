// Searching while somebody types: one question at a time, the last one counts. Keeps no history.

import { address, get } from '../api/client.ts';
import type { SearchResults, Status } from '../api/entities.ts';
import { session } from '../people/session.svelte.ts';
import { keep } from '../posts/known.svelte.ts';

export const KINDS = ['top', 'people', 'tags', 'posts'] as const;
export type Kind = (typeof KINDS)[number];

const TYPES: Record<Kind, string | undefined> = { top: undefined, people: 'accounts', tags: 'hashtags', posts: 'statuses' };
/** Between two letters. */
const PAUSE = 150;

/** What another server has to be asked about: a web address, or a handle with a host. */
export function isAddress(text: string): boolean {
	return /^https?:\/\/\S+$/.test(text.trim()) || /^@?[\w.-]+@[\w.-]+\.\w+(:\d+)?$/.test(text.trim());
}

/** Which other server that is; none, where it is this one. */
export function elsewhere(text: string, here: string): string | undefined {
	if (!isAddress(text)) return undefined;
	const wanted = text.trim();
	const host = /^https?:/.test(wanted) ? (URL.parse(wanted)?.host ?? '') : wanted.slice(wanted.lastIndexOf('@') + 1);
	return host.toLowerCase() === here ? undefined : host;
}

export class Finding {
	found = $state.raw<SearchResults | null>(null);
	error = $state.raw<unknown>(null);
	isLooking = $state(false);
	#timer: ReturnType<typeof setTimeout> | undefined;
	#asking: AbortController | undefined;

	look(text: string, kind: Kind, now = false): void {
		clearTimeout(this.#timer);
		this.#asking?.abort();
		const wanted = text.trim();
		if (!wanted) {
			this.found = null;
			this.isLooking = false;
			this.error = null;
			return;
		}
		this.isLooking = true;
		this.#timer = setTimeout(() => void this.#ask(wanted, kind), now ? 0 : PAUSE);
	}

	async #ask(q: string, kind: Kind): Promise<void> {
		const asking = (this.#asking = new AbortController());
		const limit = kind === 'top' ? 6 : 30;
		const query = { q, type: TYPES[kind], limit, resolve: (session.isIn && isAddress(q)) || undefined };
		try {
			const found = await get<SearchResults>(address('/api/v2/search', query), asking.signal);
			if (asking.signal.aborted) return;
			this.found = { ...found, statuses: found.statuses.map((status: Status) => keep(status)) };
			this.error = null;
		} catch (error) {
			if (asking.signal.aborted) return;
			this.error = error;
		}
		this.isLooking = false;
	}
}
