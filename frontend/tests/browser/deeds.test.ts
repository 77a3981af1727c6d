// What people do, by hand and by keyboard: seen at once, kept by the server, undone by Back.

import { afterAll, expect, test } from 'vitest';
import { drawnFiles } from './drawn.ts';
import { base, end, picture, press, restingPlace, visit } from './visit.ts';

afterAll(end);

test('a like is seen at once, and is there after reloading', async () => {
	await using there = await visit();
	const { page, go } = there;
	await go('/?feed=local');
	const like = page.locator('[data-key=like][aria-pressed=false]').first();
	const post = await like.locator('xpath=ancestor::article').getAttribute('data-post');
	const button = page.locator(`[data-post="${post}"] [data-key=like]`);
	const answered = page.waitForResponse(/favourite$/);
	await press(like);
	expect(await button.getAttribute('aria-pressed')).toBe('true');
	await answered;
	await page.reload();
	expect(await button.getAttribute('aria-pressed')).toBe('true');
	const taken = page.waitForResponse(/unfavourite$/);
	await press(button);
	await taken;
	expect(await button.getAttribute('aria-pressed')).toBe('false');
});

test('a like that the server refuses is taken back, and said', async () => {
	await using there = await visit();
	const { page, go } = there;
	await go('/?feed=local');
	await page.route('**/favourite', (route) => route.fulfill({ status: 500, json: { error: 'no' } }));
	const post = await page.locator('article:has([data-key=like][aria-pressed=false])').first().getAttribute('data-post');
	const button = page.locator(`[data-post="${post}"] [data-key=like]`);
	await press(button);
	await page.getByRole('alert').getByText('That did not work').waitFor();
	expect(await button.getAttribute('aria-pressed')).toBe('false');
});

test('a post opens over its list under its own address, and Back returns to where one was', async () => {
	await using there = await visit();
	const { page, go } = there;
	await go('/?feed=local');
	await page.mouse.wheel(0, 1_800);
	await page.waitForFunction(() => scrollY > 1_500);
	const before = await restingPlace(page);
	const article = page.locator('article').nth(1);
	const post = await article.getAttribute('data-post');
	await article.locator('.when').evaluate((link: HTMLElement) => link.click());
	await page.locator(`dialog [data-post-view="${post}"]`).waitFor();
	expect(new URL(page.url()).pathname).toContain(`/${post}`);
	await page.goBack();
	await page.locator('dialog').waitFor({ state: 'detached' });
	expect(new URL(page.url()).search).toBe('?feed=local');
	expect(Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThan(4);
});

test('a list is where it was left after another screen', async () => {
	await using there = await visit({ width: 820, height: 1180 });
	const { page, go } = there;
	await go('/?feed=local');
	await page.mouse.wheel(0, 3_000);
	await page.waitForFunction(() => scrollY > 2_500);
	await page.waitForLoadState('networkidle');
	const before = await restingPlace(page);
	await page.getByRole('link', { name: 'Explore' }).first().click();
	await page.waitForURL('**/explore');
	await page.goBack();
	await page.locator('article').first().waitFor();
	await page.waitForFunction((was) => Math.abs(scrollY - was) < 40, before);
});

test('somebody comments, answers the comment, and takes it back', async () => {
	await using there = await visit();
	const { page, go } = there;
	await go('/?feed=local');
	await press(page.locator('[data-key=comment]').first());
	const field = page.locator('dialog textarea');
	await field.waitFor();
	await field.fill('What a light.');
	await page.getByRole('button', { name: 'Post', exact: true }).click();
	const comment = page.locator('.comment').filter({ hasText: 'What a light.' });
	await comment.waitFor();
	await comment.getByRole('button', { name: 'Delete' }).click();
	await page.getByRole('dialog', { name: 'Delete this post?' }).getByRole('button', { name: 'Delete' }).click();
	await comment.waitFor({ state: 'detached' });
});

test('three photos are posted by keyboard alone, each with its description, in another order', async () => {
	await using there = await visit();
	const { page, go, complaints } = there;
	await go('/');
	await page.keyboard.press('n');
	await page.waitForURL('**/compose');
	await page.setInputFiles('input[type=file]', await drawnFiles(page, [900, 2_100], [6_500, 2_400], [1_200, 800]));
	const words = page.getByRole('textbox', { name: /Description of photo/ });
	await expect.poll(() => words.count()).toBe(3);
	for (const index of [0, 1, 2]) {
		await words.nth(index).focus();
		await page.keyboard.type(`Photo drawn as number ${index}`);
	}
	const forward = page.getByRole('button', { name: /Move photo .3. forward/ });
	await forward.focus();
	await page.keyboard.press('Enter');
	await expect.poll(() => words.nth(1).inputValue()).toBe('Photo drawn as number 2');
	await page.getByRole('textbox', { name: /Caption/ }).focus();
	await page.keyboard.type('Three shapes. #shapes');
	const post = page.getByRole('button', { name: 'Post', exact: true });
	await expect.poll(() => post.isEnabled(), { timeout: 90_000 }).toBe(true);
	await picture(page, 'compose-full');
	await post.focus();
	await page.keyboard.press('Enter');
	// The server may still be making what is shown of them.
	await page.waitForURL(`${base}/`, { timeout: 90_000 });
	const article = page.locator('article').filter({ hasText: 'Three shapes.' });
	await article.waitFor();
	expect(await article.getByRole('group', { name: /Photo .1. of .3/ }).count()).toBeGreaterThan(0);
	await picture(page, 'posted');
	const shown = await page.evaluate(() => fetch('/api/v1/timelines/home?limit=1').then((answer) => answer.json()));
	expect(shown[0].media_attachments.map((media: { description: string }) => media.description)).toEqual([0, 2, 1].map((index) => `Photo drawn as number ${index}`));
	expect(complaints).toEqual([]);
});

test('the feed is read by keyboard: on, like, open, close', async () => {
	await using there = await visit();
	const { page, go } = there;
	await go('/?feed=local');
	await page.keyboard.press('j');
	await page.keyboard.press('j');
	const here = page.locator('article:focus');
	await here.waitFor();
	const post = await here.getAttribute('data-post');
	const pressed = await here.locator('[data-key=like]').getAttribute('aria-pressed');
	await page.keyboard.press('l');
	expect(await here.locator('[data-key=like]').getAttribute('aria-pressed')).not.toBe(pressed);
	await page.keyboard.press('l');
	await page.keyboard.press('o');
	await page.locator(`dialog [data-post-view="${post}"]`).waitFor();
	await page.keyboard.press('Escape');
	await page.locator('dialog').waitFor({ state: 'detached' });
	expect(await page.evaluate(() => document.activeElement?.closest('article')?.getAttribute('data-post'))).toBe(post);
	await page.keyboard.press('g');
	await page.keyboard.press('e');
	await page.waitForURL('**/explore');
	expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
});
