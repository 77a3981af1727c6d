import { expect, test } from 'vitest';
import type { Quote } from '#lib/api/entities.ts';
import { hasWords } from '#lib/post/content.ts';

const quote: Quote = { state: 'pending' };
const address = '<p class="quote-inline">RE: <a href="https://a.example/1" rel="nofollow">https://a.example/1</a></p>';

test('a post has words if it says more than the address of what it quotes', () => {
	expect(['', '<p></p>', '<p>a</p>'].map((content) => hasWords({ content }))).toEqual([false, false, true]);
	expect(hasWords({ content: address, quote })).toBe(false);
	expect(hasWords({ content: `${address}<p>How fine</p>`, quote })).toBe(true);
	expect(hasWords({ content: '<p><span class="quote-inline"><br><span>RE: </span>x</span></p>', quote })).toBe(false);
	expect(hasWords({ content: '<p>How fine<span class="quote-inline"><br>RE: x</span></p>', quote })).toBe(true);
});

test('where no quote is shown the address is all there is', () => {
	expect(hasWords({ content: address })).toBe(true);
});
