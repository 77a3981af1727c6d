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

test('a Latin name at the beginning of an Arabic sentence leaves it beside its face', async () => {
	const demo = await person('demo');
	const post = await demo.ask<Entity>('POST', '/api/v1/statuses', { status: 'Ask me' });
	await (await person('ines')).ask('POST', '/api/v1/statuses', { status: '@demo an answer in English', in_reply_to_id: post.id });
	await (await person('ines')).ask('POST', `/api/v1/statuses/${post.id}/favourite`);
	await using there = await visit({ width: 820, height: 1180, language: 'ar' });
	const { page, go } = there;
	await go('/notifications');
	await page.locator('.row .said').first().waitFor();
	await picture(page, 'notifications-ar');
	const gaps = await page.locator('.row').evaluateAll((rows) => rows.flatMap((row) => {
		const face = row.querySelector('.faces')!.getBoundingClientRect();
		return [...row.querySelectorAll('.text > span')].map((line) => {
			const range = document.createRange();
			range.selectNodeContents(line);
			const right = Math.max(...[...range.getClientRects()].filter(({ width }) => width > 1).map((rect) => rect.right));
			return Math.round(face.left - right);
		});
	}));
	expect(gaps.length).toBeGreaterThan(1);
	for (const gap of gaps) expect(gap).toBeLessThan(20);
	await go('/@ines');
	const about = page.locator('.about .words').first();
	await about.waitFor();
	expect(await about.evaluate((words) => getComputedStyle(words).textAlign)).toBe('right');
	await demo.ask('DELETE', `/api/v1/statuses/${post.id}`);
});

test('a comment that stands in a feed says what it answers', async () => {
	const demo = await person('demo');
	const ines = await person('ines');
	const mine = await demo.ask<Entity>('POST', '/api/v1/statuses', { status: 'The first of two' });
	const comment = await demo.ask<Entity>('POST', '/api/v1/statuses', { status: 'The second', in_reply_to_id: mine.id });
	// In no list that was read before what answers it.
	const theirs = await ines.ask<Entity>('POST', '/api/v1/statuses', { status: 'Only a link away', visibility: 'unlisted' });
	const answer = { ...comment, in_reply_to_id: theirs.id, in_reply_to_account_id: theirs.account.id };
	await using there = await visit();
	const { page, go, faults } = there;
	await go('/');
	const line = page.locator(`article[data-post="${comment.id}"]`).getByRole('link', { name: /Answers a post by/ });
	expect(await line.getAttribute('href')).toBe(`/@demo/${mine.id}`);
	await picture(page, 'answering');
	expect(await faults()).toEqual([]);
	await page.route('**/api/v1/timelines/list/1?*', (route) => route.fulfill({ json: [answer] }));
	await go('/?list=1');
	expect(await line.textContent()).toMatch(/Inês/);
	expect(await line.getAttribute('href')).toBe(`/@ines/${theirs.id}`);
	for (const post of [comment, mine]) await demo.ask('DELETE', `/api/v1/statuses/${post.id}`);
	await ines.ask('DELETE', `/api/v1/statuses/${theirs.id}`);
});

test('the bar says how old what is shown has become', async () => {
	await using there = await visit({ width: 360, height: 780 });
	const { page, go } = there;
	await page.clock.install();
	await go('/');
	await page.context().setOffline(true);
	await page.getByText('You are offline. What you see is what was loaded before.').waitFor();
	await page.clock.fastForward('12:10');
	await page.getByText(/You are offline. What you see was saved .12m ago/).waitFor();
	await picture(page, 'offline-old');
});

test('a server that gives no answer is named', async () => {
	await using there = await visit({ width: 360, height: 780 });
	const { page, go } = there;
	await page.route('**/api/v2/search?*', (route) => route.fulfill({ json: { accounts: [], statuses: [], hashtags: [] } }));
	await go('/search?q=%40somebody%40photos.example');
	await page.getByText(/Could not reach .photos\.example/).waitFor();
	await page.getByRole('searchbox').fill('ferry');
	await page.getByText('No results here.').waitFor();
});
