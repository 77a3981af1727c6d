// The lists of posts by their addresses, kept while the app is open, so that Back finds them as they were.

import { List } from '../api/list.svelte.ts';
import type { Status } from '../api/entities.ts';
import type { Stream } from '../live/line.ts';
import { entry, type Entry } from './known.svelte.ts';

export type Timeline = List<Status, Entry>;

const timelines = new Map<string, Timeline>();
/** More than somebody walks back through. */
const MOST = 30;

export function timeline(path: string): Timeline {
	let found = timelines.get(path);
	if (found) timelines.delete(path);
	found ??= new List(path, entry);
	timelines.set(path, found);
	const [oldest] = timelines.keys();
	if (timelines.size > MOST && oldest) timelines.delete(oldest);
	return found;
}

/** A post that is gone is gone from every list, and so is one that was passed on no longer. */
export function forget(id: string): void {
	for (const list of timelines.values()) list.drop(({ key, post }) => post.id !== id && key !== id);
}

/** Somebody's filters have changed, and with them what every list shows. */
export function askAgain(): void {
	for (const list of timelines.values()) {
		if (list.state === 'ready') void list.reload();
	}
}

/** All posts by somebody, once they are muted or blocked. */
export function forgetAuthor(id: string): void {
	for (const list of timelines.values()) list.drop(({ post, by }) => post.account.id !== id && by?.id !== id);
}

/** The same of everybody of a server. */
export function forgetServer(host: string): void {
	const isOf = (account: Status['account'] | null | undefined) => account?.acct.endsWith(`@${host}`) ?? false;
	for (const list of timelines.values()) list.drop(({ post, by }) => !isOf(post.account) && !isOf(by));
}

/** What somebody passed on into the home feed. */
export function forgetReposts(id: string): void {
	timelines.get(HOME)?.drop(({ by }) => by?.id !== id);
}

export const HOME = '/api/v1/timelines/home?limit=20';
export const LOCAL = '/api/v1/timelines/public?local=true&limit=20';
export const listPath = (id: string) => `/api/v1/timelines/list/${id}?limit=20`;

/** Where new posts of a list are told of. */
export function streamOf(path: string): Stream | undefined {
	if (path === HOME) return { stream: 'user' };
	if (path === LOCAL) return { stream: 'public:local' };
	const list = /^\/api\/v1\/timelines\/list\/(\w+)/.exec(path)?.[1];
	return list ? { stream: 'list', list } : undefined;
}
