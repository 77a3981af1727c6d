// What was done, to go back and forth in. Keeps values, compares them by what they say.

export class History<T> {
	#all: T[];
	#at = 0;

	constructor(first: T) {
		this.#all = [first];
	}

	get now(): T {
		return this.#all[this.#at]!;
	}
	get canUndo(): boolean {
		return this.#at > 0;
	}
	get canRedo(): boolean {
		return this.#at < this.#all.length - 1;
	}

	/** What was undone before is forgotten. */
	add(value: T): void {
		if (JSON.stringify(value) === JSON.stringify(this.now)) return;
		this.#all = [...this.#all.slice(0, this.#at + 1), value];
		this.#at = this.#all.length - 1;
	}

	undo(): T {
		if (this.canUndo) this.#at -= 1;
		return this.now;
	}
	redo(): T {
		if (this.canRedo) this.#at += 1;
		return this.now;
	}
}
