// What before the caret asks for suggestions, and what does not.

import { expect, test } from 'vitest';
import { choices } from '#lib/compose/languages.ts';
import { tokenAt } from '#lib/write/token.ts';

const at = (text: string) => tokenAt(text, text.length);

test('a name, a tag and an emoji begin at their signs', () => {
	expect(at('with @in')).toEqual({ kind: 'people', start: 5, text: 'in' });
	expect(at('@ines@sea.exam')).toEqual({ kind: 'people', start: 0, text: 'ines@sea.exam' });
	expect(at('(@ines')).toEqual({ kind: 'people', start: 1, text: 'ines' });
	expect(at('low tide #côt')).toEqual({ kind: 'tags', start: 9, text: 'côt' });
	expect(at('#بحر')).toEqual({ kind: 'tags', start: 0, text: 'بحر' });
	expect(at('so :wav')).toEqual({ kind: 'emojis', start: 3, text: 'wav' });
});

test('a sign alone, or one inside of a word or an address, begins nothing', () => {
	for (const text of ['@', '#', ':', 'mail me@host', 'https://a.example/@ines', 'https://a.example/#part', 'a#b', '12:30', ':D', ':wave:x', '@ines ', '##a']) expect(at(text), text).toBeNull();
});

test('only what stands before the caret counts', () => {
	expect(tokenAt('@ines and more', 3)).toEqual({ kind: 'people', start: 0, text: 'in' });
	expect(tokenAt('@ines and more', 9)).toBeNull();
});

test('languages go by the names that the reader has for them, and one of another server stays on offer', () => {
	const offered = choices('de', ['tok', '']);
	const names = offered.map(({ name }) => name);
	expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'de')));
	expect(offered).toContainEqual({ code: 'fr', name: 'Französisch' });
	expect(offered.some(({ code }) => code === 'tok')).toBe(true);
	expect(offered.some(({ code }) => code === '')).toBe(false);
	expect(choices('en', ['not a language']).some(({ code }) => code === 'not a language')).toBe(true);
});
