// Notifications that tell the same thing, told once. Pure.

import type { Account, Notification, Status } from '../api/entities.ts';

export interface Group {
	key: string;
	type: string;
	/** Of the newest of them. */
	at: string;
	accounts: Account[];
	status: Status | null;
}

/** Likes and reposts of one post belong together; so do follows that came one after the other. */
const TOGETHER = new Set(['favourite', 'reblog', 'follow']);

export function group(notifications: readonly Notification[]): Group[] {
	const groups: Group[] = [];
	const known = new Map<string, Group>();
	for (const one of notifications) {
		const day = one.created_at.slice(0, 10);
		const same = TOGETHER.has(one.type) ? `${one.type} ${one.status?.id ?? day}` : one.id;
		const had = known.get(same);
		if (had) {
			if (!had.accounts.some(({ id }) => id === one.account.id)) had.accounts.push(one.account);
			continue;
		}
		const made = { key: one.id, type: one.type, at: one.created_at, accounts: [one.account], status: one.status ?? null };
		known.set(same, made);
		groups.push(made);
	}
	return groups;
}

export type Age = 'today' | 'week' | 'earlier';

export function age(at: string, now = Date.now()): Age {
	const days = (now - Date.parse(at)) / 86_400_000;
	if (days < 1) return 'today';
	return days < 7 ? 'week' : 'earlier';
}
