import { expect, test } from 'vitest';
import { List, type Row } from '#lib/api/list.svelte.ts';

/** A list that reads these pages one after another, of rows that are written `key` or `key=same`. */
function reading(...pages: string[]) {
	const read = () => Promise.resolve({ items: (pages.shift() ?? '').split(' ').filter(Boolean) });
	const make = (raw: string): Row => {
		const [key = '', same] = raw.split('=');
		return { key, same };
	};
	return new List<string, Row>('/', make, read);
}
const keys = (rows: Row[]) => rows.map(({ key }) => key).join(' ');

test('what came above waits, and is shown above', async () => {
	const list = reading('3 2 1', '5 4 3 2');
	await list.start();
	await list.look();
	expect(keys(list.waiting)).toBe('5 4');
	expect(keys(list.items)).toBe('3 2 1');
	await list.showWaiting();
	expect(keys(list.items)).toBe('5 4 3 2 1');
});

test('one that was shown once, passed on and by itself, is not told of as new', async () => {
	const list = reading('9=2 3 2', '9=2 3 2', '10 9=2 3 2');
	await list.start();
	expect(keys(list.items)).toBe('9 3');
	await list.look();
	expect(list.waiting).toEqual([]);
	await list.look();
	expect(keys(list.waiting)).toBe('10');
});

test('an older one that moved up when another went is not told of as new', async () => {
	const list = reading('5 4 3', '5 3 2', '6 5 3');
	await list.start();
	await list.look();
	expect(list.waiting).toEqual([]);
	await list.look();
	expect(keys(list.waiting)).toBe('6');
});

test('one that comes late among those that are there is told of', async () => {
	const list = reading('5 3 2', '5 4 3 2');
	await list.start();
	await list.look();
	expect(keys(list.waiting)).toBe('4');
});

test('a list that has nothing in common with what is there now is begun anew', async () => {
	const list = reading('3 2 1', '9 8 7', '9 8 7');
	await list.start();
	await list.look();
	expect(keys(list.waiting)).toBe('9 8 7');
	await list.showWaiting();
	expect(keys(list.items)).toBe('9 8 7');
});

test('a list that was empty gets all that is there', async () => {
	const list = reading('', '2 1');
	await list.start();
	await list.look();
	expect(keys(list.waiting)).toBe('2 1');
	await list.showWaiting();
	expect(keys(list.items)).toBe('2 1');
});
