import { expect, test } from 'vitest';
import type { Status } from '#lib/api/entities.ts';
import { threads } from '#lib/post/threads.ts';

const comment = (id: string, to: string | null) => ({ id, in_reply_to_id: to }) as Status;

test('answers at any depth stand below the comment they began with', () => {
	const found = threads('1', [comment('2', '1'), comment('3', '2'), comment('4', '3'), comment('5', '1')]);
	expect(found.map(({ comment: { id }, answers }) => [id, answers.map((answer) => answer.id)])).toEqual([
		['2', ['3', '4']],
		['5', []]
	]);
});

test('an answer to something that is not here begins a thread of its own', () => {
	expect(threads('1', [comment('3', '99')]).map(({ comment: { id } }) => id)).toEqual(['3']);
});
