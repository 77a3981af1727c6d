// What else of one's own a picture looks like. Pure.

import type { Uploaded } from '../api/entities.ts';

/** Another picture of the same draft, by its number, or a post of one's own. */
export type Alike = { number: number } | { post: string } | null;

interface Shown {
	media: Uploaded | null;
}

/** What was sent and never posted is no news to anybody. */
export function alikeTo({ media }: Shown, photos: readonly Shown[]): Alike {
	for (const { id, status_id: post } of media?.similar ?? []) {
		const index = photos.findIndex((other) => other.media?.id === id);
		if (index >= 0) return { number: index + 1 };
		if (post) return { post };
	}
	return null;
}
