import { expect, test } from 'vitest';
import type { Poll } from '#lib/api/entities.ts';
import { left, shares } from '#lib/post/poll.ts';

const poll = (counts: (number | null)[], more: Partial<Poll> = {}): Poll => ({
	id: '1',
	expires_at: null,
	expired: false,
	multiple: false,
	votes_count: counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
	voters_count: null,
	options: counts.map((votes_count, index) => ({ title: String(index), votes_count })),
	...more
});

test('shares are of all votes, or of the people where each may choose several', () => {
	expect(shares(poll([1, 2]))).toEqual([33, 67]);
	expect(shares(poll([3, 4], { multiple: true, voters_count: 4 }))).toEqual([75, 100]);
	expect(shares(poll([0, 0]))).toEqual([0, 0]);
});

test('what is a secret has no shares', () => {
	expect(shares(poll([null, null]))).toBeUndefined();
});

test('the time that is left is told in its largest unit', () => {
	const now = Date.parse('2026-11-27T12:00:00Z');
	expect(left('2026-11-30T11:00:00Z', now)).toEqual([3, 'day']);
	expect(left('2026-11-27T13:30:00Z', now)).toEqual([2, 'hour']);
	expect(left('2026-11-27T12:00:30Z', now)).toEqual([30, 'second']);
	expect(left('2026-11-27T11:00:00Z', now)).toEqual([0, 'second']);
});
