import { expect, test } from 'vitest';
import { earliest, fromField, isSoon, proposed, toField } from '#lib/compose/later.ts';

const NOW = Date.UTC(2026, 10, 27, 10, 17, 30);

test('a moment goes into the field and comes out of it, to the minute and in the place’s own time', () => {
	const moment = new Date(NOW);
	expect(fromField(toField(moment)).getTime()).toBe(NOW - 30_000);
	expect(toField(moment)).toMatch(/^2026-11-2[678]T\d\d:\d\d$/);
});

test('what is sooner than the server takes is known before it is sent', () => {
	expect(isSoon(toField(new Date(NOW + 4 * 60_000)), NOW)).toBe(true);
	expect(isSoon(toField(new Date(NOW + 7 * 60_000)), NOW)).toBe(false);
	expect(isSoon('', NOW)).toBe(true);
	expect(isSoon(earliest(NOW), NOW)).toBe(false);
	expect(isSoon(proposed(NOW), NOW)).toBe(false);
	expect(proposed(NOW)).toMatch(/:00$/);
});
