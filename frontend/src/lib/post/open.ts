// Opening a post from a list: over it, under the post's own address, so that Back closes it and nothing is lost.

import { goto, pushState } from '$app/navigation';
import type { Status } from '../api/entities.ts';
import { postPage } from '../people/names.ts';

/** Wide enough for pictures and words side by side; on a phone the post is a page of its own. */
const WIDE = '(min-width: 900px)';

export function openPost(post: Status, picture = 0, comment = false, event?: MouseEvent): void {
	// A new tab or window is the browser's matter.
	if (event && (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0)) return;
	event?.preventDefault();
	const page = postPage(post) + (comment ? '#comment' : '');
	if (matchMedia(WIDE).matches) pushState(page, { post: post.id, picture });
	else void goto(page, { state: { picture } });
}
