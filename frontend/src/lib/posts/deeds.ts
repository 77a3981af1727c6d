// What somebody does with a post once: pass its address on, take it out of another, delete it. Likes and the like are `acts`.

import { send } from '../api/client.ts';
import type { Status } from '../api/entities.ts';
import { toasts } from '../frame/toasts.svelte.ts';
import { t } from '../i18n/text.svelte.ts';
import { postPage } from '../people/names.ts';
import { asking } from '../ui/asking.svelte.ts';
import { keep } from './known.svelte.ts';
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

/** Leave to quote a post of one's own, taken back: the other post stays, without it. */
export async function takeBack(quoting: Status, quoted: Status): Promise<void> {
	const sure = await asking.ask({ title: t('quote-revoke-title'), text: t('quote-revoke-text'), yes: t('quote-revoke-yes') });
	if (!sure) return;
	try {
		keep(await send<Status>('POST', `/api/v1/statuses/${quoted.id}/quotes/${quoting.id}/revoke`));
	} catch {
		toasts.trouble(t('error-not-done'));
	}
}

export async function remove(post: Status): Promise<boolean> {
	const sure = await asking.ask({ title: t('delete-title'), text: t('delete-text'), yes: t('delete') });
	if (!sure) return false;
	try {
		// With its photos: else they are kept for a while, for writing it anew.
		await send('DELETE', `/api/v1/statuses/${post.id}?delete_media=true`);
	} catch {
		toasts.trouble(t('error-not-done'));
		return false;
	}
	forget(post.id);
	toasts.say(t('deleted'));
	return true;
}
