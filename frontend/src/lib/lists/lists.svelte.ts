// The lists of people that somebody keeps. Who is in one is asked for by its page.

import { get, send } from '../api/client.ts';
import type { PeopleList } from '../api/entities.ts';

export type Wishes = Partial<Omit<PeopleList, 'id'>>;

class Lists {
	all = $state.raw<PeopleList[]>();
	error = $state.raw<unknown>(null);

	async load(): Promise<void> {
		this.error = null;
		try {
			this.#keep(await get<PeopleList[]>('/api/v1/lists'));
		} catch (error) {
			this.error = error;
		}
	}

	of(id: string | null): PeopleList | undefined {
		return this.all?.find((list) => list.id === id);
	}

	async make(wishes: Wishes): Promise<PeopleList> {
		const made = await send<PeopleList>('POST', '/api/v1/lists', wishes);
		this.#keep([...(this.all ?? []), made]);
		return made;
	}

	async change(id: string, wishes: Wishes): Promise<void> {
		const changed = await send<PeopleList>('PUT', `/api/v1/lists/${id}`, wishes);
		this.#keep((this.all ?? []).map((list) => (list.id === id ? changed : list)));
	}

	async remove(id: string): Promise<void> {
		await send('DELETE', `/api/v1/lists/${id}`);
		this.#keep((this.all ?? []).filter((list) => list.id !== id));
	}

	#keep(all: PeopleList[]): void {
		this.all = all.toSorted((one, other) => one.title.localeCompare(other.title));
	}
}

export const lists = new Lists();
