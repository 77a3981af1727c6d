import { expect, test } from 'vitest';
import { type Box, cropOf, fits, flip, largest, moved, resized, sampling, settled, tidied, turn, turned } from '#lib/edit/crop.ts';
import { isUntouched, type Recipe, UNTOUCHED } from '#lib/edit/recipe.ts';

const PHOTO = { width: 3000, height: 2000 };
const WHOLE: Box = { x: 0, y: 0, width: 1, height: 1 };

const pixelRatio = (box: Box, frame = PHOTO) => (box.width * frame.width) / (box.height * frame.height);

test('an untouched picture is cut nowhere', () => {
	expect(cropOf(UNTOUCHED, PHOTO)).toEqual(WHOLE);
	expect(sampling(UNTOUCHED, WHOLE, PHOTO)).toEqual([1, 0, 0, 0, 1, 0]);
});

test('the largest box of a ratio touches two sides, and is in the middle', () => {
	const square = largest(PHOTO, 0, 1);
	expect(square.height).toBeCloseTo(1);
	expect(square.width).toBeCloseTo(2 / 3);
	expect(square.x).toBeCloseTo(1 / 6);
	const strip = largest(PHOTO, 0, 65 / 24);
	expect(strip.width).toBeCloseTo(1);
	expect(pixelRatio(strip)).toBeCloseTo(65 / 24);
});

test('a leaning picture is cut so that no corner is empty, whichever way it leans', () => {
	for (const angle of [-45, -12.5, -0.5, 0.5, 7, 30, 45]) {
		for (const ratio of [1.5, 1, 0.8, 65 / 24, 0.43]) {
			const box = largest(PHOTO, angle, ratio);
			expect(fits(box, PHOTO, angle), `${angle}° ${ratio}`).toBe(true);
			expect(pixelRatio(box)).toBeCloseTo(ratio);
			const larger = { ...box, x: box.x - 0.01, y: box.y - 0.01, width: box.width + 0.02, height: box.height + 0.02 };
			expect(fits(larger, PHOTO, angle), `${angle}° ${ratio}, larger`).toBe(false);
		}
	}
});

test('every corner of what is cut out of a leaning picture lies in the stored one', () => {
	for (const turns of [0, 1, 2, 3]) {
		for (const mirrored of [false, true]) {
			for (const angle of [-20, 9]) {
				const recipe = { ...UNTOUCHED, turns, mirrored, angle };
				const box = cropOf(recipe, PHOTO);
				const [a, b, c, d, e, f] = sampling(recipe, box, PHOTO);
				for (const [s, t] of [[0, 0], [1, 0], [0, 1], [1, 1]] as const) {
					for (const place of [a * s + b * t + c, d * s + e * t + f]) {
						expect(place).toBeGreaterThanOrEqual(-1e-4);
						expect(place).toBeLessThanOrEqual(1 + 1e-4);
					}
				}
			}
		}
	}
});

test('a box that no longer fits comes in as little as it has to, and keeps its ratio', () => {
	const corner = { x: 0.7, y: 0.7, width: 0.3, height: 0.3 };
	const inside = settled(corner, PHOTO, 15);
	expect(fits(inside, PHOTO, 15)).toBe(true);
	expect(pixelRatio(inside)).toBeCloseTo(pixelRatio(corner));
	expect(inside.width).toBeCloseTo(0.3);
	expect(settled(corner, PHOTO, 0)).toEqual(corner);
});

test('a box slides along the edge that stops it', () => {
	const box = { x: 0.1, y: 0.1, width: 0.5, height: 0.5 };
	const there = moved(box, 2, 0.2, PHOTO, 0);
	expect(there.x).toBeCloseTo(0.5);
	expect(there.y).toBeCloseTo(0.3);
	expect(there.width).toBe(0.5);
});

test('the corner across from the one that is held stays where it is', () => {
	const box = { x: 0.2, y: 0.2, width: 0.5, height: 0.5 };
	const free = resized(box, { across: -1, down: -1 }, 0.1, -0.1, PHOTO, 0, null);
	expect(free.x + free.width).toBeCloseTo(0.7);
	expect(free.y + free.height).toBeCloseTo(0.7);
	expect(free.width).toBeCloseTo(0.4);
	expect(free.height).toBeCloseTo(0.6);
	const kept = resized(box, { across: 1, down: 1 }, 0.9, 0, PHOTO, 0, 1.5);
	expect(kept.x).toBeCloseTo(0.2);
	expect(pixelRatio(kept)).toBeCloseTo(1.5);
	expect(kept.width).toBeCloseTo(0.8);
	const least = resized(box, { across: 1, down: 0 }, -5, 0, PHOTO, 0, null);
	expect(least.width).toBeGreaterThan(0);
});

test('four quarter turns and two flips lead back, box and all', () => {
	const recipe = { ...UNTOUCHED, angle: 3, ratio: 1.25, crop: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 } };
	let there: Recipe = recipe;
	for (let step = 0; step < 4; step += 1) there = turn(there, 1);
	expect(there.turns).toBe(0);
	expect(there.ratio).toBeCloseTo(1.25);
	expect(there.crop?.x).toBeCloseTo(0.1);
	expect(there.crop?.height).toBeCloseTo(0.4);
	expect(turn(turn(recipe, 1), -1).turns).toBe(0);
	const twice = flip(flip(turn(recipe, 1)));
	expect(twice.angle).toBe(3);
	expect(twice.turns).toBe(1);
	expect(turned(PHOTO, 1)).toEqual({ width: 2000, height: 3000 });
});

test('a turn to the right brings the lower left corner to the upper left', () => {
	const right = turn(UNTOUCHED, 1);
	const [, , u, , , v] = sampling(right, WHOLE, PHOTO);
	expect([u, v]).toEqual([0, 1]);
	const [, , u2, , , v2] = sampling(flip(UNTOUCHED), WHOLE, PHOTO);
	expect([u2, v2]).toEqual([1, 0]);
	// What is flipped after a turn is flipped as it is seen.
	const [, , u3, , , v3] = sampling(flip(right), WHOLE, PHOTO);
	expect([u3, v3]).toEqual([0, 0]);
});

test('a box around everything is none, so that the picture counts as untouched', () => {
	for (const recipe of [{ ...UNTOUCHED, ratio: 1.5 }, { ...UNTOUCHED, crop: WHOLE }, { ...UNTOUCHED, turns: 4, ratio: 1.5, crop: WHOLE }]) {
		expect(isUntouched(tidied(recipe, PHOTO)), JSON.stringify(recipe)).toBe(true);
	}
	expect(tidied({ ...UNTOUCHED, ratio: 1 }, PHOTO).ratio).toBe(1);
	expect(isUntouched(tidied({ ...UNTOUCHED, angle: 2 }, PHOTO))).toBe(false);
});
