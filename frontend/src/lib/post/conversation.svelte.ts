// One post with what was said around it. Draws nothing.

import { get, Refusal, send } from '../api/client.ts';
import type { Context, Status } from '../api/entities.ts';
import type { Told } from '../live/news.ts';
import { find, keep } from '../posts/known.svelte.ts';
import { threads, type Thread } from './threads.ts';

export class Conversation {
	post = $state<Status>();
	above = $state.raw<Status[]>([]);
	comments = $state.raw<Status[]>([]);
	state = $state<'loading' | 'ready' | 'failed'>('loading');
	error = $state.raw<unknown>(null);
	commentsError = $state.raw<unknown>(null);

	constructor(readonly id: string) {
		// What a list has shown already is shown at once.
		this.post = find(id);
	}

	get threads(): Thread[] {
		return threads(this.id, this.comments);
	}

	async load(): Promise<void> {
		this.state = 'loading';
		this.error = null;
		const context = this.loadComments();
		try {
			this.post = keep(await get<Status>(`/api/v1/statuses/${this.id}`));
			await context;
			this.state = 'ready';
		} catch (error) {
			this.error = error;
			this.state = 'failed';
		}
	}

	async loadComments(): Promise<void> {
		this.commentsError = null;
		try {
			const context = await get<Context>(`/api/v1/statuses/${this.id}/context`);
			this.above = context.ancestors.map(keep);
			this.comments = context.descendants.map(keep);
		} catch (error) {
			this.commentsError = error;
		}
	}

	/** Says something below the post, or below one of its comments. */
	async say(text: string, to: Status): Promise<void> {
		const said = await send<Status>(
			'POST',
			'/api/v1/statuses',
			{ status: text, in_reply_to_id: to.id, visibility: to.visibility },
			{ 'idempotency-key': crypto.randomUUID() }
		);
		this.#add(said);
	}

	/** What is told of meanwhile, if it belongs here. */
	happened(told: Told): void {
		if (told.event === 'delete') {
			if (told.what === this.id) this.#end();
			else this.drop(told.what);
		}
		const said = told.event === 'update' ? told.what : told.event === 'notification' ? told.what.status : null;
		const to = said?.in_reply_to_id;
		if (said && this.state === 'ready' && (to === this.id || this.comments.some(({ id }) => id === to))) this.#add(said);
	}

	#add(said: Status): void {
		if (this.comments.some(({ id }) => id === said.id)) return;
		this.comments = [...this.comments, keep(said)];
		if (this.post) this.post.replies_count += 1;
	}

	#end(): void {
		this.post = undefined;
		this.error = new Refusal(410, '', null, null);
		this.state = 'failed';
	}

	drop(id: string): void {
		this.comments = this.comments.filter((comment) => comment.id !== id);
	}
}
