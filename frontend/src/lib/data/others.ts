// Accounts that somebody has or had elsewhere: found by how one writes them, and named as one's own.

import { address, ask, get, send } from '../api/client.ts';
import type { Account, SearchResults } from '../api/entities.ts';
import { session } from '../people/session.svelte.ts';

/** The very one that is meant, or nobody: somebody alike is somebody else. */
export async function accountAt(typed: string): Promise<Account | undefined> {
	const q = typed.trim();
	if (!q) return undefined;
	const { accounts } = await get<SearchResults>(address('/api/v2/search', { q, type: 'accounts', resolve: true, limit: 5 }));
	const handle = q.replace(/^@/, '').toLowerCase();
	const names = ({ acct, url, uri }: Account) => [acct, `${acct}@${session.instance?.domain}`, url, uri].map((name) => name?.toLowerCase());
	return accounts.find((account) => names(account).includes(handle));
}

/** They stand in the document that other servers read. */
export async function aliases(): Promise<string[]> {
	const { pathname } = new URL(session.me?.uri ?? '', location.origin);
	const response = await ask(pathname, { headers: { accept: 'application/activity+json' }, cache: 'no-store' });
	const { alsoKnownAs } = (await response.json()) as { alsoKnownAs?: string | string[] };
	return [alsoKnownAs ?? []].flat();
}

export async function setAliases(uris: string[]): Promise<string[]> {
	const said = await send<{ also_known_as_uris: string[] }>('POST', '/api/v1/accounts/alias', { also_known_as_uris: uris });
	return said.also_known_as_uris;
}
