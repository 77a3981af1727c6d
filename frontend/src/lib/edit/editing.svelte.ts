// One picture while it is edited: what is done to it now, what was before, and the picture of it on the screen.

import { cropOf, tidied, turned } from './crop.ts';
import { Desk } from './desk.ts';
import { History } from './history.ts';
import { type LookName, LOOK_NAMES } from './looks.ts';
import { EVEN, type Recipe, UNTOUCHED } from './recipe.ts';

export type Tool = 'crop' | 'looks' | 'adjust';
export const TOOLS: readonly Tool[] = ['crop', 'looks', 'adjust'];

/** The side of a look's small picture, in pixels. */
const SMALL = 144;

export class Editing {
	recipe = $state.raw<Recipe>(UNTOUCHED);
	tool = $state<Tool>('looks');
	/** The colours as they were, for as long as somebody compares. */
	comparing = $state(false);
	state = $state<'opening' | 'ready' | 'failed'>('opening');
	shown = $state.raw<ImageBitmap | null>(null);
	small = $state.raw<Partial<Record<LookName, ImageBitmap>>>({});
	canUndo = $state(false);
	canRedo = $state(false);
	room = $state.raw({ width: 0, height: 0 });
	#history: History<Recipe>;
	#desk = $state.raw<Desk | null>(null);
	#drawing = false;
	#stale = false;
	#ended = false;

	constructor(first: Recipe) {
		this.recipe = first;
		this.#history = new History(first);
	}

	async open(file: Blob): Promise<void> {
		try {
			const desk = await Desk.open(file);
			if (this.#ended) return desk.end();
			this.#desk = desk;
			this.state = 'ready';
		} catch {
			this.state = 'failed';
		}
	}

	get size() {
		return this.#desk?.size ?? { width: 1, height: 1 };
	}
	get frame() {
		return turned(this.size, this.recipe.turns);
	}
	get box() {
		return cropOf(this.recipe, this.size);
	}
	/** Pixels of what is cut out. */
	get cut() {
		const { box, frame } = this;
		return { width: Math.round(box.width * frame.width), height: Math.round(box.height * frame.height) };
	}

	/** Shows it, and keeps nothing yet: for as long as a slider is held. */
	try(change: Partial<Recipe>): void {
		this.recipe = { ...this.recipe, ...change };
	}
	keep(): void {
		this.#history.add(this.recipe);
		this.#look();
	}
	do(change: Partial<Recipe>): void {
		this.try(change);
		this.keep();
	}
	undo(): void {
		this.recipe = this.#history.undo();
		this.#look();
	}
	redo(): void {
		this.recipe = this.#history.redo();
		this.#look();
	}
	reset(): void {
		this.do(UNTOUCHED);
	}
	#look(): void {
		this.canUndo = this.#history.canUndo;
		this.canRedo = this.#history.canRedo;
	}

	/** Draws what is now; whatever changes meanwhile is drawn once more, however much it was. */
	async draw(): Promise<void> {
		if (this.#drawing) {
			this.#stale = true;
			return;
		}
		this.#drawing = true;
		do {
			this.#stale = false;
			await this.#once();
		} while (this.#stale && !this.#ended);
		this.#drawing = false;
	}

	async #once(): Promise<void> {
		const { width, height } = this.room;
		if (!this.#desk || width < 1 || height < 1) return;
		const recipe = this.comparing ? { ...this.recipe, look: 'none' as const, adjustments: EVEN } : this.recipe;
		try {
			this.shown = await this.#desk.show({ recipe, whole: this.tool === 'crop', width, height });
		} catch {
			if (!this.#ended) this.state = 'failed';
		}
	}

	/** A small picture of each look, as this picture would have it. */
	async drawLooks(): Promise<void> {
		for (const look of LOOK_NAMES) {
			if (!this.#desk || this.#ended) return;
			const recipe = { ...this.recipe, ratio: 1, crop: null, look, strength: 1 };
			const picture = await this.#desk.show({ recipe, whole: false, width: SMALL, height: SMALL }).catch(() => null);
			if (picture) this.small = { ...this.small, [look]: picture };
		}
	}

	get result(): Recipe {
		return tidied(this.recipe, this.size);
	}

	end(): void {
		this.#ended = true;
		this.#desk?.end();
	}
}
