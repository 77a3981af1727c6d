// What makes a text go to some people: each of them is named in it. Pure.

import type { Account } from '../api/entities.ts';

export function addressed(text: string, to: readonly Pick<Account, 'acct'>[]): string {
	const words = new Set(text.split(/[\s,:;!?()]+/));
	const missing = to.map(({ acct }) => `@${acct}`).filter((handle) => !words.has(handle));
	return [...missing, text].join(' ');
}
