// Seeing less of others, and taking a post back to write it anew: asked first where it costs something, and undone where it can be.

import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { elsewhere, end, overflow, person, picture, visit } from './visit.ts';

afterAll(end);

interface Entity {
	id: string;
}

async function choose(page: Page, menu: RegExp, item: RegExp | string): Promise<void> {
	await page.getByRole('button', { name: menu }).first().focus();
	await page.keyboard.press('Enter');
	await page.getByRole('menuitem', { name: item }).focus();
	await page.keyboard.press('Enter');
}

test('a whole server is blocked from a profile by keyboard, listed in settings, and let in again', async () => {
	await using there = await visit({ width: 820, height: 1180 });
	const { page, go, faults, complaints } = there;
	await elsewhere(page);
	await page.route('**/api/v1/domain_blocks/preview?*', (route) => route.fulfill({ json: { followers_count: 3, following_count: 1 } }));
	await go('/@ines');
	await choose(page, /More about/, /Block all of .*photos\.example/);
	const question = page.getByRole('dialog', { name: /Block all of .*photos\.example/ });
	await question.getByText(/Follows between you end: .1. of yours, .3. of theirs/).waitFor();
	await picture(page, 'server-block');
	expect(await faults()).toEqual([]);
	await question.getByRole('button', { name: 'Block' }).focus();
	await page.keyboard.press('Enter');
	await page.getByText(/photos\.example.* is blocked/).waitFor();
	const demo = await person('demo');
	expect(await demo.ask('GET', '/api/v1/domain_blocks')).toEqual(['photos.example']);
	await go('/settings');
	await page.getByRole('link', { name: /Blocked servers/ }).focus();
	await page.keyboard.press('Enter');
	const unblock = page.getByRole('button', { name: /Unblock photos\.example/ });
	await unblock.waitFor();
	await picture(page, 'servers');
	expect(await faults()).toEqual([]);
	await unblock.focus();
	await page.keyboard.press('Enter');
	await page.getByText('You have blocked no server.').waitFor();
	expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
	expect(await demo.ask('GET', '/api/v1/domain_blocks')).toEqual([]);
	expect(await faults()).toEqual([]);
	await page.keyboard.press('F6');
	await page.keyboard.press('Enter');
	await unblock.waitFor();
	expect(await overflow(page)).toBe(0);
	await demo.ask('DELETE', '/api/v1/domain_blocks?domain=photos.example');
	expect(complaints).toEqual([]);
});

test('what somebody passes on is hidden from their menu, and shown again', async () => {
	const demo = await person('demo');
	const { id } = await demo.ask<Entity>('GET', '/api/v1/accounts/lookup?acct=ines');
	await demo.ask('POST', `/api/v1/accounts/${id}/follow`);
	const shows = async () => (await demo.ask<{ showing_reblogs: boolean }[]>('GET', `/api/v1/accounts/relationships?id[]=${id}`))[0]!.showing_reblogs;
	await using there = await visit();
	const { page, go, complaints } = there;
	await go('/@ines');
	await choose(page, /More about/, 'Hide reposts');
	await page.getByText(/You no longer see what .*ines.* reposts/).waitFor();
	expect(await shows()).toBe(false);
	await choose(page, /More about/, 'Show reposts');
	await page.getByText(/You see again what .*ines.* reposts/).waitFor();
	expect(await shows()).toBe(true);
	expect(complaints).toEqual([]);
});

test('a post is deleted and written anew by keyboard with all that it had, also after closing the page', async () => {
	const demo = await person('demo');
	const photo = await demo.photo(900, 600);
	await demo.ask('PUT', `/api/v1/media/${photo}`, { description: 'The pier at noon' });
	const post = await demo.ask<Entity>('POST', '/api/v1/statuses', { status: 'The peir', spoiler_text: 'bright', visibility: 'unlisted', media_ids: [photo] });
	await using there = await visit();
	const { page, go, faults, complaints } = there;
	await go(`/@demo/${post.id}`);
	await choose(page, /More about the post by/, 'Delete and write anew');
	const question = page.getByRole('dialog', { name: 'Delete and write anew?' });
	await question.waitFor();
	expect(await faults()).toEqual([]);
	await question.getByRole('button', { name: 'Delete and write' }).focus();
	await page.keyboard.press('Enter');
	await page.waitForURL('**/compose');
	const caption = page.getByRole('textbox', { name: /Caption/ });
	await expect.poll(() => caption.inputValue()).toBe('The peir');
	await go('/compose');
	await expect.poll(() => caption.inputValue()).toBe('The peir');
	const words = page.getByRole('textbox', { name: /Description of photo/ });
	expect(await words.inputValue()).toBe('The pier at noon');
	expect(await page.getByRole('radio', { name: /Quiet public/ }).isChecked()).toBe(true);
	await picture(page, 'anew');
	await caption.fill('The pier');
	await words.fill('The pier in the evening');
	const send = page.getByRole('button', { name: 'Post', exact: true });
	await expect.poll(() => send.isEnabled()).toBe(true);
	await send.focus();
	await page.keyboard.press('Enter');
	await page.waitForURL((url) => url.pathname === '/');
	const [made] = await demo.ask<(Entity & { content: string; media_attachments: object[] })[]>('GET', '/api/v1/timelines/home?limit=1');
	expect(made).toMatchObject({ spoiler_text: 'bright', visibility: 'unlisted', content: expect.stringContaining('The pier'), media_attachments: [{ id: photo, description: 'The pier in the evening' }] });
	await expect(demo.ask('GET', `/api/v1/statuses/${post.id}`)).rejects.toThrow('404');
	await demo.ask('DELETE', `/api/v1/statuses/${made!.id}?delete_media=true`);
	expect(complaints).toEqual([]);
});
