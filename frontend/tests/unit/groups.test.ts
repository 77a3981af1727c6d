import { expect, test } from 'vitest';
import type { Account, Notification, Status } from '#lib/api/entities.ts';
import { age, group } from '#lib/notifications/groups.ts';

const one = (id: string, type: string, by: string, status?: string, at = '2026-11-27T10:00:00Z') =>
	({ id, type, created_at: at, account: { id: by } as Account, status: status ? ({ id: status } as Status) : null }) as Notification;

test('likes of one post are told once, under the newest', () => {
	const groups = group([one('9', 'favourite', 'a', 'p'), one('8', 'mention', 'b', 'q'), one('7', 'favourite', 'c', 'p'), one('6', 'favourite', 'a', 'p')]);
	expect(groups.map(({ key, accounts }) => [key, accounts.map(({ id }) => id)])).toEqual([
		['9', ['a', 'c']],
		['8', ['b']]
	]);
});

test('mentions, requests, and likes of other posts stay apart', () => {
	const types = [one('9', 'mention', 'a', 'p'), one('8', 'mention', 'b', 'p'), one('7', 'follow_request', 'a'), one('6', 'follow_request', 'b'), one('5', 'favourite', 'a', 'x'), one('4', 'favourite', 'a', 'y')];
	expect(group(types)).toHaveLength(6);
});

test('follows of one day are told together', () => {
	const groups = group([one('9', 'follow', 'a'), one('8', 'follow', 'b'), one('7', 'follow', 'c', undefined, '2026-11-20T10:00:00Z')]);
	expect(groups.map(({ accounts }) => accounts.length)).toEqual([2, 1]);
});

test('what happened is today, this week, or earlier', () => {
	const now = Date.parse('2026-11-27T12:00:00Z');
	expect(['2026-11-27T01:00:00Z', '2026-11-22T12:00:00Z', '2026-11-01T12:00:00Z'].map((at) => age(at, now))).toEqual(['today', 'week', 'earlier']);
});
