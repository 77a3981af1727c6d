// Where a picture is cut: boxes inside of a picture that may be turned and leaning. Pure numbers, no pixels.

import type { Recipe } from './recipe.ts';

/** In shares of the turned picture, from its upper left corner. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

export interface Size {
	width: number;
	height: number;
}

/** The side or corner that is held: −1 is left or top, 1 right or bottom, 0 neither. */
export interface Grip {
	across: -1 | 0 | 1;
	down: -1 | 0 | 1;
}

/** Degrees to either side: beyond that, one turns the picture. */
export const STEEPEST = 45;
/** As little of a side as may be left. */
const SMALLEST = 0.04;
const CLOSE = 1e-6;

/** The picture's size after its quarter turns. */
export function turned({ width, height }: Size, turns: number): Size {
	return turns % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** How far a box of this size, leaning against the picture, reaches along the picture's own sides: half of it. */
function reach(width: number, height: number, angle: number): [number, number] {
	const [sine, cosine] = lean(angle);
	return [(width * cosine + height * Math.abs(sine)) / 2, (width * Math.abs(sine) + height * cosine) / 2];
}

function lean(angle: number): [number, number] {
	const radians = (angle * Math.PI) / 180;
	return [Math.sin(radians), Math.cos(radians)];
}

/** The box's centre, seen from the picture's, along the picture's own sides; in pixels. */
function centre(box: Box, frame: Size, angle: number): [number, number] {
	const [sine, cosine] = lean(angle);
	const x = (box.x + box.width / 2 - 0.5) * frame.width;
	const y = (box.y + box.height / 2 - 0.5) * frame.height;
	return [x * cosine + y * sine, y * cosine - x * sine];
}

/** Whether all of the box shows picture. */
export function fits(box: Box, frame: Size, angle: number): boolean {
	const inside = box.x >= -CLOSE && box.y >= -CLOSE && box.x + box.width <= 1 + CLOSE && box.y + box.height <= 1 + CLOSE;
	if (!inside) return false;
	const [across, down] = reach(box.width * frame.width, box.height * frame.height, angle);
	const [x, y] = centre(box, frame, angle);
	const room = CLOSE * (frame.width + frame.height);
	return Math.abs(x) + across <= frame.width / 2 + room && Math.abs(y) + down <= frame.height / 2 + room;
}

/** The largest box of a ratio, in the middle. */
export function largest(frame: Size, angle: number, ratio: number): Box {
	const [across, down] = reach(ratio, 1, angle);
	const height = Math.min(frame.width / 2 / across, frame.height / 2 / down, frame.height, frame.width / ratio);
	return around(0.5, 0.5, (height * ratio) / frame.width, height / frame.height);
}

function around(x: number, y: number, width: number, height: number): Box {
	return { x: x - width / 2, y: y - height / 2, width, height };
}

function between(from: Box, to: Box, share: number): Box {
	const mix = (one: number, other: number) => one + (other - one) * share;
	return { x: mix(from.x, to.x), y: mix(from.y, to.y), width: mix(from.width, to.width), height: mix(from.height, to.height) };
}

/**
 * The last box on the way from one that fits to another that still does. What fits is convex, so that halving finds it.
 */
function furthest(from: Box, to: Box, frame: Size, angle: number): Box {
	if (fits(to, frame, angle)) return to;
	let [good, bad] = [0, 1];
	for (let step = 0; step < 24; step += 1) {
		const middle = (good + bad) / 2;
		if (fits(between(from, to, middle), frame, angle)) good = middle;
		else bad = middle;
	}
	return between(from, to, good);
}

/** The box nearest to this one that fits: smaller only where it has to be, and not of another ratio. */
export function settled(box: Box, frame: Size, angle: number): Box {
	const ratio = (box.width * frame.width) / (box.height * frame.height);
	const most = largest(frame, angle, ratio);
	const share = Math.min(1, most.width / box.width);
	const smaller = around(box.x + box.width / 2, box.y + box.height / 2, box.width * share, box.height * share);
	if (fits(smaller, frame, angle)) return smaller;
	const middle = around(0.5, 0.5, smaller.width, smaller.height);
	return furthest(middle, smaller, frame, angle);
}

/** What is cut out: the box that was drawn, or all that the picture gives. */
export function cropOf({ crop, ratio, angle, turns }: Pick<Recipe, 'crop' | 'ratio' | 'angle' | 'turns'>, picture: Size): Box {
	const frame = turned(picture, turns);
	return crop ? settled(crop, frame, angle) : largest(frame, angle, ratio ?? frame.width / frame.height);
}

/** The box moved by shares of the picture, as far as there is room; along an edge, if that is in the way. */
export function moved(box: Box, across: number, down: number, frame: Size, angle: number): Box {
	const sideways = furthest(box, { ...box, x: box.x + across }, frame, angle);
	return furthest(sideways, { ...sideways, y: sideways.y + down }, frame, angle);
}

/** The box with one side or corner elsewhere; the opposite one stays. With a ratio, all of it keeps to that. */
export function resized(box: Box, grip: Grip, across: number, down: number, frame: Size, angle: number, ratio: number | null): Box {
	const wanted = (size: number, by: number, side: number) => Math.min(1, Math.max(SMALLEST, size + by * side));
	let width = wanted(box.width, across, grip.across);
	let height = wanted(box.height, down, grip.down);
	if (ratio !== null) {
		const shape = (ratio * frame.height) / frame.width;
		// The direction that was pulled further decides.
		if (Math.abs(width - box.width) >= Math.abs(height - box.height) * shape) height = width / shape;
		else width = height * shape;
	}
	const start = (at: number, size: number, now: number, side: number) => (side < 0 ? at + size - now : side > 0 ? at : at + (size - now) / 2);
	const target = { x: start(box.x, box.width, width, grip.across), y: start(box.y, box.height, height, grip.down), width, height };
	return furthest(box, target, frame, angle);
}

/** From shares of a box (0..1, y downwards) to shares of the picture as it is stored: `[a, b, c, d, e, f]`. */
export type Sampling = [number, number, number, number, number, number];

/** Where in the stored picture each place of the box comes from: u = a·s + b·t + c, v = d·s + e·t + f. */
export function sampling({ turns, mirrored, angle }: Pick<Recipe, 'turns' | 'mirrored' | 'angle'>, box: Box, picture: Size): Sampling {
	const frame = turned(picture, turns);
	const [sine, cosine] = lean(angle);
	const place = (s: number, t: number): [number, number] => {
		const x = (box.x + box.width * s - 0.5) * frame.width;
		const y = (box.y + box.height * t - 0.5) * frame.height;
		const u = (x * cosine + y * sine) / frame.width;
		const v = (y * cosine - x * sine) / frame.height;
		const [p, q] = unturned(u, v, turns);
		return [(mirrored ? -p : p) + 0.5, q + 0.5];
	};
	const [c, f] = place(0, 0);
	const [a, d] = place(1, 0);
	const [b, e] = place(0, 1);
	return [a - c, b - c, c, d - f, e - f, f];
}

/** From the middle, in shares: where a place was before the quarter turns. */
function unturned(u: number, v: number, turns: number): [number, number] {
	switch (((turns % 4) + 4) % 4) {
		case 1:
			return [v, -u];
		case 2:
			return [-u, -v];
		case 3:
			return [-v, u];
		default:
			return [u, v];
	}
}

/** A quarter turn of everything: the box stays on what it was drawn around. */
export function turn(recipe: Recipe, by: 1 | -1): Recipe {
	const { crop } = recipe;
	const box = crop && (by === 1 ? { x: 1 - crop.y - crop.height, y: crop.x, width: crop.height, height: crop.width } : { x: crop.y, y: 1 - crop.x - crop.width, width: crop.height, height: crop.width });
	return { ...recipe, turns: (recipe.turns + by + 4) % 4, crop: box, ratio: recipe.ratio && 1 / recipe.ratio };
}

/** Left and right changed, as it is seen now. */
export function flip(recipe: Recipe): Recipe {
	const { crop } = recipe;
	const box = crop && { ...crop, x: 1 - crop.x - crop.width };
	return { ...recipe, mirrored: !recipe.mirrored, turns: (4 - recipe.turns) % 4, angle: -recipe.angle, crop: box };
}

/** Without a box or a ratio where those cut nothing off. */
export function tidied(recipe: Recipe, picture: Size): Recipe {
	const { width, height } = cropOf(recipe, picture);
	const cutsNothing = recipe.angle === 0 && width > 1 - CLOSE && height > 1 - CLOSE;
	return { ...recipe, turns: recipe.turns % 4, ...(cutsNothing ? { crop: null, ratio: null } : {}) };
}
