import { expect, test } from 'vitest';
import type { Camera } from '#lib/api/entities.ts';
import { bodyOf, lineOf } from '#lib/media/camera.ts';

const nothing: Camera = { make: null, model: null, lens: null, focal_length: null, focal_length_35mm: null, exposure: null, aperture: null, iso: null, taken_at: null };

test('a camera is told in one line, without what is not known', () => {
	expect(lineOf({ ...nothing, make: 'Fujifilm', model: 'X-T5', focal_length: 35, aperture: 2, exposure: '1/250', iso: 400 })).toBe('X-T5 · 35 mm · f/2 · 1/250 s · ISO 400');
	expect(lineOf({ ...nothing, make: 'Zenza Bronica', aperture: 2.8 })).toBe('Zenza Bronica · f/2.8');
	expect([lineOf(nothing), lineOf(null), lineOf(undefined)]).toEqual(['', '', '']);
});

test('a maker is named once', () => {
	expect(bodyOf({ ...nothing, make: 'NIKON CORPORATION', model: 'NIKON Z 8' })).toBe('NIKON Z 8');
	expect(bodyOf({ ...nothing, make: 'Fujifilm', model: 'X-T5' })).toBe('Fujifilm X-T5');
	expect(bodyOf({ ...nothing, model: 'X-T5' })).toBe('X-T5');
});
