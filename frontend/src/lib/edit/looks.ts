// Our looks: each a mix of colours and a curve for each of them. Only recipes; whoever develops a picture reads them.

import type { Point } from './curves.ts';

/** Rows for red, green and blue out of the three. */
export type Mix = readonly [number, number, number, number, number, number, number, number, number];

export interface Look {
	mix: Mix;
	/** Of all three, then of each. */
	tone: readonly Point[];
	red?: readonly Point[];
	green?: readonly Point[];
	blue?: readonly Point[];
	vignette?: number;
	grain?: number;
}

/** How bright the eye finds each. */
export const EYE = [0.2126, 0.7152, 0.0722] as const;
const STRAIGHT: readonly Point[] = [[0, 0], [1, 1]];
const SAME: Mix = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** More colour above 1, less below it. */
export function saturated(amount: number): Mix {
	const rest = 1 - amount;
	const [r, g, b] = EYE.map((part) => part * rest) as [number, number, number];
	return [r + amount, g, b, r, g + amount, b, r, g, b + amount];
}

/** Black and white out of these shares of red, green and blue: as through a coloured glass. */
function grey(red: number, green: number, blue: number): Mix {
	return [red, green, blue, red, green, blue, red, green, blue];
}

export const LOOKS = {
	none: { mix: SAME, tone: STRAIGHT },
	// Colours as after rain: fuller, with a firm middle.
	clearing: { mix: saturated(1.22), tone: [[0, 0], [0.25, 0.21], [0.6, 0.64], [1, 1]] },
	// The last hour of sun: gold in the light, brown in the dark.
	amber: { mix: saturated(1.06), tone: [[0, 0.02], [0.5, 0.53], [1, 0.99]], red: [[0, 0.03], [0.5, 0.55], [1, 1]], green: [[0, 0.01], [0.5, 0.5], [1, 0.98]], blue: [[0, 0.02], [0.5, 0.42], [1, 0.88]] },
	// A cold shore: blue in the dark, little red anywhere.
	harbour: { mix: saturated(0.86), tone: [[0, 0.03], [0.3, 0.28], [0.7, 0.74], [1, 1]], red: [[0, 0], [0.5, 0.46], [1, 0.97]], blue: [[0, 0.08], [0.5, 0.54], [1, 0.99]] },
	// Under trees: green shade, soft yellow light.
	moss: { mix: [0.92, 0.1, -0.02, 0.04, 0.98, -0.02, 0.0, 0.14, 0.86], tone: [[0, 0.03], [0.4, 0.38], [1, 0.98]], green: [[0, 0.02], [0.5, 0.53], [1, 0.99]], blue: [[0, 0.04], [0.5, 0.46], [1, 0.92]] },
	// An album from a warm country: pale dark, rosy light.
	postcard: { mix: saturated(0.92), tone: [[0, 0.09], [0.3, 0.34], [0.7, 0.74], [1, 0.96]], red: [[0, 0.03], [0.5, 0.55], [1, 1]], blue: [[0, 0.06], [0.5, 0.48], [1, 0.92]], grain: 0.12 },
	// Night streets: teal below, orange lamps above.
	lantern: { mix: saturated(1.05), tone: [[0, 0], [0.3, 0.24], [0.7, 0.74], [1, 1]], red: [[0, 0], [0.35, 0.3], [0.7, 0.77], [1, 1]], green: [[0, 0.02], [0.5, 0.5], [1, 0.98]], blue: [[0, 0.07], [0.35, 0.4], [0.7, 0.64], [1, 0.9]], vignette: 0.25 },
	// Bright and thin, as through a white curtain.
	linen: { mix: saturated(0.78), tone: [[0, 0.07], [0.25, 0.34], [0.6, 0.71], [1, 1]], red: [[0, 0.01], [1, 1]], blue: [[0, 0.02], [0.5, 0.49], [1, 0.97]] },
	// Plum in the dark, cream in the light.
	orchard: { mix: saturated(0.98), tone: [[0, 0.04], [0.4, 0.4], [1, 0.98]], red: [[0, 0.06], [0.5, 0.53], [1, 1]], green: [[0, 0], [0.5, 0.47], [1, 0.98]], blue: [[0, 0.07], [0.5, 0.51], [1, 0.93]] },
	// Snow light: cool whites, quiet colours.
	frost: { mix: saturated(0.66), tone: [[0, 0.02], [0.4, 0.44], [1, 1]], red: [[0, 0.01], [0.5, 0.48], [1, 0.97]], blue: [[0, 0.05], [0.5, 0.54], [1, 1]] },
	// A box found in the attic: brown, faded, with a dark rim.
	attic: { mix: saturated(0.5), tone: [[0, 0.1], [0.4, 0.42], [1, 0.93]], red: [[0, 0.05], [0.5, 0.56], [1, 1]], green: [[0, 0.03], [0.5, 0.5], [1, 0.95]], blue: [[0, 0.01], [0.5, 0.4], [1, 0.8]], vignette: 0.35, grain: 0.25 },
	// Black and white, in even steps.
	slate: { mix: grey(0.3, 0.59, 0.11), tone: [[0, 0.02], [0.5, 0.5], [1, 0.99]] },
	// Black and white through a red glass: dark skies, bright skin.
	basalt: { mix: grey(0.62, 0.34, 0.04), tone: [[0, 0], [0.25, 0.15], [0.65, 0.73], [1, 1]], vignette: 0.2, grain: 0.15 },
	// Soft black and white: deep greys, no black.
	ash: { mix: grey(0.25, 0.6, 0.15), tone: [[0, 0.12], [0.35, 0.4], [1, 0.94]], grain: 0.3 },
	// Brown on white, as from walnut ink.
	walnut: { mix: grey(0.32, 0.58, 0.1), tone: [[0, 0.03], [0.5, 0.5], [1, 0.98]], red: [[0, 0.05], [0.5, 0.56], [1, 1]], green: [[0, 0.02], [0.5, 0.49], [1, 0.97]], blue: [[0, 0], [0.5, 0.4], [1, 0.88]] }
} as const satisfies Record<string, Look>;

export type LookName = keyof typeof LOOKS;
export const LOOK_NAMES = Object.keys(LOOKS) as LookName[];
export const SAME_MIX = SAME;
