// What a recipe says of colours, boiled down to what a picture is developed with: two tables and one mix. Pure numbers.

import { chain, contrast, type Curve, exposure, fade, fromLight, highlights, shadows, share, table, through, toLight } from './curves.ts';
import { EYE, type Look, LOOKS, type Mix, SAME_MIX, saturated } from './looks.ts';
import type { Recipe } from './recipe.ts';

/** Entries of a table. Between them is read in straight lines. */
export const STEPS = 256;
/** Steps of exposure from one end of the slider to the middle. */
const EXPOSURE_STEPS = 1.6;
/** How far the warmest light is from the coldest, in steps of exposure. */
const WARMTH_STEPS = 0.42;

export interface Tone {
	/** Red, green, blue and nothing for each step: before the mix, then after it. */
	before: Float32Array;
	after: Float32Array;
	mix: Mix;
	vignette: number;
	grain: number;
	sharpen: number;
}

export function tone({ look: name, strength, adjustments: adjust }: Recipe): Tone {
	const look: Look = LOOKS[name];
	const light = [exposure(adjust.exposure * EXPOSURE_STEPS), highlights(adjust.highlights), shadows(adjust.shadows), contrast(adjust.contrast)];
	const own = (points: Look['red']) => share(chain(through(look.tone), through(points ?? [[0, 0], [1, 1]])), strength);
	return {
		before: interleaved(warmth(adjust.warmth).map((gain) => chain(gain, ...light))),
		after: interleaved([look.red, look.green, look.blue].map((points) => chain(own(points), fade(adjust.fade)))),
		mix: product(partly(look.mix, strength), saturated(saturation(adjust.saturation))),
		vignette: clamp(adjust.vignette + (look.vignette ?? 0) * strength, -1, 1),
		grain: clamp(adjust.grain + (look.grain ?? 0) * strength, 0, 1),
		sharpen: adjust.sharpen
	};
}

/** Down to grey, up to nearly twice the colour. */
function saturation(amount: number): number {
	return amount < 0 ? 1 + amount : 1 + 0.9 * amount;
}

/** Gains of light for red, green and blue that leave a grey as bright as it was. */
function warmth(amount: number): Curve[] {
	const gains = [2 ** (amount * WARMTH_STEPS), 1, 2 ** (-amount * WARMTH_STEPS)];
	const bright = gains.reduce((sum, gain, channel) => sum + gain * EYE[channel]!, 0);
	return gains.map((gain) => (value) => fromLight((toLight(value) * gain) / bright));
}

function partly(mix: Mix, amount: number): Mix {
	return mix.map((part, place) => SAME_MIX[place]! + (part - SAME_MIX[place]!) * amount) as unknown as Mix;
}

/** First the second one, then the first. */
export function product(first: Mix, second: Mix): Mix {
	const cell = (row: number, column: number) => [0, 1, 2].reduce((sum, step) => sum + first[row * 3 + step]! * second[step * 3 + column]!, 0);
	return Array.from({ length: 9 }, (_, place) => cell(Math.floor(place / 3), place % 3)) as unknown as Mix;
}

function interleaved(curves: Curve[]): Float32Array {
	const tables = curves.map((curve) => table(curve, STEPS));
	return Float32Array.from({ length: STEPS * 4 }, (_, place) => tables[place % 4]?.[Math.floor(place / 4)] ?? 1);
}

function clamp(value: number, least: number, most: number): number {
	return Math.min(most, Math.max(least, value));
}
