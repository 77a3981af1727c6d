// What a picture is said to look like.

import { expect, test } from 'vitest';
import { alikeTo } from '#lib/compose/alike.ts';
import type { Uploaded } from '#lib/api/entities.ts';

const shown = (id: string, similar: Uploaded['similar'] = []) => ({ media: { id, similar } as Uploaded });

test('a picture is like another of the same draft, or like one that was posted, and else like none', () => {
	const photos = [shown('1'), shown('2', [{ id: '1', status_id: null }]), shown('3', [{ id: '9', status_id: null }]), shown('4', [{ id: '8', status_id: null }, { id: '7', status_id: '70' }])];
	expect(photos.map((photo) => alikeTo(photo, photos))).toEqual([null, { number: 1 }, null, { post: '70' }]);
	expect(alikeTo({ media: null }, photos)).toBeNull();
});
