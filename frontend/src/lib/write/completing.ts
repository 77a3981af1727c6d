// Put on a field for words: once somebody begins a name, a tag or an emoji in it, the list of what it could become is fetched
// and watches the field from then on. Until then it weighs nothing.

import { mount, unmount } from 'svelte';
import { also } from '../i18n/text.svelte.ts';
import { tokenAt } from './token.ts';

/** For `{@attach}`. */
export function completing(field: HTMLTextAreaElement): () => void {
	let list: object | undefined;
	let isGone = false;

	async function begin() {
		if (!tokenAt(field.value, field.selectionStart)) return;
		field.removeEventListener('input', begin);
		try {
			const [{ default: Complete }] = await Promise.all([import('./Complete.svelte'), also('further')]);
			// Inside of a window, since nothing outside of it can be pressed while it is open.
			const target = field.closest('dialog') ?? field.closest('main') ?? document.body;
			if (!isGone) list = mount(Complete, { target, props: { field } });
		} catch {
			// Without a network one writes the whole name; the next letter may have better luck.
			if (!isGone) field.addEventListener('input', begin);
		}
	}
	field.addEventListener('input', begin);
	return () => {
		isGone = true;
		field.removeEventListener('input', begin);
		if (list) void unmount(list);
	};
}
