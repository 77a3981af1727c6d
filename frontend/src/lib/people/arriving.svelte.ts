// What somebody elsewhere has posted may be on its way here: their server was asked because somebody looks at their page.

import { get } from '../api/client.ts';

interface Refresh {
	async_refresh: { status: 'running' | 'finished'; result_count: number };
}

/** Between two looks, in milliseconds; the first comes sooner. */
const LOOK = 1_500;
const FIRST_LOOK = 300;
/** A server that says nothing for so many looks says nothing at all. */
const MOST_LOOKS = 30;

export class Arriving {
	/** Whether more may come. */
	under = $state(false);
	#id: string | undefined;

	/** Looks until all is here; `here`: how many of their posts are shown, `done`: shows those that came. */
	async watch(id: string, here: () => number, done: () => void): Promise<void> {
		this.#id = id;
		this.under = false;
		for (let look = 0; look < MOST_LOOKS; look += 1) {
			await new Promise((resolve) => setTimeout(resolve, look ? LOOK : FIRST_LOOK));
			if (this.#id !== id) return;
			const told = await get<Refresh>(`/api/v1_alpha/async_refreshes/${id}`).catch(() => null);
			if (this.#id !== id) return;
			if (told?.async_refresh.status === 'running') {
				this.under = true;
				continue;
			}
			if (this.under || (told?.async_refresh.result_count ?? 0) > here()) done();
			break;
		}
		this.under = false;
	}

	/** Another page is looked at, or none. */
	end(): void {
		this.#id = undefined;
		this.under = false;
	}
}
