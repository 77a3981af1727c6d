// Whom somebody may want to follow, and what is talked of this week: asked for once, kept from screen to screen. Follows nobody.

import { get, send } from '../api/client.ts';
import type { Account, Tag } from '../api/entities.ts';
import { toasts } from '../frame/toasts.svelte.ts';
import { t } from '../i18n/text.svelte.ts';

/** As long as what was found is good for. */
const LASTS = 10 * 60_000;

class Found {
	people = $state.raw<Account[]>([]);
	tags = $state.raw<Tag[]>([]);
	isThere = $state(false);
	#asked = 0;

	/** Nothing where it cannot be had: nobody came for it. */
	async load(): Promise<void> {
		if (Date.now() - this.#asked < LASTS) return;
		this.#asked = Date.now();
		const people = get<{ account: Account }[]>('/api/v2/suggestions?limit=6').catch(() => []);
		const tags = get<Tag[]>('/api/v1/trends/tags?limit=5').catch(() => []);
		const [suggestions, trending] = await Promise.all([people, tags]);
		this.people = suggestions.map(({ account }) => account);
		this.tags = trending;
		this.isThere = true;
	}

	async dismiss(account: Account): Promise<void> {
		const before = this.people;
		this.people = before.filter(({ id }) => id !== account.id);
		try {
			await send('DELETE', `/api/v1/suggestions/${account.id}`);
		} catch {
			this.people = before;
			toasts.trouble(t('error-not-done'));
		}
	}
}

export const found = new Found();
