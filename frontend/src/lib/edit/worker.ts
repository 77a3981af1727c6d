// The darkroom on a thread of its own, so that the page stays quick. One picture each.

import { answerer } from './answerer.ts';
import type { Question, Reply } from './letters.ts';

const { answer } = answerer();

onmessage = async ({ data: { id, wish } }: MessageEvent<Question>) => {
	const reply: Reply = { id, answer: await answer(wish) };
	postMessage(reply, { transfer: 'shown' in reply.answer ? [reply.answer.shown] : [] });
};
