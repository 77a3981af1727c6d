import { expect, test } from 'vitest';
import { chain, contrast, exposure, fromLight, highlights, shadows, share, through, toLight } from '#lib/edit/curves.ts';
import { LOOK_NAMES, LOOKS, type Mix, SAME_MIX, saturated } from '#lib/edit/looks.ts';
import { EVEN, isUntouched, keepsColours, type Recipe, UNTOUCHED, withColoursOf } from '#lib/edit/recipe.ts';
import { product, STEPS, tone } from '#lib/edit/tone.ts';
import { History } from '#lib/edit/history.ts';
import { isWide } from '#lib/edit/profile.ts';

const PLACES = Array.from({ length: 101 }, (_, step) => step / 100);

function rises(curve: (value: number) => number): boolean {
	return PLACES.slice(1).every((place, step) => curve(place) >= curve(PLACES[step]!) - 1e-9);
}

test('light and what is stored are each other’s inverse', () => {
	for (const place of PLACES) expect(fromLight(toLight(place))).toBeCloseTo(place, 6);
});

test('a curve goes through its points and never beyond them', () => {
	const curve = through([[0, 0.1], [0.3, 0.3], [0.35, 0.8], [1, 0.9]]);
	expect(curve(0.3)).toBeCloseTo(0.3);
	expect(curve(0.35)).toBeCloseTo(0.8);
	expect(curve(-1)).toBe(0.1);
	expect(curve(2)).toBe(0.9);
	expect(rises(curve)).toBe(true);
	expect(Math.max(...PLACES.map(curve))).toBeLessThanOrEqual(0.9 + 1e-9);
});

test('no slider turns light into dark, however far two of them are pushed', () => {
	const ends = [-1, -0.5, 0, 0.5, 1];
	for (const one of ends) {
		for (const other of ends) {
			expect(rises(chain(exposure(one * 1.6), contrast(other))), `exposure ${one}, contrast ${other}`).toBe(true);
			expect(rises(chain(highlights(one), shadows(other))), `highlights ${one}, shadows ${other}`).toBe(true);
		}
	}
});

test('more exposure burns nothing out, and none changes nothing', () => {
	expect(exposure(1.5)(1)).toBeCloseTo(1);
	expect(exposure(1)(0.5)).toBeGreaterThan(0.62);
	for (const place of PLACES) expect(exposure(0)(place)).toBeCloseTo(place, 6);
	expect(share(() => 1, 0.25)(0)).toBe(0.25);
});

test('the untouched recipe develops into the same picture', () => {
	const { before, after, mix, vignette, grain, sharpen } = tone(UNTOUCHED);
	expect(before.length).toBe(STEPS * 4);
	for (const table of [before, after]) {
		for (let step = 0; step < STEPS; step += 1) expect(table[step * 4 + 1]).toBeCloseTo(step / (STEPS - 1), 4);
	}
	expect(mix.map((part) => Math.round(part * 1e6) / 1e6)).toEqual([...SAME_MIX]);
	expect([vignette, grain, sharpen]).toEqual([0, 0, 0]);
});

test('there are at least twelve looks, each changes something, and none of it at no strength', () => {
	expect(LOOK_NAMES.length - 1).toBeGreaterThanOrEqual(12);
	for (const look of LOOK_NAMES.slice(1)) {
		const full = tone({ ...UNTOUCHED, look });
		const none = tone({ ...UNTOUCHED, look, strength: 0 });
		const plain = tone(UNTOUCHED);
		expect([...full.after, ...full.mix], look).not.toEqual([...plain.after, ...plain.mix]);
		expect(none.mix.map((part) => Math.round(part * 1e6)), look).toEqual(plain.mix.map((part) => Math.round(part * 1e6)));
		expect(keepsColours({ ...UNTOUCHED, look, strength: 0 })).toBe(true);
	}
});

