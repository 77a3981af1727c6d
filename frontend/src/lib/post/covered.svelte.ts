// Which covered posts somebody looked behind. Forgets when the app is closed.

import { SvelteSet } from 'svelte/reactivity';
import type { Status } from '../api/entities.ts';
import type { Filtering } from '../posts/filtering.ts';

const opened = new SvelteSet<string>();
/** Those that a filter met, and that were shown anyway. */
const passed = new SvelteSet<string>();

/** Whether pictures lie under a cover now. */
export function isCovered(post: Status, filter?: Filtering): boolean {
	return hasCover(post, filter) && !opened.has(post.id);
}

export function hasCover(post: Status, filter?: Filtering): boolean {
	return post.sensitive || post.spoiler_text !== '' || filter?.how === 'blur';
}

export function turn(post: Status): void {
	if (!opened.delete(post.id)) opened.add(post.id);
}

/** Whether a warning stands in the place of the whole post. */
export function isWarnedOf(post: Status, filter: Filtering | undefined): filter is Filtering {
	return filter?.how === 'warn' && !passed.has(post.id);
}

export function pass(post: Status): void {
	passed.add(post.id);
}
