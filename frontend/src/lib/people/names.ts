// How people are called and where their pages are. Pure.

import type { Account } from '../api/entities.ts';

type Named = Pick<Account, 'display_name' | 'username'>;

export function nameOf(account: Named): string {
	return account.display_name.trim() || account.username;
}

/** With the host for people elsewhere, as one would type it. */
export function handleOf({ acct }: Pick<Account, 'acct'>): string {
	return `@${acct}`;
}

/** The server of somebody elsewhere. */
export function serverOf({ acct }: Pick<Account, 'acct'>): string | undefined {
	return acct.split('@')[1];
}

export function pageOf({ acct }: Pick<Account, 'acct'>): string {
	return `/@${acct}`;
}

export function postPage(post: { id: string; account: Pick<Account, 'acct'> }): string {
	return `/@${post.account.acct}/${post.id}`;
}
