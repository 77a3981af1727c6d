// What somebody does with a post: seen at once, told to the server, and taken back when it says no.

import { send, Unreachable } from '../api/client.ts';
import type { Status } from '../api/entities.ts';
import { t } from '../i18n/text.svelte.ts';
import { toasts } from '../frame/toasts.svelte.ts';
import { keep } from './known.svelte.ts';

type Flag = 'favourited' | 'reblogged' | 'bookmarked' | 'pinned' | 'muted';
type Count = 'favourites_count' | 'reblogs_count';

interface Act {
	on: string;
	off: string;
	count?: Count;
}

const ACTS: Record<Flag, Act> = {
	favourited: { on: 'favourite', off: 'unfavourite', count: 'favourites_count' },
	reblogged: { on: 'reblog', off: 'unreblog', count: 'reblogs_count' },
	bookmarked: { on: 'bookmark', off: 'unbookmark' },
	pinned: { on: 'pin', off: 'unpin' },
	muted: { on: 'mute', off: 'unmute' }
};

// A double click is one wish: while the server is asked, the next waits and only the last one counts.
const asking = new Map<string, Promise<void>>();

function show(post: Status, flag: Flag, wanted: boolean): void {
	const { count } = ACTS[flag];
	if ((post[flag] ?? false) === wanted) return;
	post[flag] = wanted;
	if (count) post[count] = Math.max(0, post[count] + (wanted ? 1 : -1));
}

async function tell(post: Status, flag: Flag): Promise<void> {
	const wanted = post[flag] ?? false;
	const act = ACTS[flag];
	try {
		const said = await send<Status>('POST', `/api/v1/statuses/${post.id}/${wanted ? act.on : act.off}`);
		if ((post[flag] ?? false) !== wanted) return tell(post, flag);
		// A repost is answered with itself around the post.
		keep(said.reblog ?? said);
	} catch (error) {
		show(post, flag, !wanted);
		toasts.trouble(error instanceof Unreachable ? t('error-offline') : t('error-not-done'));
	}
}

export async function set(post: Status, flag: Flag, wanted: boolean): Promise<void> {
	if ((post[flag] ?? false) === wanted) return;
	show(post, flag, wanted);
	const key = `${post.id} ${flag}`;
	if (asking.has(key)) return;
	const asked = tell(post, flag).finally(() => asking.delete(key));
	asking.set(key, asked);
	await asked;
}

export async function toggle(post: Status, flag: Flag): Promise<void> {
	await set(post, flag, !post[flag]);
}
