// What a poll's numbers mean. Pure.

import type { Poll } from '../api/entities.ts';

/** Of a hundred, for each option; where one may choose several, of the people. None while that is a secret. */
export function shares(poll: Poll): number[] | undefined {
	const counts = poll.options.map((option) => option.votes_count);
	if (counts.includes(null)) return undefined;
	const all = poll.multiple ? (poll.voters_count ?? poll.votes_count) : poll.votes_count;
	return counts.map((count) => (all > 0 ? Math.min(100, Math.round((100 * count!) / all)) : 0));
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000],
	['second', 1_000]
];

/** The time until then in its largest unit, rounded up: what ends in 90 minutes ends in two hours. */
export function left(until: string, now = Date.now()): [number, Intl.RelativeTimeFormatUnit] {
	const span = Math.max(0, Date.parse(until) - now);
	const [unit, size] = UNITS.find(([, size]) => span > size) ?? UNITS[UNITS.length - 1]!;
	return [Math.ceil(span / size), unit];
}
