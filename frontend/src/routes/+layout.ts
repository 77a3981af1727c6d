// Before the first screen: who is here, and in which language. Everything runs in the browser.

import { isSeen, seen } from '#lib/frame/look.ts';
import { prepare } from '#lib/i18n/figures.ts';
import { also, speak, wanted } from '#lib/i18n/text.svelte.ts';
import { session } from '#lib/people/session.svelte.ts';
import { appearance } from '#lib/prefs/appearance.svelte.ts';
import type { LayoutLoad } from './$types';

export const ssr = false;

let begun: Promise<unknown> | undefined;

/** Screens that say more than the first ones do. */
const FURTHER = /^\/(lists|followed_tags|messages|notifications|settings)\b/;

async function spoken(): Promise<void> {
	await speak(wanted());
	if (isSeen()) await prepare();
}

export const load: LayoutLoad = async ({ url }) => {
	appearance.apply();
	const more = FURTHER.test(url.pathname) ? also('further') : undefined;
	begun ??= Promise.all([session.load(), spoken(), seen()]);
	await Promise.all([begun, more]);
};
