// Where things stand: on a telephone, from right to left, and what is said beside them.

import { afterAll, expect, test } from 'vitest';
import { end, person, picture, visit } from './visit.ts';

afterAll(end);

interface Entity {
	id: string;
	account: { id: string; acct: string };
}

test('on a telephone a post says by whom it is before its pictures, and its box has the shape of the first', async () => {
	const demo = await person('demo');
	const media_ids = [await demo.photo(1_300, 480), await demo.photo(450, 1_050)];
	const post = await demo.ask<Entity>('POST', '/api/v1/statuses', { status: 'Wide, then tall.', media_ids });
	await using there = await visit({ width: 360, height: 780 });
	const { page, go, faults } = there;
	await go(`/@${post.account.acct}/${post.id}`);
	const top = async (selector: string) => (await page.locator(`.view ${selector}`).first().boundingBox())!.y;
	const order = [await top('header'), await top('.stage'), await top('.actions'), await top('.words')];
	expect(order).toEqual(order.toSorted((a, b) => a - b));
	expect(order[3]).toBeLessThan(700);
	const { width, height } = (await page.locator('.stage').boundingBox())!;
	expect(width / height).toBeCloseTo(1.91, 1);
	await picture(page, 'post-phone');
	expect(await faults()).toEqual([]);
	await demo.ask('DELETE', `/api/v1/statuses/${post.id}`);
});
