// When the server was heard last: without a network, what is shown is as old as that. Asks for nothing.

class Heard {
	at = $state<number | undefined>(navigator.onLine ? Date.now() : undefined);
	/** Whoever asks something in an effect is not to depend on the answers. */
	#latest = this.at ?? 0;

	/** What the service worker has kept bears the date of when it came. */
	note(date: string | null): void {
		const when = Date.parse(date ?? '');
		if (when > this.#latest) this.at = this.#latest = when;
	}
}

export const heard = new Heard();
