// What can be done with a post, as its menu lists it. Comes when a menu is opened for the first time.

import Ban from '@lucide/svelte/icons/ban';
import ExternalLink from '@lucide/svelte/icons/external-link';
import EyeOff from '@lucide/svelte/icons/eye-off';
import Flag from '@lucide/svelte/icons/flag';
import Link from '@lucide/svelte/icons/link';
import Pencil from '@lucide/svelte/icons/pencil';
import MessageSquareQuote from '@lucide/svelte/icons/message-square-quote';
import PenLine from '@lucide/svelte/icons/pen-line';
import Pin from '@lucide/svelte/icons/pin';
import QuoteIcon from '@lucide/svelte/icons/quote';
import Trash from '@lucide/svelte/icons/trash-2';
import ServerOff from '@lucide/svelte/icons/server-off';
import Unlink from '@lucide/svelte/icons/unlink';
import UserMinus from '@lucide/svelte/icons/user-minus';
import UserPlus from '@lucide/svelte/icons/user-plus';
import VolumeX from '@lucide/svelte/icons/volume-x';
import type { Status } from '../api/entities.ts';
import { t } from '../i18n/text.svelte.ts';
import { blockServer } from '../people/less.ts';
import { handleOf, nameOf, postPage, serverOf } from '../people/names.ts';
import { block, mute, relations, setFollow } from '../people/relations.svelte.ts';
import { session } from '../people/session.svelte.ts';
import { toggle } from '../posts/acts.ts';
import { isRewritable, writeAnew } from '../posts/anew.ts';
import { copyLink, remove, takeBack } from '../posts/deeds.ts';
import { report } from '../report/report.ts';
import type { MenuItem } from '../ui/Menu.svelte';
import { hasCover, isCovered, turn } from './covered.svelte.ts';

export function items(post: Status): MenuItem[] {
	const { account } = post;
	const mine = session.me?.id === account.id;
	const all: MenuItem[] = [];
	if (session.isIn && !mine) relations.want(account.id);
	const relation = relations.of(account.id);
	if (session.isIn && !mine && relation) {
		const follows = relation.following || relation.requested;
		const label = t(follows ? 'unfollow-name' : 'follow-name', { name: nameOf(account) });
		all.push({ label, icon: follows ? UserMinus : UserPlus, run: () => void setFollow(account, !follows) });
	}
	if (hasCover(post) && !isCovered(post)) all.push({ label: t('sensitive-hide'), icon: EyeOff, run: () => turn(post) });
	const leave = post.quote_approval?.current_user;
	if (session.isIn && leave && leave !== 'denied') all.push({ label: t(leave === 'automatic' ? 'quote' : 'quote-ask'), icon: QuoteIcon, href: `/compose?quote=${post.id}` });
	if (post.quotes_count) all.push({ label: t('quotes-show', { count: post.quotes_count }), icon: MessageSquareQuote, href: `${postPage(post)}/quotes` });
	all.push({ label: t('copy-link'), icon: Link, run: () => void copyLink(post) });
	if (account.acct.includes('@') && post.url) all.push({ label: t('open-original'), icon: ExternalLink, run: () => open(post.url!, '_blank', 'noreferrer') });
	const quoted = post.quote?.state === 'accepted' ? post.quote.quoted_status : null;
	if (quoted && quoted.account.id === session.me?.id && !mine) all.push({ label: t('quote-revoke'), icon: Unlink, danger: true, run: () => void takeBack(post, quoted) });
	if (mine) {
		if (post.visibility !== 'direct') all.push({ label: t(post.pinned ? 'unpin' : 'pin'), icon: Pin, run: () => void toggle(post, 'pinned') });
		all.push({ label: t('edit'), icon: Pencil, href: `/compose?edit=${post.id}` });
		if (isRewritable(post)) all.push({ label: t('anew'), icon: PenLine, run: () => void writeAnew(post) });
		all.push({ label: t('delete'), icon: Trash, danger: true, run: () => void remove(post) });
	} else if (session.isIn) {
		all.push({ label: t('mute-name', { name: handleOf(account) }), icon: VolumeX, run: () => void mute(account, true) });
		all.push({ label: t('block-name', { name: handleOf(account) }), icon: Ban, danger: true, run: () => void block(account, true) });
		const host = serverOf(account);
		if (host) all.push({ label: t('server-block', { host }), icon: ServerOff, danger: true, run: () => void blockServer(host) });
		all.push({ label: t('report-name', { name: handleOf(account) }), icon: Flag, danger: true, run: () => void report(account, post) });
	}
	return all;
}
