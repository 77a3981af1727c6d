import { also } from '#lib/i18n/text.svelte.ts';

export const load = () => Promise.all([also('compose'), also('further')]);
