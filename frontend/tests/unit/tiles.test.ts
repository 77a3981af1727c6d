import { expect, test } from 'vitest';
import { cropOf, sampling } from '#lib/edit/crop.ts';
import { UNTOUCHED } from '#lib/edit/recipe.ts';
import { outSize, tiles } from '#lib/edit/tiles.ts';

const LARGE = { width: 9504, height: 6336 };

test('a picture of 60 megapixels is developed in tiles that a card can hold, whichever way it lies', () => {
	for (const recipe of [UNTOUCHED, { ...UNTOUCHED, turns: 1, mirrored: true }, { ...UNTOUCHED, angle: -17, turns: 3 }]) {
		const box = cropOf(recipe, LARGE);
		const frame = recipe.turns % 2 ? { width: LARGE.height, height: LARGE.width } : LARGE;
		const out = outSize({ width: box.width * frame.width, height: box.height * frame.height }, 120e6, 16_384);
		const from = sampling(recipe, box, LARGE);
		const all = tiles(out, from, LARGE, 4_096);
		expect(all.length).toBeGreaterThan(3);
		expect(all.reduce((sum, { out: part }) => sum + part.width * part.height, 0)).toBe(out.width * out.height);
		for (const { out: part, source, sampling: own } of all) {
			expect(Math.max(part.width, part.height, source.width, source.height)).toBeLessThanOrEqual(4_096);
			expect(source.x).toBeGreaterThanOrEqual(0);
			expect(source.x + source.width).toBeLessThanOrEqual(LARGE.width);
			expect(source.y + source.height).toBeLessThanOrEqual(LARGE.height);
			// The middle of the tile is the same place of the source, whether asked of the tile or of the whole.
			const [s, t] = [(part.x + part.width / 2) / out.width, (part.y + part.height / 2) / out.height];
			const whole = [(from[0] * s + from[1] * t + from[2]) * LARGE.width, (from[3] * s + from[4] * t + from[5]) * LARGE.height];
			const tiled = [source.x + (own[0] / 2 + own[1] / 2 + own[2]) * source.width, source.y + (own[3] / 2 + own[4] / 2 + own[5]) * source.height];
			expect(tiled[0]).toBeCloseTo(whole[0]!, 3);
			expect(tiled[1]).toBeCloseTo(whole[1]!, 3);
		}
	}
});

test('what is larger than the server takes is made smaller, and nothing is made larger', () => {
	const fits = outSize(LARGE, 24e6, 16_384);
	expect(fits.width * fits.height).toBeLessThanOrEqual(24e6);
	expect(fits.width / fits.height).toBeCloseTo(1.5, 2);
	expect(outSize({ width: 800, height: 600 }, 24e6, 16_384)).toEqual({ width: 800, height: 600 });
	expect(outSize({ width: 30_000, height: 300 }, 120e6, 16_384)).toEqual({ width: 16_384, height: 163 });
	expect(outSize({ width: 0.4, height: 0.2 }, 1, 1)).toEqual({ width: 1, height: 1 });
});
