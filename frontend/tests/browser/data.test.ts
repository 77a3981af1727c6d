// What somebody has here: how much, taken along, brought, and moved; all of it by keyboard.

import { readFile } from 'node:fs/promises';
import { afterAll, expect, inject, test } from 'vitest';
import { end, overflow, person, picture, visit, type Look, type Visit } from './visit.ts';

afterAll(end);

interface Relation {
	id: string;
	blocking: boolean;
}

/** By the list of settings, as people come there. */
async function open({ page, go }: Visit): Promise<void> {
	await go('/settings');
	await page.locator('a[href="/settings/data"]').focus();
	await page.keyboard.press('Enter');
	await page.waitForURL('**/settings/data');
	await page.locator('input[type=file]').waitFor();
	await page.waitForLoadState('networkidle');
}

const LOOKS: Look[] = [
	{ width: 360, height: 780, language: 'en' },
	{ width: 360, height: 780, dark: true, language: 'ar' },
	{ width: 820, height: 1180, language: 'ja' },
	{ width: 1440, height: 900, dark: true, language: 'fr' }
];

test.each(LOOKS)('the page of one’s data stays within its place at $width px in $language', async (look) => {
	await using there = await visit(look);
	const { page, faults, complaints } = there;
	await page.route('**/api/tintype/v1/quota', (route) => route.fulfill({ json: { limit: 5_000_000_000, used: 1_234_000_000, left: 3_766_000_000 } }));
	await open(there);
	await page.locator('section .bar').waitFor();
	if (process.env.SCREENSHOTS) await page.setViewportSize({ width: look.width!, height: 1_700 });
	await picture(page, `data-${look.width}-${look.language}`);
	expect(await overflow(page)).toBe(0);
	expect(await faults()).toEqual([]);
	expect(complaints).toEqual([]);
});

test('whom one follows is taken along as a file, and whom one blocked elsewhere comes by one', async () => {
	const demo = await person('demo');
	const { id } = await demo.ask<{ id: string }>('GET', '/api/v1/accounts/lookup?acct=tomasz');
	const blocks = async () => (await demo.ask<Relation[]>('GET', `/api/v1/accounts/relationships?id[]=${id}`))[0]!.blocking;
	await using there = await visit();
	const { page, faults, complaints } = there;
	await open(there);
	await page.getByText(/used/).first().waitFor();
	const coming = page.waitForEvent('download');
	await page.getByRole('link', { name: 'People you follow' }).focus();
	await page.keyboard.press('Enter');
	const file = await coming;
	expect(file.suggestedFilename()).toBe('following.csv');
	expect(await readFile(await file.path(), 'utf8')).toMatch(/^Account address,/);
	await page.getByRole('combobox', { name: 'What is in it' }).selectOption('blocks');
	const bring = page.getByRole('button', { name: 'Bring in' });
	await bring.focus();
	await page.keyboard.press('Enter');
	await page.getByText('Choose a file.').waitFor();
	expect(await faults()).toEqual([]);
	const choose = (text: string) => page.locator('input[type=file]').setInputFiles({ name: 'blocks.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
	await choose('Account address,Show boosts\n');
	await bring.focus();
	await page.keyboard.press('Enter');
	await page.getByRole('alert').getByText("Data holds nobody's address").waitFor();
	await choose(`tomasz@${new URL(inject('base')).host}\n`);
	await bring.focus();
	await page.keyboard.press('Enter');
	await page.getByText('The file has arrived.').waitFor();
	await picture(page, 'data-imported');
	expect(await faults()).toEqual([]);
	await expect.poll(blocks, { timeout: 30_000 }).toBe(true);
	await demo.ask('POST', `/api/v1/accounts/${id}/unblock`);
	expect(complaints.filter((one) => !one.includes('422'))).toEqual([]);
});

test('an old account is named and taken back, and a move away asks for all that it needs', async () => {
	await using there = await visit({ width: 820, height: 1180 });
	const { page, faults, complaints } = there;
	await open(there);
	const old = page.getByRole('textbox', { name: 'Address of your old account' });
	await old.focus();
	await page.keyboard.type('@nobody_of_that_name');
	await page.keyboard.press('Enter');
	await page.getByText('Nobody was found at that address.').waitFor();
	expect(await old.evaluate((field) => document.activeElement === field)).toBe(true);
	await old.fill('@ines');
	await page.keyboard.press('Enter');
	const remove = page.getByRole('button', { name: /Remove .*\/users\/ines/ });
	await remove.waitFor();
	expect(await faults()).toEqual([]);
	// It is there for whoever comes again.
	await open(there);
	await remove.focus();
	await page.keyboard.press('Enter');
	await remove.waitFor({ state: 'detached' });
	expect(await old.evaluate((field) => document.activeElement === field)).toBe(true);
	await page.getByRole('textbox', { name: 'Address of your new account' }).focus();
	await page.keyboard.type('ines');
	await page.keyboard.press('Tab');
	await page.keyboard.type('not my password');
	await page.keyboard.press('Enter');
	const question = page.getByRole('dialog', { name: /Move to .*@ines/ });
	await picture(page, 'move-asked');
	await question.getByRole('button', { name: 'Move' }).focus();
	expect(await faults()).toEqual([]);
	await page.keyboard.press('Enter');
	await page.getByText('The password is wrong.').waitFor();
	const password = page.getByLabel('Your password');
	expect(await password.evaluate((field) => document.activeElement === field)).toBe(true);
	await password.fill(inject('password'));
	await page.keyboard.press('Enter');
	await question.getByRole('button', { name: 'Move' }).focus();
	await page.keyboard.press('Enter');
	await page.getByRole('alert').getByText('That account does not name this one as its alias yet').waitFor();
	await page.route('**/api/v1/accounts/move', (route) => route.fulfill({ status: 202, json: {} }));
	await password.focus();
	await page.keyboard.press('Enter');
	await question.getByRole('button', { name: 'Move' }).focus();
	await page.keyboard.press('Enter');
	await page.getByText(/You have moved to .*@ines/).waitFor();
	expect(complaints.filter((one) => !/40[34]|422/.test(one))).toEqual([]);
});
