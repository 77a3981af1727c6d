// Curves of tone: what a value from 0 to 1 becomes. Pure numbers; knows no picture and no name of a look.

export type Curve = (value: number) => number;
export type Point = readonly [number, number];

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** From what is stored (sRGB) to light, and back. */
export function toLight(value: number): number {
	return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
export function fromLight(light: number): number {
	return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** A smooth curve through points from left to right that never overshoots them: Fritsch and Carlson, 1980. */
export function through(points: readonly Point[]): Curve {
	const slopes = steepness(points);
	return (value) => {
		const first = points[0];
		const last = points.at(-1);
		if (!first || !last) return value;
		if (value <= first[0]) return first[1];
		if (value >= last[0]) return last[1];
		const after = points.findIndex(([x]) => x > value);
		const [[x0, y0], [x1, y1]] = [points[after - 1]!, points[after]!];
		const width = x1 - x0;
		const t = (value - x0) / width;
		const [t2, t3] = [t * t, t * t * t];
		return (2 * t3 - 3 * t2 + 1) * y0 + (t3 - 2 * t2 + t) * width * slopes[after - 1]! + (3 * t2 - 2 * t3) * y1 + (t3 - t2) * width * slopes[after]!;
	};
}

function steepness(points: readonly Point[]): number[] {
	const secants = points.slice(1).map(([x, y], place) => (y - points[place]![1]) / (x - points[place]![0]));
	return points.map((_, place) => {
		const [before, after] = [secants[place - 1], secants[place]];
		if (before === undefined || after === undefined) return before ?? after ?? 0;
		// Where the direction changes, the curve is flat for a moment; else the harmonic mean holds it back.
		return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
	});
}

/** Light as from a longer or shorter exposure, in steps. What was white stays white, so that nothing is burnt out. */
export function exposure(steps: number): Curve {
	const factor = 2 ** steps;
	if (steps <= 0) return (value) => fromLight(toLight(value) * factor);
	return (value) => {
		const light = toLight(value) * factor;
		return fromLight((light * (1 + light / (factor * factor))) / (1 + light)) ** (1 / (1 + 0.25 * steps));
	};
}

/** Steeper in the middle, or flatter. */
export function contrast(amount: number): Curve {
	if (amount < 0) return (value) => value - 0.55 * amount * (0.5 - value);
	return (value) => value + 0.7 * amount * (value * value * (3 - 2 * value) - value);
}

/** The bright parts, brighter or darker; the dark ones stay. */
export function highlights(amount: number): Curve {
	return (value) => {
		const part = value * value * value;
		return amount < 0 ? value + 0.28 * amount * part : value + 0.95 * amount * part * (1 - value);
	};
}

/** The dark parts, brighter or darker; black and the bright ones stay. */
export function shadows(amount: number): Curve {
	const most = amount < 0 ? 0.85 : 1.7;
	return (value) => value + most * amount * value * (1 - value) ** 3;
}

/** Black becomes grey, as on old paper. */
export function fade(amount: number): Curve {
	return (value) => 0.16 * amount + value * (1 - 0.2 * amount);
}

/** One after the other. */
export function chain(...curves: Curve[]): Curve {
	return (value) => curves.reduce((now, curve) => clamp(curve(now)), value);
}

/** So much of a curve, the rest as it was. */
export function share(curve: Curve, amount: number): Curve {
	return (value) => value + (curve(value) - value) * amount;
}

/** The curve in even steps, for a table. */
export function table(curve: Curve, steps: number): Float32Array {
	return Float32Array.from({ length: steps }, (_, step) => clamp(curve(step / (steps - 1))));
}
