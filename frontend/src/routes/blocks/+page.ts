import { also } from '#lib/i18n/text.svelte.ts';

export const load = () => also('further');
