import { expect, test } from 'vitest';
import { isQuotable, policyOf } from '#lib/compose/quoting.ts';

const of = (...automatic: string[]) => policyOf({ quote_approval: { automatic, manual: [], current_user: 'automatic' } });

test('who may quote a post is read from its circles', () => {
	expect([of('public'), of('public', 'followers'), of('followers'), of(), of('unsupported_policy')]).toEqual(['public', 'public', 'followers', 'nobody', 'nobody']);
	expect(policyOf({})).toBe('nobody');
});

test('only what is for everybody can be quoted', () => {
	expect((['public', 'unlisted', 'private', 'direct'] as const).map(isQuotable)).toEqual([true, true, false, false]);
});
