// A list that is read page by page: what is there, what it is doing, and what went wrong. Shows nothing itself.

import { page, type Page } from './client.ts';

const MOST_WAITING = 40;

export type ListState = 'new' | 'loading' | 'ready' | 'failed';

/** What a list holds: `same` where two rows may show one and the same thing, of which the first is enough. */
export interface Row {
	key: string;
	same?: string;
}

export class List<Raw, Item extends Row> {
	items = $state.raw<Item[]>([]);
	state = $state<ListState>('new');
	error = $state.raw<unknown>(null);
	loadingMore = $state(false);
	/** Where the older ones are; none: this is the end. */
	next = $state<string | undefined>();
	/** Arrived above and not yet shown: a list never jumps by itself. */
	waiting = $state.raw<Item[]>([]);
	/** Heights of rows that were measured, for whoever comes back. */
	sizes: unknown = undefined;
	/** When it was read from the server last. */
	readAt = 0;

	constructor(
		readonly path: string,
		private readonly make: (raw: Raw) => Item,
		private readonly read: (path: string) => Promise<Page<Raw>> = (path) => page<Raw>(path)
	) {}

	get isEmpty(): boolean {
		return this.state === 'ready' && this.items.length === 0;
	}

	/** Reads the first page, unless it is here already. */
	async start(): Promise<void> {
		if (this.state === 'ready' || this.state === 'loading') return;
		await this.reload();
	}

	async reload(): Promise<void> {
		this.state = 'loading';
		this.error = null;
		try {
			const found = await this.read(this.path);
			this.items = distinct(found.items.map(this.make));
			this.next = found.next;
			this.waiting = [];
			this.sizes = undefined;
			this.state = 'ready';
			this.readAt = Date.now();
		} catch (error) {
			this.error = error;
			this.state = 'failed';
		}
	}

	async more(): Promise<void> {
		const path = this.next;
		if (!path || this.loadingMore || this.state === 'loading') return;
		this.loadingMore = true;
		try {
			const found = await this.read(path);
			this.items = distinct([...this.items, ...found.items.map(this.make)]);
			this.next = found.next;
			this.error = null;
		} catch (error) {
			this.error = error;
		} finally {
			this.loadingMore = false;
		}
	}

	/** Asks whether something came above; it waits until it is wanted. */
	async look(): Promise<void> {
		if (this.state !== 'ready') return;
		try {
			const found = await this.read(this.path);
			const here = new Set([...this.items, ...this.waiting].map((item) => item.key));
			const page = distinct(found.items.map(this.make));
			const last = page.findLastIndex((item) => here.has(item.key));
			// What stands below all that is here is no news: it moved up when something above it went.
			const fresh = (last < 0 ? page : page.slice(0, last)).filter((item) => !here.has(item.key));
			// Nothing in common: there is a gap below, and the list is begun anew when they are wanted.
			this.#gap ||= fresh.length > 0 && last < 0 && this.items.length > 0;
			this.waiting = [...fresh, ...this.waiting];
		} catch {
			// The next look may go better.
		}
	}

	#gap = false;

	/** Something new was told of: it waits as well. */
	arrive(raw: Raw): void {
		if (this.state !== 'ready') return;
		const item = this.make(raw);
		if ([...this.items, ...this.waiting].some(({ key }) => key === item.key)) return;
		// Nobody reads that many one by one: the list is begun anew when they are wanted.
		this.#gap ||= this.waiting.length >= MOST_WAITING;
		this.waiting = [item, ...this.waiting].slice(0, MOST_WAITING);
	}

	async showWaiting(): Promise<void> {
		if (this.#gap) {
			this.#gap = false;
			return this.reload();
		}
		this.items = distinct([...this.waiting, ...this.items]);
		this.waiting = [];
		this.sizes = undefined;
	}

	add(raw: Raw): void {
		const item = this.make(raw);
		this.items = distinct([item, ...this.items]);
		this.waiting = this.waiting.filter(({ key }) => key !== item.key);
		this.sizes = undefined;
	}

	drop(keep: (item: Item) => boolean): void {
		this.items = this.items.filter(keep);
		this.waiting = this.waiting.filter(keep);
		this.sizes = undefined;
	}
}

function distinct<Item extends Row>(items: Item[]): Item[] {
	const seen = new Set<string>();
	return items.filter(({ key, same = key }) => !seen.has(same) && seen.add(same));
}
