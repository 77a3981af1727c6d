// How much there is that nobody has looked at yet. Marks nothing as read by itself.

import { get } from '../api/client.ts';

/** What comes together is counted once. */
const SOON = 800;

class Unread {
	/** Groups of notifications. */
	notifications = $state(0);
	/** Conversations. */
	messages = $state(0);
	#timer: ReturnType<typeof setTimeout> | undefined;

	async load(): Promise<void> {
		const found = await get<{ notifications: number; messages: number }>('/api/tintype/v1/unread').catch(() => null);
		if (!found) return;
		this.notifications = found.notifications;
		this.messages = found.messages;
	}

	soon(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.load(), SOON);
	}
}

export const unread = new Unread();
