// Telling the moderators of somebody, by keyboard: from a post, and from a profile.

import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { elsewhere, end, overflow, person, picture, visit, type Look } from './visit.ts';

afterAll(end);

interface Post {
	id: string;
	account: { id: string };
}

const RULES = [
	{ id: '1', text: 'Be kind.', hint: '', translations: { ar: { text: 'كن لطيفًا.', hint: '' } } },
	{ id: '2', text: 'Only photos that you took.', hint: '', translations: {} }
];

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim());

test('a post is reported by keyboard, and its author is muted at once', async () => {
	const ines = await person('ines');
	const post = await ines.ask<Post>('POST', '/api/v1/statuses', { status: 'Buy three lenses, get one' });
	await using there = await visit();
	const { page, go, complaints, faults } = there;
	await go(`/@ines/${post.id}`);
	const menu = page.getByRole('button', { name: /More about the post by/ }).first();
	await menu.focus();
	await page.keyboard.press('Enter');
	await page.getByRole('menuitem', { name: /Report .*ines/ }).focus();
	await page.keyboard.press('Enter');
	const sheet = page.getByRole('dialog', { name: /Report .*@ines/ });
	await sheet.getByRole('checkbox', { name: /Buy three lenses/ }).waitFor();
	expect(await sheet.getByRole('checkbox', { name: /Buy three lenses/ }).isChecked()).toBe(true);
	// Closed by Escape, it gives the focus back.
	await page.keyboard.press('Escape');
	await sheet.waitFor({ state: 'detached' });
	expect(await focused(page)).toMatch(/More about the post by/);
	await page.keyboard.press('Enter');
	await page.getByRole('menuitem', { name: /Report .*ines/ }).focus();
	await page.keyboard.press('Enter');
	const send = sheet.getByRole('button', { name: 'Send report' });
	await send.focus();
	await page.keyboard.press('Enter');
	await sheet.getByText('Choose what is wrong.').waitFor();
	expect(await faults()).toEqual([]);
	// What is missing has the focus.
	await page.keyboard.press('Space');
	expect(await sheet.getByRole('radio', { name: /Spam/ }).isChecked()).toBe(true);
	await sheet.getByRole('textbox', { name: /Words for the moderators/ }).focus();
	await page.keyboard.type('The third one this week.');
	await sheet.getByText(/976.* characters left/).waitFor();
	await page.route('**/api/v1/reports', (route) => route.fulfill({ status: 503, json: { error: 'not now' } }), { times: 1 });
	await send.focus();
	await page.keyboard.press('Enter');
	await sheet.getByRole('alert').getByText('Something broke on the server').waitFor();
	expect(await focused(page)).toBe('Send report');
	expect(await sheet.getByRole('alert').evaluate((alert) => alert.getBoundingClientRect().bottom <= alert.closest('.body')!.getBoundingClientRect().bottom + 1)).toBe(true);
	await picture(page, 'report-failed');
	const answered = page.waitForResponse((response) => response.url().endsWith('/api/v1/reports') && response.ok());
	await page.keyboard.press('Enter');
	const report = await (await answered).json();
	expect(report).toMatchObject({ category: 'spam', comment: 'The third one this week.', status_ids: [post.id], forwarded: false });
	await sheet.getByText('Thank you.').waitFor();
	expect(await focused(page)).toMatch(/^Thank you/);
	await picture(page, 'report-sent');
	expect(await faults()).toEqual([]);
	await sheet.getByRole('button', { name: /Mute/ }).focus();
	await page.keyboard.press('Enter');
	await sheet.waitFor({ state: 'detached' });
	await page.getByText(/ines.* is muted/).waitFor();
	expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
	await (await person('demo')).ask('POST', `/api/v1/accounts/${post.account.id}/unmute`);
	await ines.ask('DELETE', `/api/v1/statuses/${post.id}`);
	expect(complaints.filter((one) => !one.includes('503'))).toEqual([]);
});

const LOOKS: Look[] = [
	{ width: 360, height: 780, language: 'en' },
	{ width: 360, height: 780, dark: true, language: 'ar' },
	{ width: 820, height: 1180, dark: true, language: 'de' }
];

test.each(LOOKS)('the rules that somebody elsewhere broke are ticked, and their server is told, at $width px in $language', async (look) => {
	await using there = await visit(look);
	const { page, go, faults, complaints } = there;
	await elsewhere(page);
	await page.route('**/api/v1/instance/rules', (route) => route.fulfill({ json: RULES }));
	let told: Record<string, unknown> = {};
	await page.route('**/api/v1/reports', (route) => {
		told = route.request().postDataJSON();
		return route.fulfill({ json: { id: '1' } });
	});
	await go('/@ines');
	await page.locator('main header [aria-haspopup=menu]').focus();
	await page.keyboard.press('Enter');
	await page.getByRole('menuitem').last().waitFor();
	await page.keyboard.press('End');
	await page.keyboard.press('Enter');
	const sheet = page.getByRole('dialog');
	await sheet.locator('input[value=violation]').focus();
	await page.keyboard.press('Space');
	const send = sheet.locator('button[type=submit]');
	await send.focus();
	await page.keyboard.press('Enter');
	await sheet.locator('input[aria-invalid=true]').first().waitFor();
	await page.keyboard.press('Space');
	await sheet.locator('input[type=checkbox][value="2"]').focus();
	await page.keyboard.press('Space');
	if (look.language === 'ar') await sheet.getByText('كن لطيفًا.').waitFor();
	await picture(page, `report-${look.width}-${look.language}`);
	await sheet.getByRole('switch').focus();
	await page.keyboard.press('Space');
	await picture(page, `report-${look.width}-${look.language}-end`);
	expect(await faults()).toEqual([]);
	expect(await overflow(page)).toBe(0);
	await send.focus();
	await page.keyboard.press('Enter');
	await sheet.locator('form').waitFor({ state: 'detached' });
	expect(told).toMatchObject({ category: 'violation', rule_ids: ['1', '2'], status_ids: [], forward: true });
	await page.keyboard.press('Escape');
	await sheet.waitFor({ state: 'detached' });
	expect(complaints).toEqual([]);
});
