// What somebody does with a post once: pass its address on, delete it. Likes and the like are `acts`.

import { send } from '../api/client.ts';
import type { Status } from '../api/entities.ts';
import { toasts } from '../frame/toasts.svelte.ts';
import { t } from '../i18n/text.svelte.ts';
import { postPage } from '../people/names.ts';
import { asking } from '../ui/asking.svelte.ts';
import { forget } from './timelines.ts';

/** The address that others can open: the original's for a post from elsewhere. */
export function linkOf(post: Status): string {
	return post.url ?? new URL(postPage(post), location.origin).href;
}

export async function copyLink(post: Status): Promise<void> {
	try {
		await navigator.clipboard.writeText(linkOf(post));
		toasts.say(t('link-copied'));
	} catch {
		toasts.trouble(t('link-not-copied'));
	}
}

/** By the device's own sheet where it has one. */
export async function share(post: Status): Promise<void> {
	if (!navigator.share) return copyLink(post);
	await navigator.share({ url: linkOf(post) }).catch(() => undefined);
}

export async function remove(post: Status): Promise<boolean> {
	const sure = await asking.ask({ title: t('delete-title'), text: t('delete-text'), yes: t('delete') });
	if (!sure) return false;
	try {
		await send('DELETE', `/api/v1/statuses/${post.id}`);
	} catch {
		toasts.trouble(t('error-not-done'));
		return false;
	}
	forget(post.id);
	toasts.say(t('deleted'));
	return true;
}