test('a look leaves greys grey before its curves, and black and white has no colour', () => {
	for (const look of LOOK_NAMES) {
		const { mix } = LOOKS[look];
		for (const row of [0, 3, 6]) expect(mix[row]! + mix[row + 1]! + mix[row + 2]!, look).toBeCloseTo(1, 2);
	}
	const grey = LOOKS.slate.mix;
	expect(grey.slice(0, 3)).toEqual(grey.slice(3, 6));
});

test('no saturation at all is grey as the eye sees it, and mixes follow each other', () => {
	const { mix } = tone({ ...UNTOUCHED, adjustments: { ...EVEN, saturation: -1 } });
	expect(mix[0]).toBeCloseTo(0.2126);
	expect(mix[3]).toBeCloseTo(0.2126);
	const swap: Mix = [0, 0, 1, 0, 1, 0, 1, 0, 0];
	expect(product(swap, swap)).toEqual([...SAME_MIX]);
	expect(product(saturated(1), swap).map(Math.round)).toEqual([...swap]);
});

test('warmer means more red and less blue, and a grey as bright as before', () => {
	const { before } = tone({ ...UNTOUCHED, adjustments: { ...EVEN, warmth: 1 } });
	const [red, green, blue] = [before[128 * 4]!, before[128 * 4 + 1]!, before[128 * 4 + 2]!];
	expect(red).toBeGreaterThan(green);
	expect(blue).toBeLessThan(green);
	const bright = 0.2126 * toLight(red) + 0.7152 * toLight(green) + 0.0722 * toLight(blue);
	expect(bright).toBeCloseTo(toLight(128 / 255), 2);
});

test('a picture is untouched only while nothing at all was done to it', () => {
	const done: Partial<Recipe>[] = [{ mirrored: true }, { turns: 1 }, { angle: 0.5 }, { ratio: 1 }, { crop: { x: 0, y: 0, width: 0.5, height: 1 } }, { look: 'moss' }, { adjustments: { ...EVEN, grain: 0.1 } }];
	expect(isUntouched(UNTOUCHED)).toBe(true);
	expect(isUntouched({ ...UNTOUCHED, turns: 4, look: 'moss', strength: 0 })).toBe(true);
	for (const one of done) expect(isUntouched({ ...UNTOUCHED, ...one }), JSON.stringify(one)).toBe(false);
	const copied = withColoursOf({ ...UNTOUCHED, turns: 1 }, { ...UNTOUCHED, look: 'ash', angle: 9 });
	expect([copied.turns, copied.angle, copied.look]).toEqual([1, 0, 'ash']);
});

test('what was done is undone and done again, until something else is done', () => {
	const history = new History(1);
	history.add(2);
	history.add(2);
	history.add(3);
	expect([history.undo(), history.undo(), history.undo()]).toEqual([2, 1, 1]);
	expect(history.redo()).toBe(2);
	history.add(9);
	expect(history.canRedo).toBe(false);
	expect([history.undo(), history.redo()]).toEqual([2, 9]);
});

/** As much of a profile as is looked at: its mark, and one tag with the x of red. */
function profile(red: number): Uint8Array {
	const bytes = new Uint8Array(400);
	const view = new DataView(bytes.buffer);
	const begin = 50;
	bytes.set([0x61, 0x63, 0x73, 0x70], begin + 36);
	view.setUint32(begin + 128, 1);
	view.setUint32(begin + 132, 0x7258595a);
	view.setUint32(begin + 136, 160);
	view.setInt32(begin + 168, Math.round(red * 65_536));
	return bytes;
}

test('a wider space of colours is known by its red; a broken profile is none', () => {
	expect(isWide(profile(0.436))).toBe(false);
	expect(isWide(profile(0.515))).toBe(true);
	expect(isWide(profile(0.6097))).toBe(true);
	expect(isWide(new Uint8Array(100))).toBe(false);
	expect(isWide(new Uint8Array(0))).toBe(false);
	expect(isWide(profile(0.6).subarray(0, 120))).toBe(false);
});
