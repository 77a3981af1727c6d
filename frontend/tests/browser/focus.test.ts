// Where the focus is after something was done by keyboard: never nowhere.

import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { drawnFiles } from './drawn.ts';
import { end, person, visit } from './visit.ts';

afterAll(end);

interface Entity {
	id: string;
	account: { acct: string };
}

/** What has the focus, as it is called. */
function focused(page: Page): Promise<string> {
	return page.evaluate(() => {
		const { activeElement: here } = document;
		return here?.getAttribute('aria-label') ?? here?.tagName ?? '';
	}).then((name) => name.replace(/[\u2068\u2069]/g, ''));
}

async function posted(sizes: [number, number][], status: string): Promise<Entity> {
	const demo = await person('demo');
	const media_ids: string[] = [];
	for (const [width, height] of sizes) media_ids.push(await demo.photo(width, height));
	return demo.ask<Entity>('POST', '/api/v1/statuses', { status, media_ids });
}

test('whoever has sent a comment by keyboard can write the next one', async () => {
	const post = await (await person('ines')).ask<Entity>('POST', '/api/v1/statuses', { status: 'Who is awake?' });
	await using there = await visit();
	const { page, go } = there;
	await go('/?feed=local');
	const article = page.locator(`article[data-post="${post.id}"]`);
	await article.focus();
	await page.keyboard.press('o');
	const field = page.locator('dialog textarea');
	await field.waitFor();
	await page.keyboard.press('c');
	await expect.poll(() => focused(page)).toBe('TEXTAREA');
	await page.keyboard.type('I am.');
	await page.keyboard.press('Control+Enter');
	await page.locator('dialog .comment').filter({ hasText: 'I am.' }).waitFor();
	await expect.poll(() => focused(page)).toBe('TEXTAREA');
	await page.keyboard.type('Still.');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.locator('dialog .comment').filter({ hasText: 'Still.' }).waitFor();
	await expect.poll(() => focused(page)).toBe('TEXTAREA');
	expect(await field.inputValue()).toBe('');
	await (await person('ines')).ask('DELETE', `/api/v1/statuses/${post.id}`);
});

test('a photo that is moved by keyboard keeps the focus, and one that is removed hands it on', async () => {
	await using there = await visit();
	const { page, go } = there;
	await go('/compose');
	await page.setInputFiles('input[type=file]', await drawnFiles(page, [300, 200], [310, 200], [320, 200]));
	const words = page.getByRole('textbox', { name: /Description of photo/ });
	await expect.poll(() => words.count()).toBe(3);
	await words.nth(2).fill('the third');
	await page.getByRole('button', { name: /Move photo .3. forward/ }).focus();
	await page.keyboard.press('Enter');
	await expect.poll(() => focused(page)).toBe('Move photo 2 forward');
	expect(await words.nth(1).inputValue()).toBe('the third');
	await page.keyboard.press('Enter');
	await expect.poll(() => focused(page)).toBe('Move photo 1 back');
	expect(await words.nth(0).inputValue()).toBe('the third');
	await page.keyboard.press('Enter');
	await expect.poll(() => focused(page)).toBe('Move photo 2 back');
	await page.getByRole('button', { name: /Remove photo .2/ }).focus();
	await page.keyboard.press('Enter');
	await expect.poll(() => words.count()).toBe(2);
	expect(await focused(page)).toBe('Remove photo 2');
	await page.keyboard.press('Enter');
	await expect.poll(() => words.count()).toBe(1);
	expect(await focused(page)).toBe('Remove photo 1');
	await page.keyboard.press('Enter');
	await expect.poll(() => words.count()).toBe(0);
	expect(await page.evaluate(() => document.activeElement?.matches('input[type=file]'))).toBe(true);
});

test('f shows the picture that is seen over the whole screen, from the feed and from its own page', async () => {
	const post = await posted([[900, 600], [600, 600]], 'Two of them.');
	await using there = await visit();
	const { page, go } = there;
	await go('/?feed=local');
	const article = page.locator(`article[data-post="${post.id}"]`);
	await article.locator('.track').focus();
	await page.keyboard.press('ArrowRight');
	await article.getByText('2/2').waitFor();
	await article.focus();
	await page.keyboard.press('f');
	const viewer = page.locator('.pswp');
	await viewer.getByText('2 / 2').waitFor();
	await page.keyboard.press('Escape');
	await viewer.waitFor({ state: 'detached' });
	expect(await page.evaluate(() => document.activeElement?.getAttribute('data-post'))).toBe(post.id);
	await page.keyboard.press('o');
	await page.locator('dialog [data-post-view] .open').first().waitFor();
	await page.keyboard.press('f');
	await page.locator('dialog .pswp').waitFor();
	await page.keyboard.press('Escape');
	await viewer.waitFor({ state: 'detached' });
	await page.keyboard.press('Escape');
	await page.locator('dialog').waitFor({ state: 'detached' });
	await page.keyboard.press('?');
	await page.getByRole('dialog').getByText('Photo over the whole screen').waitFor();
	await (await person('demo')).ask('DELETE', `/api/v1/statuses/${post.id}`);
});

test('what is covered is not shown by f', async () => {
	const demo = await person('demo');
	const post = await demo.ask<Entity>('POST', '/api/v1/statuses', { status: 'Not for all.', sensitive: true, media_ids: [await demo.photo(500, 400)] });
	await using there = await visit({ signedIn: false });
	const { page, go } = there;
	await go(`/@${post.account.acct}/${post.id}`);
	await page.locator('[data-key=cover]').waitFor();
	await page.keyboard.press('f');
	await page.keyboard.press('h');
	await page.locator('[data-picture]').waitFor();
	expect(await page.locator('.pswp').count()).toBe(0);
	await demo.ask('DELETE', `/api/v1/statuses/${post.id}`);
});

test('whoever goes to search can write at once', async () => {
	await using there = await visit({ width: 360, height: 780 });
	const { page, go } = there;
	await go('/');
	await page.getByRole('link', { name: 'Search' }).click();
	await page.waitForURL('**/search');
	await page.keyboard.type('ferry');
	await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('ferry');
});
