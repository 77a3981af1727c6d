// Which covered posts somebody looked behind. Forgets when the app is closed.

import { SvelteSet } from 'svelte/reactivity';
import type { Status } from '../api/entities.ts';

const opened = new SvelteSet<string>();

/** Whether pictures lie under a cover now. */
export function isCovered(post: Status): boolean {
	return hasCover(post) && !opened.has(post.id);
}

export function hasCover(post: Status): boolean {
	return post.sensitive || post.spoiler_text !== '';
}

export function turn(post: Status): void {
	if (!opened.delete(post.id)) opened.add(post.id);
}
