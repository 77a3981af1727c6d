// Before the first screen: who is here, and in which language. Everything runs in the browser.

import { seen } from '#lib/frame/look.ts';
import { also, speak, wanted } from '#lib/i18n/text.svelte.ts';
import { session } from '#lib/people/session.svelte.ts';
import { appearance } from '#lib/prefs/appearance.svelte.ts';
import type { LayoutLoad } from './$types';

export const ssr = false;

let begun: Promise<unknown> | undefined;

/** Screens that say more than the first ones do. */
const FURTHER = /^\/(lists|followed_tags|messages|notifications|settings)\b/;

export const load: LayoutLoad = async ({ url }) => {
	appearance.apply();
	const more = FURTHER.test(url.pathname) ? also('further') : undefined;
	begun ??= Promise.all([session.load(), speak(wanted()), seen()]);
	await Promise.all([begun, more]);
};
