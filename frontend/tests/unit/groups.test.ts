import { expect, test } from 'vitest';
import type { Account, GroupedNotifications, Notification, Status } from '#lib/api/entities.ts';
import { age, grown, isNewer, unpack } from '#lib/notifications/groups.ts';

const person = (id: string) => ({ id }) as Account;
const page = {
	accounts: [person('a'), person('b')],
	statuses: [{ id: 'p' } as Status],
	notification_groups: [
		{ group_key: 'favourite-p', notifications_count: 14, type: 'favourite', most_recent_notification_id: '90', latest_page_notification_at: '2026-11-27T10:00:00Z', sample_account_ids: ['b', 'a', 'gone'], status_id: 'p' },
		{ group_key: 'ungrouped-80', notifications_count: 1, type: 'follow_request', most_recent_notification_id: '80', latest_page_notification_at: '2026-11-27T09:00:00Z', sample_account_ids: ['a'] }
	]
} satisfies GroupedNotifications;

const one = (id: string, key: string, by: string) => ({ id, group_key: key, type: 'favourite', created_at: '2026-11-27T11:00:00Z', account: person(by), status: { id: 'p' } as Status }) as Notification;

test('groups are put together from what comes beside them', () => {
	const [likes, request] = unpack(page);
	expect(likes).toMatchObject({ key: 'favourite-p', count: 14, newest: '90', status: { id: 'p' } });
	expect(likes!.accounts.map(({ id }) => id)).toEqual(['b', 'a']);
	expect(request).toMatchObject({ key: 'ungrouped-80', count: 1, status: null });
});

test('a group that grows goes to the top, with the newest person first', () => {
	const [first, second] = unpack(page).reverse();
	const groups = grown([first!, second!], one('100', 'favourite-p', 'a'));
	expect(groups.map(({ key, count }) => [key, count])).toEqual([
		['favourite-p', 15],
		['ungrouped-80', 1]
	]);
	expect(groups[0]!.accounts.map(({ id }) => id)).toEqual(['a', 'b']);
	expect(groups[0]!.newest).toBe('100');
});

test('what stands alone is new, and what was told already is told once', () => {
	const groups = unpack(page);
	expect(grown(groups, one('101', 'ungrouped-101', 'c')).map(({ key }) => key)).toEqual(['ungrouped-101', 'favourite-p', 'ungrouped-80']);
	expect(grown(groups, one('90', 'favourite-p', 'b'))).toEqual(groups);
});

test('a single like shows what it was given with, and a group of them a heart', () => {
	const [alone] = grown([], { ...one('100', 'favourite-p', 'a'), emoji: 'blobcat', emoji_url: '/media/blobcat.png' });
	expect(alone?.emoji).toEqual({ name: 'blobcat', picture: '/media/blobcat.png' });
	const [both] = grown([alone!], one('101', 'favourite-p', 'b'));
	expect(both?.emoji).toBeUndefined();
});

test('ids are compared as the numbers they are', () => {
	expect([isNewer('100', '99'), isNewer('99', '100'), isNewer('5', '5')]).toEqual([true, false, false]);
});

test('what happened is today, this week, or earlier', () => {
	const now = Date.parse('2026-11-27T12:00:00Z');
	expect(['2026-11-27T01:00:00Z', '2026-11-22T12:00:00Z', '2026-11-01T12:00:00Z'].map((at) => age(at, now))).toEqual(['today', 'week', 'earlier']);
});
