// Seeing less of others without giving them up: not what they pass on, or nothing of a whole server. Each can be undone.

import { address, get, send } from '../api/client.ts';
import type { Account, Relationship } from '../api/entities.ts';
import { toasts } from '../frame/toasts.svelte.ts';
import { also, t } from '../i18n/text.svelte.ts';
import { askAgain, forgetReposts, forgetServer } from '../posts/timelines.ts';
import { asking } from '../ui/asking.svelte.ts';
import { handleOf } from './names.ts';
import { relations } from './relations.svelte.ts';

const BLOCKS = '/api/v1/domain_blocks';

async function done(deed: () => Promise<unknown>): Promise<boolean> {
	try {
		await Promise.all([deed(), also('further')]);
		return true;
	} catch {
		toasts.trouble(t('error-not-done'));
		return false;
	}
}

export async function showReposts(account: Account, wanted: boolean): Promise<void> {
	const tell = async () => relations.set(await send<Relationship>('POST', `/api/v1/accounts/${account.id}/follow`, { reblogs: wanted }));
	if (!(await done(tell))) return;
	if (wanted) askAgain();
	else forgetReposts(account.id);
	toasts.say(t(wanted ? 'reposts-shown' : 'reposts-hidden', { name: handleOf(account) }), { label: t('undo'), run: () => void showReposts(account, !wanted) });
}

interface Lost {
	followers_count: number;
	following_count: number;
}

/** Asks first, with what it would end. */
export async function blockServer(host: string): Promise<boolean> {
	let lost: Lost | undefined;
	if (!(await done(async () => (lost = await get<Lost>(address(`${BLOCKS}/preview`, { domain: host })))))) return false;
	const ends = lost && lost.followers_count + lost.following_count > 0;
	const text = [t('server-block-text'), ...(ends ? [t('server-block-ends', { count: lost!.following_count, others: lost!.followers_count })] : [])].join(' ');
	const sure = await asking.ask({ title: t('server-block-title', { host }), text, yes: t('block') });
	return sure && setServerBlock(host, true);
}

/** Without asking: what ends by it has ended before, or nothing does. */
export async function setServerBlock(host: string, wanted: boolean, undone?: () => void): Promise<boolean> {
	if (!(await done(() => (wanted ? send('POST', BLOCKS, { domain: host }) : send('DELETE', address(BLOCKS, { domain: host })))))) return false;
	relations.again();
	if (wanted) forgetServer(host);
	else askAgain();
	const back = () => void setServerBlock(host, !wanted).then((is) => is && undone?.());
	toasts.say(t(wanted ? 'server-blocked' : 'server-unblocked', { host }), { label: t('undo'), run: back });
	return true;
}
