// What the person signed in has to do with others. Asks for many at once, and only for whom it is wanted.

import { SvelteMap } from 'svelte/reactivity';
import { address, get, send } from '../api/client.ts';
import type { Account, Relationship } from '../api/entities.ts';
import { toasts } from '../frame/toasts.svelte.ts';
import { t } from '../i18n/text.svelte.ts';
import { forgetAuthor } from '../posts/timelines.ts';
import { asking } from '../ui/asking.svelte.ts';
import { handleOf } from './names.ts';

class Relations {
	#known = new SvelteMap<string, Relationship>();
	#wanted = new Set<string>();
	#asked = new Set<string>();

	of(id: string): Relationship | undefined {
		return this.#known.get(id);
	}

	/** Asks in a moment, together with others that are wanted now. */
	want(id: string): void {
		if (this.#asked.has(id)) return;
		this.#asked.add(id);
		if (this.#wanted.size === 0) queueMicrotask(() => void this.#ask());
		this.#wanted.add(id);
	}

	async #ask(): Promise<void> {
		const ids = [...this.#wanted];
		this.#wanted.clear();
		try {
			const found = await get<Relationship[]>(address('/api/v1/accounts/relationships', { id: ids }));
			for (const one of found) this.#known.set(one.id, one);
		} catch {
			for (const id of ids) this.#asked.delete(id);
		}
	}

	/** What changes for many at once is asked for anew. */
	again(): void {
		for (const id of this.#known.keys()) {
			this.#asked.delete(id);
			this.want(id);
		}
	}

	set(relation: Relationship): void {
		this.#asked.add(relation.id);
		this.#known.set(relation.id, relation);
	}
}

export const relations = new Relations();

async function tell(account: Account, verb: string): Promise<boolean> {
	try {
		relations.set(await send<Relationship>('POST', `/api/v1/accounts/${account.id}/${verb}`));
		return true;
	} catch {
		toasts.trouble(t('error-not-done'));
		return false;
	}
}

export async function setFollow(account: Account, wanted: boolean): Promise<void> {
	const before = relations.of(account.id);
	if (before) relations.set({ ...before, following: wanted && !account.locked, requested: wanted && account.locked });
	if (!(await tell(account, wanted ? 'follow' : 'unfollow')) && before) relations.set(before);
}

export async function mute(account: Account, wanted: boolean): Promise<boolean> {
	if (!(await tell(account, wanted ? 'mute' : 'unmute'))) return false;
	if (wanted) {
		forgetAuthor(account.id);
		toasts.say(t('muted-name', { name: handleOf(account) }), { label: t('undo'), run: () => void mute(account, false) });
	}
	return true;
}

export async function block(account: Account, wanted: boolean): Promise<boolean> {
	if (wanted) {
		const name = handleOf(account);
		const sure = await asking.ask({ title: t('block-title', { name }), text: t('block-text'), yes: t('block') });
		if (!sure) return false;
	}
	if (!(await tell(account, wanted ? 'block' : 'unblock'))) return false;
	if (wanted) {
		forgetAuthor(account.id);
		toasts.say(t('blocked-name', { name: handleOf(account) }));
	}
	return true;
}
