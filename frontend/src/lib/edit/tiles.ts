// A large picture in pieces that a graphics card can hold: which part is drawn, and from which part of the source. Pure
// numbers.

import type { Sampling, Size } from './crop.ts';

export interface Rectangle {
	x: number;
	y: number;
	width: number;
	height: number;
}

export interface Tile {
	/** Pixels of what comes out. */
	out: Rectangle;
	/** Pixels of the source that it needs, with a margin for what looks at its neighbours. */
	source: Rectangle;
	/** From shares of `out` to shares of `source`. */
	sampling: Sampling;
}

const MARGIN = 3;

/** As large as may be made: what was cut out, or less where that is more pixels than are taken. */
export function outSize(cut: Size, mostPixels: number, longest: number): Size {
	const scale = Math.min(1, Math.sqrt(mostPixels / (cut.width * cut.height)), longest / Math.max(cut.width, cut.height));
	return { width: Math.max(1, Math.floor(cut.width * scale + 1e-6)), height: Math.max(1, Math.floor(cut.height * scale + 1e-6)) };
}

/** All of them, so that neither a tile nor its source has a side of more than `most`. */
export function tiles(out: Size, sampling: Sampling, picture: Size, most: number): Tile[] {
	const side = sideOf(out, sampling, picture, most);
	const found: Tile[] = [];
	for (let y = 0; y < out.height; y += side) {
		for (let x = 0; x < out.width; x += side) {
			const part = { x, y, width: Math.min(side, out.width - x), height: Math.min(side, out.height - y) };
			found.push(tile(part, out, sampling, picture));
		}
	}
	return found;
}

/** The longest side of a tile whose source, which may lie aslant, still fits. */
function sideOf(out: Size, [a, b, , d, e]: Sampling, picture: Size, most: number): number {
	const across = (Math.abs(a) / out.width + Math.abs(b) / out.height) * picture.width;
	const down = (Math.abs(d) / out.width + Math.abs(e) / out.height) * picture.height;
	const room = most - 2 * MARGIN - 2;
	return Math.max(16, Math.floor(Math.min(most, room / across, room / down)));
}

function tile(part: Rectangle, out: Size, [a, b, c, d, e, f]: Sampling, picture: Size): Tile {
	const [s, t] = [part.x / out.width, part.y / out.height];
	const [ws, ht] = [part.width / out.width, part.height / out.height];
	// In shares of the whole source.
	const [ta, tb, tc] = [a * ws, b * ht, a * s + b * t + c];
	const [td, te, tf] = [d * ws, e * ht, d * s + e * t + f];
	const source = around([tc, tc + ta, tc + tb, tc + ta + tb], [tf, tf + td, tf + te, tf + td + te], picture);
	const [wide, high] = [picture.width / source.width, picture.height / source.height];
	const [left, top] = [source.x / source.width, source.y / source.height];
	return { out: part, source, sampling: [ta * wide, tb * wide, tc * wide - left, td * high, te * high, tf * high - top] };
}

function around(us: number[], vs: number[], picture: Size): Rectangle {
	const [x, right] = within(us, picture.width);
	const [y, bottom] = within(vs, picture.height);
	return { x, y, width: right - x, height: bottom - y };
}

function within(shares: number[], size: number): [number, number] {
	const from = Math.min(size - 1, Math.max(0, Math.floor(Math.min(...shares) * size) - MARGIN));
	const to = Math.min(size, Math.max(from + 1, Math.ceil(Math.max(...shares) * size) + MARGIN));
	return [from, to];
}
