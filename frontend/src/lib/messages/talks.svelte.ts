// Somebody's conversations, the one with the newest message first. What is in one is its thread's.

import { send } from '../api/client.ts';
import type { Account, Conversation } from '../api/entities.ts';
import { List } from '../api/list.svelte.ts';
import { nameOf } from '../people/names.ts';
import { unread } from '../notifications/unread.svelte.ts';

export type Talk = Conversation & { key: string };

const make = (conversation: Conversation): Talk => ({ ...conversation, key: conversation.id });

class Talks {
	readonly list = new List<Conversation, Talk>('/api/v1/conversations?limit=20', make);

	/** It has something new, or was read. */
	changed(conversation: Conversation): void {
		if (this.list.state !== 'ready') return;
		const at = this.list.items.findIndex(({ id }) => id === conversation.id);
		const had = this.list.items[at];
		if (had && had.last_status.id === conversation.last_status.id) this.list.items = this.list.items.with(at, make(conversation));
		else {
			if (had) this.list.drop(({ id }) => id !== conversation.id);
			this.list.add(conversation);
		}
	}

	/** The one with exactly this person. */
	withOnly(acct: string): Talk | undefined {
		return this.list.items.find(({ accounts }) => accounts.length === 1 && accounts[0]?.acct === acct);
	}

	async mark(id: string, how: 'read' | 'unread'): Promise<Conversation> {
		const marked = await send<Conversation>('POST', `/api/v1/conversations/${id}/${how}`);
		this.changed(marked);
		unread.soon();
		return marked;
	}

	async remove(id: string): Promise<void> {
		await send('DELETE', `/api/v1/conversations/${id}`);
		this.list.drop((talk) => talk.id !== id);
		unread.soon();
	}
}

export const talks = new Talks();

/** All of their names, as the reader's language lists them. */
export function namesOf(accounts: readonly Account[], tag: string): string {
	return new Intl.ListFormat(tag, { type: 'unit', style: 'short' }).format(accounts.map(nameOf));
}
