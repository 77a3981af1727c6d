// Opens the sheet in which somebody tells the moderators what is wrong. All of it comes when it is wanted.

import { mount, tick, unmount } from 'svelte';
import type { Account, Status } from '../api/entities.ts';
import { toasts } from '../frame/toasts.svelte.ts';
import { also, t } from '../i18n/text.svelte.ts';

export async function report(account: Account, post?: Status): Promise<void> {
	try {
		const [{ default: Report }] = await Promise.all([import('./Report.svelte'), also('further')]);
		const sheet: object = mount(Report, { target: document.body, props: { account, post, onclose: () => void close(sheet) } });
	} catch {
		toasts.trouble(t('error-offline'));
	}
}

async function close(sheet: object): Promise<void> {
	await unmount(sheet);
	await tick();
	// Whoever was muted or blocked meanwhile took along the button that opened it.
	if (document.activeElement === document.body) document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
