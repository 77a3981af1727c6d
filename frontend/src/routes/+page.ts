// What visitors are shown is fetched for them alone, and before the first screen is drawn.

import { session } from '#lib/people/session.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
	await parent();
	if (session.isIn) return {};
	const { default: Landing } = await import('#lib/landing/Landing.svelte');
	return { Landing };
};
