// Does what is wished of one picture, in the order of the wishes. The same in a worker and in a page.

import { Darkroom } from './darkroom.ts';
import type { Answer, Wish } from './letters.ts';

export interface Answerer {
	answer: (wish: Wish) => Promise<Answer>;
	end: () => void;
}

export function answerer(): Answerer {
	let room: Darkroom | undefined;
	let before: Promise<unknown> = Promise.resolve();
	const one = async (wish: Wish): Promise<Answer> => {
		try {
			if ('open' in wish) {
				room?.end();
				room = await Darkroom.open(wish.open);
				return { size: room.size };
			}
			if (!room) return { trouble: 'nothing is open' };
			return 'show' in wish ? { shown: await room.show(wish.show) } : { developed: await room.develop(wish.develop, wish.most) };
		} catch (error) {
			return { trouble: String(error) };
		}
	};
	return {
		answer: (wish) => {
			const answer = before.then(() => one(wish));
			before = answer;
			return answer;
		},
		end: () => void before.then(() => room?.end())
	};
}
