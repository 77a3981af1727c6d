// What happens while the app is open, told by the server as it happens. Where it cannot be heard, lists ask by themselves.

import { Line, type Listener, type Stream } from './line.ts';

/** A tab that nobody looks at listens no longer than this. */
const UNSEEN = 300_000;

class Live {
	/** Whether it is heard now. */
	isOn = $state(false);
	/** How often it began to be heard: from the second time on something may have been missed. */
	times = $state(0);

	#line = new Line(
		() => new WebSocket(new URL('/api/v1/streaming', location.href.replace(/^http/, 'ws'))),
		(isOpen) => {
			this.isOn = isOpen;
			if (isOpen) this.times += 1;
		}
	);
	#watching = false;

	hear(stream: Stream, listener: Listener): () => void {
		this.#watch();
		return this.#line.hear(stream, listener);
	}

	#watch(): void {
		if (this.#watching) return;
		this.#watching = true;
		let unseen: ReturnType<typeof setTimeout> | undefined;
		addEventListener('online', () => this.#line.open());
		addEventListener('offline', () => this.#line.rest());
		document.addEventListener('visibilitychange', () => {
			clearTimeout(unseen);
			if (document.visibilityState === 'visible') this.#line.open();
			else unseen = setTimeout(() => this.#line.rest(), UNSEEN);
		});
	}
}

export const live = new Live();
