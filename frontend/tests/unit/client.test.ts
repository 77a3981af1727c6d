import { expect, test } from 'vitest';
import { address, next } from '#lib/api/client.ts';

test('an address keeps the order of its parameters and leaves out what is not given', () => {
	expect(address('/api/x')).toBe('/api/x');
	expect(address('/api/x', { b: 1, a: undefined, c: 'ä &', d: null, e: true })).toBe('/api/x?b=1&c=%C3%A4+%26&e=true');
	expect(address('/api/x', { id: ['1', '2'] })).toBe('/api/x?id%5B%5D=1&id%5B%5D=2');
});

test('the next page is found by its relation, and without the host', () => {
	const at = 'https://h.example/api/v1/timelines/home';
	globalThis.location = { origin: 'https://h.example' } as Location;
	expect(next(`<${at}?limit=20&max_id=5>; rel="next", <${at}?limit=20&min_id=9>; rel="prev"`)).toBe('/api/v1/timelines/home?limit=20&max_id=5');
	expect(next(`<${at}?min_id=9>; rel="prev"`)).toBeUndefined();
	expect(next(null)).toBeUndefined();
});
