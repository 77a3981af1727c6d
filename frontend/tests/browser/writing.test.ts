// Names, tags and emojis that are offered while somebody writes, wherever they write; and the language of what they wrote.

import type { Locator, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { base, end, overflow, person, picture, visit } from './visit.ts';

afterAll(end);

/** What the API was asked about people and tags. */
function asked(page: Page): string[] {
	const all: string[] = [];
	page.on('request', (request) => {
		const url = new URL(request.url());
		if (/accounts\/search|v2\/search/.test(url.pathname)) all.push(url.searchParams.get('q') ?? '');
	});
	return all;
}
const list = (page: Page) => page.getByRole('listbox', { name: 'Suggestions' });
const options = (page: Page) => list(page).getByRole('option');
/** What the field points at. */
const pointed = (field: Locator) => field.evaluate((element) => document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.textContent ?? null);

test('people are offered while a caption is written, and taken by keyboard alone', async () => {
	await using there = await visit();
	const { page, go, faults, complaints } = there;
	await go('/compose');
	const questions = asked(page);
	const caption = page.getByRole('textbox', { name: 'Caption' });
	await caption.focus();
	await page.keyboard.type('At low tide with @');
	await page.waitForTimeout(400);
	expect(questions).toEqual([]);
	await page.keyboard.type('ine');
	await options(page).first().waitFor();
	expect(await options(page).first().textContent()).toMatch(/Inês.*@ines/);
	// Only what was written when the pause came.
	expect(questions).toEqual(['ine']);
	await expect.poll(() => pointed(caption)).toMatch(/@ines/);
	expect(await page.getByText(/^\d suggestions?$/).count()).toBe(1);
	await picture(page, 'suggest-people');
	expect(await faults()).toEqual([]);
	await page.keyboard.press('Enter');
	expect(await caption.inputValue()).toBe('At low tide with @ines ');
	expect(await list(page).count()).toBe(0);
	expect(await caption.evaluate((element) => element === document.activeElement)).toBe(true);
	// The rest goes on behind it, and the draft has it.
	await page.keyboard.type('and @ine');
	await options(page).first().waitFor();
	await page.keyboard.press('Escape');
	await list(page).waitFor({ state: 'detached' });
	await page.keyboard.type('s');
	await page.waitForTimeout(400);
	expect(await list(page).count()).toBe(0);
	expect(await caption.inputValue()).toBe('At low tide with @ines and @ines');
	await caption.fill('');
	expect(complaints).toEqual([]);
});

test('tags are offered with their uses, and what is new is written as it is', async () => {
	await using there = await visit({ width: 360, height: 780, dark: true });
	const { page, go, faults, complaints } = there;
	const history = [{ day: '1', uses: '3', accounts: '2' }, { day: '0', uses: '4', accounts: '2' }];
	await page.route('**/api/v2/search*', (route) => route.fulfill({ json: { accounts: [], statuses: [], hashtags: [{ name: 'seaside', url: '', history }, { name: 'seagull', url: '', history: [] }] } }));
	await go('/compose');
	const caption = page.getByRole('textbox', { name: 'Caption' });
	await caption.focus();
	await page.keyboard.type('#sea');
	await options(page).first().waitFor();
	expect((await options(page).allTextContents()).map((text) => text.replace(/[\u2066-\u2069]/g, ''))).toEqual(['#seaside7 posts this week', '#seagull']);
	expect(await pointed(caption)).toBeNull();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	expect(await pointed(caption)).toBe('#seagull');
	await page.keyboard.press('ArrowUp');
	await picture(page, 'suggest-tags');
	expect(await faults()).toEqual([]);
	expect(await overflow(page)).toBe(0);
	await page.keyboard.press('Tab');
	expect(await caption.inputValue()).toBe('#seaside ');
	await page.keyboard.type('#se');
	await options(page).first().waitFor();
	await page.keyboard.press('Enter');
	expect(await caption.inputValue()).toBe('#seaside #se\n');
	await caption.fill('');
	expect(complaints).toEqual([]);
});

test('an older answer never takes the place of a newer one', async () => {
	await using there = await visit();
	const { page, go } = there;
	let answer = () => {};
	const held = new Promise<void>((resolve) => (answer = resolve));
	await page.route('**/api/v1/accounts/search?q=i&*', async (route) => {
		await held;
		await route.fulfill({ json: [] }).catch(() => undefined);
	});
	await go('/compose');
	const caption = page.getByRole('textbox', { name: 'Caption' });
	await caption.focus();
	const first = page.waitForRequest('**/api/v1/accounts/search?q=i&*');
	await page.keyboard.type('@i');
	await first;
	await page.keyboard.type('ne');
	await options(page).first().waitFor();
	answer();
	await page.waitForTimeout(200);
	expect(await options(page).first().textContent()).toContain('@ines');
	await caption.fill('');
});

test('in Arabic, an emoji of this server is offered and taken by a finger', async () => {
	await using there = await visit({ width: 390, height: 844, language: 'ar' });
	const { page, go, faults, complaints } = there;
	const emoji = { shortcode: 'wave', url: '/assets/avatar.png', static_url: '/assets/avatar.png', visible_in_picker: true };
	await page.route('**/api/v1/custom_emojis', (route) => route.fulfill({ json: [{ ...emoji, shortcode: 'brainwave' }, emoji, { ...emoji, shortcode: 'tide' }] }));
	await go('/compose');
	const caption = page.locator('form textarea').first();
	await caption.focus();
	await page.keyboard.type('بحر :wav');
	const offered = page.getByRole('listbox').getByRole('option');
	await offered.first().waitFor();
	expect((await offered.allTextContents()).map((text) => text.trim())).toEqual([':wave:', ':brainwave:']);
	const [field, box, row] = await Promise.all([caption, page.getByRole('listbox'), offered.first()].map((part) => part.boundingBox()));
	expect(row!.height).toBeGreaterThanOrEqual(44);
	expect(Math.abs(box!.x + box!.width - field!.x - field!.width)).toBeLessThan(2);
	await picture(page, 'suggest-emojis');
	expect(await faults()).toEqual([]);
	await offered.last().click();
	expect(await caption.inputValue()).toBe('بحر :brainwave: ');
	expect(await caption.evaluate((element) => element === document.activeElement)).toBe(true);
	await caption.fill('');
	expect(complaints).toEqual([]);
});

test('a comment and a message offer the same, and Enter sends nothing that is still being chosen', async () => {
	const ines = await person('ines');
	const photo = await ines.photo(900, 600);
	const { id } = await ines.ask<{ id: string }>('POST', '/api/v1/statuses', { status: 'Whose boat is this?', media_ids: [photo] });
	await using there = await visit();
	const { page, go, faults, complaints } = there;
	await go(`/@ines/${id}`);
	const comment = page.getByRole('textbox', { name: 'Add a comment' });
	await comment.focus();
	await page.keyboard.type('Ask @ine');
	await options(page).first().waitFor();
	await picture(page, 'suggest-comment');
	expect(await faults()).toEqual([]);
	await page.keyboard.press('Tab');
	expect(await comment.inputValue()).toBe('Ask @ines ');
	await ines.ask('DELETE', `/api/v1/statuses/${id}`);
	await go('/messages/new');
	const message = page.getByRole('textbox', { name: /Message to/ });
	await message.focus();
	await page.keyboard.type('@ine');
	await options(page).first().waitFor();
	// Enter takes what is offered, and sends nothing.
	await page.keyboard.press('Enter');
	expect(await message.inputValue()).toBe('@ines ');
	expect(await faults()).toEqual([]);
	expect(complaints).toEqual([]);
});

test('in a post that is open over another screen, the list is inside of its window and Escape closes only the list', async () => {
	await using there = await visit();
	const { page, go, faults } = there;
	await go('/@ines');
	await page.locator('a.tile').first().click();
	const post = page.getByRole('dialog');
	const comment = post.getByRole('textbox', { name: 'Add a comment' });
	await comment.focus();
	await page.keyboard.type('@ine');
	await post.getByRole('option').first().waitFor();
	expect(await faults()).toEqual([]);
	await page.keyboard.press('Escape');
	await list(page).waitFor({ state: 'detached' });
	expect(await post.isVisible()).toBe(true);
	expect(await comment.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('a post is in the language that was chosen: kept in the draft, sent, and changed later', async () => {
	const demo = await person('demo');
	await using there = await visit();
	const { page, go, faults, complaints } = there;
	await go('/compose');
	const language = page.getByRole('combobox', { name: 'Language of the post' });
	await expect.poll(() => language.inputValue()).toBe('en');
	await language.focus();
	await page.keyboard.type('Port');
	expect(await language.inputValue()).toBe('pt');
	const caption = page.getByRole('textbox', { name: 'Caption' });
	await caption.fill('A maré está baixa');
	await page.getByText('Kept in this browser while you write.').waitFor();
	await page.waitForTimeout(2_500);
	await go('/compose');
	await expect.poll(() => language.inputValue()).toBe('pt');
	expect(await faults()).toEqual([]);
	await page.getByRole('button', { name: 'Post', exact: true }).click();
	await page.waitForURL(`${base}/`);
	const newest = async () => (await demo.ask<{ id: string; language: string; content: string }[]>('GET', '/api/v1/timelines/home?limit=1'))[0]!;
	const post = await newest();
	expect(post.content).toContain('A maré');
	expect(post.language).toBe('pt');
	await go(`/compose?edit=${post.id}`);
	await expect.poll(() => language.inputValue()).toBe('pt');
	await language.selectOption('gl');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await page.waitForURL(new RegExp(`/${post.id}$`));
	expect((await newest()).language).toBe('gl');
	await demo.ask('DELETE', `/api/v1/statuses/${post.id}`);
	expect(complaints).toEqual([]);
});
