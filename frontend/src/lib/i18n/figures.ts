// Numbers, dates and spans of time as the reader's language writes them. Keeps formats, since making one is slow.

import { language, t } from './text.svelte.ts';

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(name: string, make: (tag: string) => T): T {
	const tag = language.now;
	const key = `${tag} ${name}`;
	let format = formats.get(key) as T | undefined;
	if (!format) formats.set(key, (format = make(tag)));
	return format;
}

export function whole(number: number): string {
	return kept('whole', (tag) => new Intl.NumberFormat(tag)).format(number);
}

/** As short as there is room for: 1,234,567 is 1.2M. */
export function short(number: number): string {
	if (number < 10_000) return whole(number);
	return kept('short', (tag) => new Intl.NumberFormat(tag, { notation: 'compact', maximumFractionDigits: 1 })).format(number);
}

export function bytes(number: number): string {
	const [unit, share] = number < 1_000_000 ? ['kilobyte', 1_000] : number < 1_000_000_000 ? ['megabyte', 1_000_000] : ['gigabyte', 1_000_000_000];
	const make = (tag: string) => new Intl.NumberFormat(tag, { style: 'unit', unit: unit as string, maximumFractionDigits: 1 });
	return kept(`bytes ${unit}`, make).format(number / (share as number));
}

/** Of seconds; what is a little more than a bound is not shown as just that. */
export function minutes(seconds: number): string {
	const make = (tag: string) => new Intl.NumberFormat(tag, { style: 'unit', unit: 'minute', unitDisplay: 'long', maximumFractionDigits: 1, roundingMode: 'ceil' });
	return kept('minutes', make).format(seconds / 60);
}

/** Of a whole that is 1. */
export function percent(share: number): string {
	return kept('percent', (tag) => new Intl.NumberFormat(tag, { style: 'percent' })).format(share);
}

export function moment(iso: string): string {
	return kept('moment', (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'short' })).format(new Date(iso));
}

export function day(iso: string): string {
	return kept('day', (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium' })).format(new Date(iso));
}

export function month(iso: string): string {
	return kept('month', (tag) => new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'long' })).format(new Date(iso));
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
	['second', 60],
	['minute', 60],
	['hour', 24],
	['day', 7]
];

/** How long ago, in a word; the date once it is longer than a week. */
export function ago(iso: string, now = Date.now()): string {
	let span = Math.max(0, (now - Date.parse(iso)) / 1_000);
	for (const [unit, size] of STEPS) {
		if (span < size) {
			const format = kept('ago', (tag) => new Intl.RelativeTimeFormat(tag, { style: 'narrow', numeric: 'auto' }));
			return format.format(-Math.floor(span), unit);
		}
		span /= size;
	}
	return day(iso);
}

/** What is slow to make at first, one thing in a turn, for whoever waits anyway: else the first screen waits for all of it. */
export async function prepare(): Promise<void> {
	const now = new Date().toISOString();
	for (const make of [() => whole(1), () => t('waiting-count', { count: 1 }), () => ago(now), () => day(now), () => moment(now)]) {
		await new Promise((resolve) => setTimeout(resolve));
		make();
	}
}
