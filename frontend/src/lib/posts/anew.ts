// A post of one's own, deleted so as to be written anew: what it said and showed is the next draft. Sends nothing.

import { goto } from '$app/navigation';
import { send } from '../api/client.ts';
import type { Attachment, Status } from '../api/entities.ts';
import { keepDraft, type Kept, keptDraft, type KeptPhoto } from '../compose/kept.ts';
import { policyOf } from '../compose/quoting.ts';
import { toasts } from '../frame/toasts.svelte.ts';
import { also, t } from '../i18n/text.svelte.ts';
import { session } from '../people/session.svelte.ts';
import { asking } from '../ui/asking.svelte.ts';
import { forget } from './timelines.ts';

/** As it was written, with what it quoted. */
type Gone = Status & { text?: string };

/** A new post can be all that it was: it stands alone and holds no poll. */
export function isRewritable(post: Status): boolean {
	return !post.in_reply_to_id && !post.poll && post.visibility !== 'direct';
}

function photoOf(media: Attachment): KeptPhoto {
	const { stock, developer, scanner } = media.camera?.film ?? {};
	return { key: media.id, file: null, media, alt: media.description ?? '', focus: media.meta?.focus, roll: { stock: stock ?? '', developer: developer ?? '', scanner: scanner ?? '' } };
}

export function draftOf(post: Gone): Kept {
	const media = post.media_attachments;
	return {
		text: post.text ?? '',
		warning: post.spoiler_text,
		sensitive: post.sensitive,
		visibility: post.visibility,
		quotes: post.quote?.quoted_status?.id,
		quotePolicy: policyOf(post),
		originals: media.some((one) => one.original_file),
		camera: media.some((one) => one.camera),
		photos: media.map(photoOf)
	};
}

export async function writeAnew(post: Status): Promise<void> {
	const me = session.me?.id;
	if (!me) return;
	try {
		await also('further');
		const begun = await keptDraft(me);
		const text = [t('anew-text'), ...(begun ? [t('anew-draft')] : [])].join(' ');
		if (!(await asking.ask({ title: t('anew-title'), text, yes: t('anew-yes') }))) return;
		// Its photos are kept for a while, unless one says otherwise.
		const gone = await send<Gone>('DELETE', `/api/v1/statuses/${post.id}`);
		await keepDraft(me, draftOf(gone), true);
	} catch {
		return toasts.trouble(t('error-not-done'));
	}
	forget(post.id);
	await goto('/compose');
}
