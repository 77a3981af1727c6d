// A picture being worked on, as a page sees it: asks a worker, or the darkroom itself where a worker cannot draw.

import type { Size } from './crop.ts';
import type { Most, View } from './darkroom.ts';
import type { Answer, Question, Reply, Wish } from './letters.ts';
import type { Recipe } from './recipe.ts';

/** It cannot be done here, or not with this file. */
export class NotDeveloped extends Error {}

type Ask = (wish: Wish) => Promise<Answer>;

export class Desk {
	#ask: Ask;
	#end: () => void;
	size: Size = { width: 1, height: 1 };

	private constructor(ask: Ask, end: () => void) {
		this.#ask = ask;
		this.#end = end;
	}

	static async open(file: Blob): Promise<Desk> {
		const canBeAway = typeof Worker !== 'undefined' && typeof OffscreenCanvas !== 'undefined';
		// Some browsers have a canvas in a worker, but not its graphics.
		const ways = canBeAway ? [Desk.#away, Desk.#here] : [Desk.#here];
		let trouble = '';
		for (const way of ways) {
			const desk = await way();
			const answer = await desk.#ask({ open: file });
			if ('size' in answer) return Object.assign(desk, { size: answer.size });
			desk.end();
			if ('trouble' in answer) trouble = answer.trouble;
		}
		throw new NotDeveloped(trouble);
	}

	static #away(): Desk {
		const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
		const waiting = new Map<number, (answer: Answer) => void>();
		let last = 0;
		worker.onmessage = ({ data: { id, answer } }: MessageEvent<Reply>) => {
			waiting.get(id)?.(answer);
			waiting.delete(id);
		};
		worker.onerror = () => {
			for (const tell of waiting.values()) tell({ trouble: 'the worker ended' });
			waiting.clear();
		};
		const ask: Ask = (wish) =>
			new Promise((resolve) => {
				const question: Question = { id: ++last, wish };
				waiting.set(question.id, resolve);
				worker.postMessage(question);
			});
		return new Desk(ask, () => worker.terminate());
	}

	static async #here(): Promise<Desk> {
		const { answerer } = await import('./answerer.ts');
		const { answer, end } = answerer();
		return new Desk(answer, end);
	}

	async show(view: View): Promise<ImageBitmap> {
		const answer = await this.#ask({ show: view });
		if ('shown' in answer) return answer.shown;
		throw new NotDeveloped('trouble' in answer ? answer.trouble : 'not shown');
	}

	async develop(recipe: Recipe, most: Most): Promise<Blob> {
		const answer = await this.#ask({ develop: recipe, most });
		if ('developed' in answer) return answer.developed;
		throw new NotDeveloped('trouble' in answer ? answer.trouble : 'not developed');
	}

	end(): void {
		this.#end();
	}
}

/** One picture developed whole, and everything put away again. */
export async function develop(file: Blob, recipe: Recipe, most: Most): Promise<Blob> {
	const desk = await Desk.open(file);
	try {
		return await desk.develop(recipe, most);
	} finally {
		desk.end();
	}
}
