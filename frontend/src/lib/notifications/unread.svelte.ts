// How much there is that nobody has looked at yet.

import { get, send } from '../api/client.ts';

/** What comes together is counted once. */
const SOON = 800;

class Unread {
	/** Groups of notifications. */
	notifications = $state(0);
	/** Conversations. */
	messages = $state(0);
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Which question was the last: an answer to an earlier one may be of before something was read. */
	#asked = 0;

	async load(): Promise<void> {
		const asked = ++this.#asked;
		const found = await get<{ notifications: number; messages: number }>('/api/tintype/v1/unread').catch(() => null);
		if (!found || asked !== this.#asked) return;
		this.notifications = found.notifications;
		this.messages = found.messages;
	}

	soon(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.load(), SOON);
	}

	/** Notifications up to this one have been seen. Nothing is counted until the server knows of it. */
	async seen(newest: string): Promise<void> {
		this.notifications = 0;
		this.#asked += 1;
		await send('POST', '/api/v1/markers', { notifications: { last_read_id: newest } }).catch(() => undefined);
		await this.load();
	}
}

export const unread = new Unread();
