import { expect, test } from 'vitest';
import { changes } from '#lib/post/changes.ts';

const told = (before: string, after: string) => changes(before, after).map(({ text, kind }) => `${{ same: '=', gone: '-', new: '+' }[kind]}${text}`);

test('words that were taken out and put in are told apart from those that stay', () => {
	expect(told('the blue boat sails', 'the red boat sails')).toEqual(['=the ', '-blue', '+red', '= boat sails']);
	expect(told('a b', 'a b c')).toEqual(['=a b', '+ c']);
	expect(told('same', 'same')).toEqual(['=same']);
});

test('a text that came or went is one piece', () => {
	expect(told('', 'hello there')).toEqual(['+hello there']);
	expect(told('hello there', '')).toEqual(['-hello there']);
});

test('a very long text is told as replaced', () => {
	const long = 'word '.repeat(5_000);
	expect(changes(long, `${long}x`).map(({ kind }) => kind)).toEqual(['gone', 'new']);
});
