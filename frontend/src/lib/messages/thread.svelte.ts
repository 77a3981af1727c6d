// One conversation with its messages, the oldest first. Holds nothing that is for more than the people named in it.

import { get, send } from '../api/client.ts';
import type { Account, Context, Conversation, Status } from '../api/entities.ts';
import type { Told } from '../live/news.ts';
import { keep } from '../posts/known.svelte.ts';
import { addressed } from './addressed.ts';
import { talks } from './talks.svelte.ts';

/** What is said in one message: words, pictures by their ids, or both. */
export interface Said {
	text: string;
	pictures: string[];
}

export function write({ text, pictures }: Said, to: readonly Pick<Account, 'acct'>[], answers?: string): Promise<Status> {
	const body = { status: addressed(text, to), visibility: 'direct', in_reply_to_id: answers, media_ids: pictures };
	return send<Status>('POST', '/api/v1/statuses', body, { 'idempotency-key': crypto.randomUUID() });
}

export class Thread {
	conversation = $state.raw<Conversation>();
	messages = $state.raw<Status[]>([]);
	/** What everybody may see and the first message answers. */
	about = $state.raw<Status>();
	state = $state<'loading' | 'ready' | 'failed'>('loading');
	error = $state.raw<unknown>(null);

	constructor(
		readonly id: string,
		private readonly me: string
	) {}

	/** Those who are written to. */
	get others(): Account[] {
		return (this.conversation?.accounts ?? []).filter(({ id }) => id !== this.me);
	}

	async load(): Promise<void> {
		this.state = 'loading';
		this.error = null;
		try {
			// Reading it is what it was opened for, and there is no other way to ask for one.
			const conversation = await talks.mark(this.id, 'read');
			const { ancestors, descendants } = await get<Context>(`/api/v1/statuses/${conversation.last_status.id}/context`);
			this.conversation = conversation;
			const all = [...ancestors, conversation.last_status, ...descendants];
			this.about = all.findLast(({ visibility }) => visibility !== 'direct');
			this.messages = all.filter(({ visibility }) => visibility === 'direct').map(keep);
			this.#sort();
			this.state = 'ready';
		} catch (error) {
			this.error = error;
			this.state = 'failed';
		}
	}

	async say(said: Said): Promise<void> {
		this.add(await write(said, this.others, this.messages.at(-1)?.id));
	}

	/** Told of as it happened. */
	came(conversation: Conversation): void {
		if (conversation.id !== this.id || this.state !== 'ready') return;
		this.conversation = conversation;
		this.add(conversation.last_status);
		if (conversation.unread && document.visibilityState === 'visible') void talks.mark(this.id, 'read').catch(() => undefined);
	}

	happened(told: Told): void {
		if (told.event === 'delete') this.messages = this.messages.filter(({ id }) => id !== told.what);
	}

	add(message: Status): void {
		if (this.messages.some(({ id }) => id === message.id)) return;
		this.messages = [...this.messages, keep(message)];
		this.#sort();
	}

	drop(id: string): void {
		this.messages = this.messages.filter((message) => message.id !== id);
	}

	#sort(): void {
		this.messages = this.messages.toSorted((one, other) => one.created_at.localeCompare(other.created_at));
	}
}
