// What a beginning could become: people, tags, or this server's own emojis. One question at a time is whoever asks' matter.

import { address, get } from '../api/client.ts';
import type { Account, CustomEmoji, SearchResults, Tag } from '../api/entities.ts';
import type { Token } from './token.ts';

export type Offer = { key: string; text: string } & ({ account: Account } | { tag: Tag } | { emoji: CustomEmoji });

/** As many as fit on a telephone above its keyboard. */
const MOST = 5;

export async function offersFor(token: Token, signal: AbortSignal): Promise<Offer[]> {
	const found = await { people, tags, emojis }[token.kind](token.text, signal);
	// What is written already needs no offer.
	return found.length === 1 && same(found[0]!.text.slice(1), token.text) ? [] : found;
}

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** The server puts those first whom one follows. */
async function people(q: string, signal: AbortSignal): Promise<Offer[]> {
	const found = await get<Account[]>(address('/api/v1/accounts/search', { q, limit: MOST }), signal);
	return found.map((account) => ({ key: account.id, text: `@${account.acct}`, account }));
}

async function tags(q: string, signal: AbortSignal): Promise<Offer[]> {
	const { hashtags } = await get<SearchResults>(address('/api/v2/search', { q, type: 'hashtags', limit: MOST }), signal);
	return hashtags.map((tag) => ({ key: tag.name, text: `#${tag.name}`, tag }));
}

let known: Promise<CustomEmoji[]> | undefined;

async function emojis(q: string): Promise<Offer[]> {
	known ??= get<CustomEmoji[]>('/api/v1/custom_emojis');
	known.catch(() => (known = undefined));
	const wanted = q.toLowerCase();
	const begin = ({ shortcode }: CustomEmoji) => Number(shortcode.toLowerCase().startsWith(wanted));
	const found = (await known).filter(({ shortcode }) => shortcode.toLowerCase().includes(wanted));
	return found
		.toSorted((a, b) => begin(b) - begin(a))
		.slice(0, MOST)
		.map((emoji) => ({ key: emoji.shortcode, text: `:${emoji.shortcode}:`, emoji }));
}

/** How often a tag was used in the days that the server counts. */
export function usesOf({ history = [] }: Tag): number {
	return history.reduce((sum, { uses }) => sum + Number(uses), 0);
}
