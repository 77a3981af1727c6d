// Who may quote a post, as it is chosen and as a post tells of it. Pure.

import type { QuotePolicy, Status, Visibility } from '../api/entities.ts';

/** Of what is not for everybody, nobody may quote anything. */
export function isQuotable(visibility: Visibility): boolean {
	return visibility === 'public' || visibility === 'unlisted';
}

export function policyOf({ quote_approval: approval }: Pick<Status, 'quote_approval'>): QuotePolicy {
	const circles = approval?.automatic ?? [];
	if (circles.includes('public')) return 'public';
	return circles.includes('followers') ? 'followers' : 'nobody';
}
