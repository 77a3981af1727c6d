// Notifications that tell the same thing, told once: as the server groups them, and as they grow meanwhile. Pure.

import type { Account, GroupedNotifications, Notification, Status } from '../api/entities.ts';

export interface Group {
	key: string;
	type: string;
	/** Of the newest of them. */
	at: string;
	newest: string;
	count: number;
	/** Some of those who are in it, the newest first. */
	accounts: Account[];
	status: Status | null;
	/** With what a single like was given, if it was with more than a heart. */
	emoji?: { name: string; picture?: string | null };
}

/** Of one page. What it is about comes beside the groups, once. */
export function unpack({ accounts, statuses, notification_groups }: GroupedNotifications): Group[] {
	const people = new Map(accounts.map((account) => [account.id, account]));
	const posts = new Map(statuses.map((status) => [status.id, status]));
	return notification_groups.map((group) => ({
		key: group.group_key,
		type: group.type,
		at: group.latest_page_notification_at,
		newest: group.most_recent_notification_id,
		count: group.notifications_count,
		accounts: group.sample_account_ids.flatMap((id) => people.get(id) ?? []),
		status: group.status_id ? (posts.get(group.status_id) ?? null) : null
	}));
}

export function single(one: Notification): Group {
	const emoji = one.emoji ? { name: one.emoji, picture: one.emoji_url } : undefined;
	return { key: one.group_key ?? one.id, type: one.type, at: one.created_at, newest: one.id, count: 1, accounts: [one.account], status: one.status ?? null, emoji };
}

/** The groups after one more has come: its own grows and goes to the top. */
export function grown(groups: readonly Group[], one: Notification): Group[] {
	const made = single(one);
	const had = groups.find(({ key }) => key === made.key);
	if (!had) return [made, ...groups];
	// Told twice: by the list and as it happened.
	if (!isNewer(made.newest, had.newest)) return [...groups];
	const others = had.accounts.filter(({ id }) => id !== one.account.id);
	return [{ ...made, count: had.count + 1, accounts: [one.account, ...others], emoji: undefined }, ...groups.filter((group) => group !== had)];
}

/** Ids are numbers too large for a number. */
export function isNewer(id: string, than: string): boolean {
	return id.length === than.length ? id > than : id.length > than.length;
}

export type Age = 'today' | 'week' | 'earlier';

export function age(at: string, now = Date.now()): Age {
	const days = (now - Date.parse(at)) / 86_400_000;
	if (days < 1) return 'today';
	return days < 7 ? 'week' : 'earlier';
}
