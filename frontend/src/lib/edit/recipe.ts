// What is done to one picture, as values: it can be kept, gone back on and done again. Touches no pixel.

import type { Box } from './crop.ts';
import type { LookName } from './looks.ts';

/** From −1 to 1; those that only add, from 0. */
export interface Adjustments {
	exposure: number;
	contrast: number;
	highlights: number;
	shadows: number;
	warmth: number;
	saturation: number;
	fade: number;
	vignette: number;
	grain: number;
	sharpen: number;
}
export type Adjustment = keyof Adjustments;

export interface Recipe {
	/** Left and right are changed, before anything else. */
	mirrored: boolean;
	/** Quarter turns, clockwise. */
	turns: number;
	/** Degrees, clockwise: what makes a horizon level. */
	angle: number;
	/** Width to height that the crop keeps; free without one. */
	ratio: number | null;
	/** In shares of the turned picture; as large as can be without one. */
	crop: Box | null;
	look: LookName;
	/** How much of the look, from 0 to 1. */
	strength: number;
	adjustments: Adjustments;
}

export const EVEN: Adjustments = { exposure: 0, contrast: 0, highlights: 0, shadows: 0, warmth: 0, saturation: 0, fade: 0, vignette: 0, grain: 0, sharpen: 0 };
/** Those that have no other side. */
export const ONLY_MORE: ReadonlySet<Adjustment> = new Set(['fade', 'grain', 'sharpen']);

export const UNTOUCHED: Recipe = { mirrored: false, turns: 0, angle: 0, ratio: null, crop: null, look: 'none', strength: 1, adjustments: EVEN };

/** Whether it leaves the colours as they are. */
export function keepsColours({ look, strength, adjustments }: Recipe): boolean {
	return (look === 'none' || strength === 0) && Object.values(adjustments).every((value) => value === 0);
}

/** Whether the picture stays what it is: then its own bytes are sent. */
export function isUntouched(recipe: Recipe): boolean {
	const whole = recipe.crop === null && recipe.ratio === null;
	return whole && recipe.turns % 4 === 0 && !recipe.mirrored && recipe.angle === 0 && keepsColours(recipe);
}

/** The same colours on another picture, whose shape stays its own. */
export function withColoursOf(recipe: Recipe, { look, strength, adjustments }: Recipe): Recipe {
	return { ...recipe, look, strength, adjustments };
}
