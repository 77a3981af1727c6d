// What others do is seen as they do it, without reloading; and what was missed is caught up with.

import type { WebSocketRoute } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { end, person, picture, visit } from './visit.ts';

afterAll(end);

interface Post {
	id: string;
}
const say = async (status: string, more: object = {}) => (await person('ines')).ask<Post>('POST', '/api/v1/statuses', { status, ...more });

test('a new post waits above the feed, an edit is seen in its place, and a deletion takes it away', async () => {
	await using there = await visit();
	const { page, go, complaints, faults } = there;
	const listening = page.waitForEvent('websocket');
	await go('/');
	await listening;
	await page.waitForTimeout(300);
	const top = await page.locator('article').first().getAttribute('data-post');
	const made = await say('Something new is seen');
	const pill = page.getByRole('button', { name: /1. new/ });
	await pill.waitFor();
	expect(await page.locator('article').first().getAttribute('data-post')).toBe(top);
	await picture(page, 'live-pill');
	expect(await faults()).toEqual([]);
	await page.keyboard.press('.');
	const article = page.locator(`article[data-post="${made.id}"]`);
	await article.getByText('Something new is seen').waitFor();
	await (await person('ines')).ask('PUT', `/api/v1/statuses/${made.id}`, { status: 'Something else is seen' });
	await article.getByText('Something else is seen').waitFor();
	await (await person('ines')).ask('DELETE', `/api/v1/statuses/${made.id}`);
	await article.waitFor({ state: 'detached' });
	expect(complaints).toEqual([]);
});

test('what was said while the line was down comes when it is up again', async () => {
	await using there = await visit();
	const { page, go } = there;
	const lines: WebSocketRoute[] = [];
	await page.routeWebSocket(/\/api\/v1\/streaming/, (line) => {
		lines.push(line);
		line.connectToServer();
	});
	await go('/');
	await expect.poll(() => lines.length).toBe(1);
	// As long as a list does not count as just read.
	await page.waitForTimeout(5_200);
	await lines[0]!.close({ code: 1012, reason: 'the server stops' });
	const made = await say('Said while nobody heard');
	await expect.poll(() => lines.length, { timeout: 20_000 }).toBe(2);
	await page.getByRole('button', { name: /new/ }).first().click();
	await page.locator(`article[data-post="${made.id}"]`).waitFor();
	await (await person('ines')).ask('DELETE', `/api/v1/statuses/${made.id}`);
});

test('where nothing can be heard, lists ask by themselves', async () => {
	await using there = await visit();
	const { page, go } = there;
	await page.clock.install();
	await page.routeWebSocket(/\/api\/v1\/streaming/, (line) => void line.close({ code: 1013 }));
	await go('/');
	const made = await say('Asked for');
	// A feed has it a moment after it was said, and the list asks once.
	await expect.poll(async () => (await (await person('demo')).ask<Post[]>('GET', '/api/v1/timelines/home?limit=1'))[0]?.id).toBe(made.id);
	await page.clock.fastForward(46_000);
	await page.getByRole('button', { name: /new/ }).first().waitFor();
	await (await person('ines')).ask('DELETE', `/api/v1/statuses/${made.id}`);
});

/** Nothing is new for demo any more. */
async function readAll(): Promise<void> {
	const demo = await person('demo');
	const [newest] = await demo.ask<Post[]>('GET', '/api/v1/notifications?limit=1');
	if (newest) await demo.ask('POST', '/api/v1/markers', { notifications: { last_read_id: newest.id } });
}

test('a notification is counted at once, shown as it comes, and read when it is seen', async () => {
	await readAll();
	await using there = await visit();
	const { page, go, faults } = there;
	await go('/explore');
	await page.waitForTimeout(500);
	const bell = page.getByRole('link', { name: /Notifications/ }).first();
	expect(await bell.textContent()).not.toMatch(/\d/);
	const made = await say('@demo have you seen this?');
	await expect.poll(() => bell.textContent(), { timeout: 5_000 }).toMatch(/\d/);
	await picture(page, 'live-count');
	expect(await faults()).toEqual([]);
	await bell.click();
	await page.getByText('have you seen this?').waitFor();
	await expect.poll(() => bell.textContent(), { timeout: 5_000 }).not.toMatch(/\d/);
	const another = await say('@demo and this?');
	await page.locator('.fresh').filter({ hasText: 'and this?' }).waitFor();
	await page.reload();
	await page.locator('.row').first().waitFor();
	await expect.poll(() => bell.textContent(), { timeout: 5_000 }).not.toMatch(/\d/);
	for (const { id } of [made, another]) await (await person('ines')).ask('DELETE', `/api/v1/statuses/${id}`);
});

test('what was counted before it was seen is not shown once it is seen', async () => {
	await readAll();
	await using there = await visit();
	const { page, go } = there;
	await go('/explore');
	await page.waitForTimeout(500);
	const asked = Promise.withResolvers<void>();
	const told = Promise.withResolvers<void>();
	const marked = page.waitForResponse((response) => response.url().endsWith('/api/v1/markers') && response.request().method() === 'POST');
	const demo = await person('demo');
	let held = false;
	await page.route('**/api/tintype/v1/unread', async (route) => {
		// Asked here, since the browser's own cookie goes with none but its own requests.
		const count = await demo.ask<{ notifications: number }>('GET', '/api/tintype/v1/unread');
		if (held || count.notifications === 0) return route.fulfill({ json: count });
		held = true;
		asked.resolve();
		await marked;
		await route.fulfill({ json: count });
		told.resolve();
	});
	const made = await say('@demo is this still new?');
	await asked.promise;
	const bell = page.getByRole('link', { name: /Notifications/ }).first();
	await bell.click();
	await told.promise;
	await page.waitForTimeout(500);
	expect(await bell.textContent()).not.toMatch(/\d/);
	await (await person('ines')).ask('DELETE', `/api/v1/statuses/${made.id}`);
});

test('a comment appears below the post that is open', async () => {
	await using there = await visit();
	const { page, go } = there;
	const mine = await (await person('demo')).ask<Post>('POST', '/api/v1/statuses', { status: 'Tell me' });
	await go(`/@demo/${mine.id}`);
	await page.getByText('No comments yet.').waitFor();
	await page.waitForTimeout(500);
	const said = await say('@demo told you', { in_reply_to_id: mine.id });
	await page.locator('.comment').filter({ hasText: 'told you' }).waitFor();
	await (await person('ines')).ask('DELETE', `/api/v1/statuses/${said.id}`);
	await page.locator('.comment').waitFor({ state: 'detached' });
	await (await person('demo')).ask('DELETE', `/api/v1/statuses/${mine.id}`);
	await page.getByRole('alert').getByText('This is not here').waitFor();
});
