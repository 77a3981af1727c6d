// Before the first screen: who is here, and in which language. Everything runs in the browser.

import { speak, wanted } from '#lib/i18n/text.svelte.ts';
import { session } from '#lib/people/session.svelte.ts';
import { appearance } from '#lib/prefs/appearance.svelte.ts';

export const ssr = false;

let begun: Promise<unknown> | undefined;

export async function load() {
	appearance.apply();
	begun ??= Promise.all([session.load(), speak(wanted())]);
	await begun;
}
