// The one WebSocket to the server: as many streams as are listened to, and opened again when it breaks. Reads no event.

export interface Stream {
	stream: string;
	list?: string;
	tag?: string;
}
export type Listener = (event: string, payload: string | undefined) => void;

interface Heard {
	stream: Stream;
	listeners: Set<Listener>;
}

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 60_000;
/** A connection that held this long begins anew with short pauses. */
const STEADY = 10_000;
/** By which the server says that whoever is here may no longer listen. */
const REFUSED = 1008;

/** How long to wait before the next try: twice as long each time, and never all browsers at once. */
export function pause(failures: number, random: number): number {
	return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures) * (0.5 + random / 2);
}

const nameOf = ({ stream, list, tag }: Stream) => [stream, list ?? tag].filter(Boolean).join(' ');

export class Line {
	#heard = new Map<string, Heard>();
	#socket: WebSocket | undefined;
	#isOpen = false;
	#isRefused = false;
	#failures = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(
		private readonly connect: () => WebSocket,
		private readonly changed: (isOpen: boolean) => void,
		private readonly random: () => number = Math.random
	) {}

	/** Listens until what it gives back is called. */
	hear(stream: Stream, listener: Listener): () => void {
		const name = nameOf(stream);
		let heard = this.#heard.get(name);
		if (!heard) {
			heard = { stream, listeners: new Set() };
			this.#heard.set(name, heard);
			this.#tell('subscribe', stream);
		}
		const { listeners } = heard;
		listeners.add(listener);
		if (this.#timer === undefined) this.open();
		return () => {
			listeners.delete(listener);
			if (listeners.size > 0 || this.#heard.get(name)?.listeners !== listeners) return;
			this.#heard.delete(name);
			this.#tell('unsubscribe', stream);
		};
	}

	/** Tries now, whenever the next try would have been. */
	open(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#socket || this.#isRefused || this.#heard.size === 0) return;
		const socket = this.connect();
		let since = Infinity;
		this.#socket = socket;
		socket.onopen = () => {
			since = Date.now();
			this.#isOpen = true;
			for (const { stream } of this.#heard.values()) this.#tell('subscribe', stream);
			this.changed(true);
		};
		socket.onmessage = ({ data }) => this.#said(String(data));
		socket.onclose = ({ code }) => {
			if (this.#socket !== socket) return;
			if (Date.now() - since >= STEADY) this.#failures = 0;
			this.#gone();
			this.#isRefused = code === REFUSED;
			if (!this.#isRefused) this.#timer = setTimeout(() => this.open(), pause(this.#failures++, this.random()));
		};
	}

	/** Until it is opened again. */
	rest(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#failures = 0;
		const socket = this.#socket;
		this.#gone();
		socket?.close();
	}

	#gone(): void {
		this.#socket = undefined;
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.changed(false);
	}

	#tell(type: 'subscribe' | 'unsubscribe', stream: Stream): void {
		if (this.#isOpen) this.#socket?.send(JSON.stringify({ type, ...stream }));
	}

	#said(text: string): void {
		const { stream, event, payload } = JSON.parse(text) as { stream?: string[]; event?: string; payload?: string };
		// What is no event says that a stream is not there; its list looks by itself.
		if (!stream || !event) return;
		for (const listener of this.#heard.get(stream.join(' '))?.listeners ?? []) listener(event, payload);
	}
}
