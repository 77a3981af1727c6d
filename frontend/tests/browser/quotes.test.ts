// Posts inside of posts: quoted by hand, told of, listed, taken out again, and what stands where there is none to show.

import { afterAll, expect, test } from 'vitest';
import { base, end, overflow, person, picture, press, visit } from './visit.ts';

afterAll(end);

interface Post {
	id: string;
	quote?: { state: string; quoted_status: Post | null } | null;
	quote_approval: { automatic: string[] };
}

test('a post is quoted from its menu by keyboard, and leads to what it quotes', async () => {
	const ines = await person('ines');
	const quoted = await ines.ask<Post>('POST', '/api/v1/statuses', { status: 'The bar opens with the tide', quote_approval_policy: 'public' });
	await using there = await visit();
	const { page, go, faults, complaints } = there;
	await go(`/@ines/${quoted.id}`);
	await page.getByRole('button', { name: /More about the post by/ }).first().focus();
	await page.keyboard.press('Enter');
	await page.getByRole('menuitem', { name: 'Quote', exact: true }).press('Enter');
	await page.waitForURL(/\/compose\?quote=/);
	await page.locator('form .quote').getByText('The bar opens').waitFor();
	await page.getByRole('textbox', { name: /Caption/ }).fill('Nine in the evening, then.');
	await page.getByRole('combobox', { name: 'Who may quote it' }).selectOption('followers');
	await picture(page, 'quote-compose');
	expect(await faults()).toEqual([]);
	await page.getByRole('button', { name: 'Post', exact: true }).focus();
	await page.keyboard.press('Enter');
	await page.waitForURL(`${base}/`);
	const article = page.locator('article').filter({ hasText: 'Nine in the evening' });
	const card = article.getByRole('link', { name: /Quoted post.*The bar opens/ });
	await card.waitFor();
	expect(await article.getByText('RE:').count()).toBe(0);
	await picture(page, 'quote-feed');
	expect(await faults()).toEqual([]);
	const made = await (await person('demo')).ask<Post>('GET', `/api/v1/statuses/${await article.getAttribute('data-post')}`);
	expect(made).toMatchObject({ quote: { state: 'accepted', quoted_status: { id: quoted.id } }, quote_approval: { automatic: ['followers'] } });
	await press(card);
	await page.locator(`dialog [data-post-view="${quoted.id}"]`).waitFor();
	await page.getByRole('link', { name: '1 quote', exact: true }).click();
	await page.getByRole('feed', { name: 'Quotes' }).getByText('Nine in the evening').waitFor();
	await picture(page, 'quotes');
	expect(await faults()).toEqual([]);
	await page.reload();
	await page.getByRole('feed', { name: 'Quotes' }).getByText('Nine in the evening').waitFor();
	await ines.ask('DELETE', `/api/v1/statuses/${quoted.id}`);
	await (await person('demo')).ask('DELETE', `/api/v1/statuses/${made.id}`);
	expect(complaints).toEqual([]);
});

test('whoever is quoted is told, and takes their post out', async () => {
	const [demo, ines] = [await person('demo'), await person('ines')];
	const mine = await demo.ask<Post>('POST', '/api/v1/statuses', { status: 'A plain wall', quote_approval_policy: 'public' });
	const quoting = await ines.ask<Post>('POST', '/api/v1/statuses', { status: 'Look at that wall', quoted_status_id: mine.id });
	await using there = await visit({ width: 360, height: 780, dark: true });
	const { page, go, faults, complaints } = there;
	await go('/notifications');
	const row = page.locator('.row').filter({ hasText: 'quoted your post' });
	await row.getByText('Look at that wall').waitFor();
	await picture(page, 'quote-notification');
	expect(await faults()).toEqual([]);
	await row.click();
	await page.locator(`[data-post-view="${quoting.id}"] .quote`).getByText('A plain wall').waitFor();
	await page.getByRole('button', { name: /More about the post by/ }).first().click();
	await page.getByRole('menuitem', { name: /Take your post out/ }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Take it out' }).click();
	await page.getByText('has taken it out of here').waitFor();
	await picture(page, 'quote-revoked');
	expect(await faults()).toEqual([]);
	expect((await ines.ask<Post>('GET', `/api/v1/statuses/${quoting.id}`)).quote).toMatchObject({ state: 'revoked', quoted_status: null });
	await demo.ask('DELETE', `/api/v1/statuses/${mine.id}`);
	await ines.ask('DELETE', `/api/v1/statuses/${quoting.id}`);
	expect(complaints).toEqual([]);
});

test('what is not to be quoted is not offered', async () => {
	const ines = await person('ines');
	const post = await ines.ask<Post>('POST', '/api/v1/statuses', { status: 'Mine alone', quote_approval_policy: 'nobody' });
	await using there = await visit();
	const { page, go } = there;
	await go(`/@ines/${post.id}`);
	await page.getByRole('button', { name: /More about the post by/ }).first().click();
	await page.getByRole('menuitem', { name: 'Copy link' }).waitFor();
	expect(await page.getByRole('menuitem', { name: /Quote/ }).count()).toBe(0);
	await go(`/compose?quote=${post.id}`);
	await page.getByText('This post cannot be quoted.').waitFor();
	expect(await page.locator('form .quote').count()).toBe(0);
	await ines.ask('DELETE', `/api/v1/statuses/${post.id}`);
});

const STATES = {
	pending: 'has not agreed yet',
	rejected: 'does not want it shown',
	revoked: 'has taken it out',
	deleted: 'is gone',
	unauthorized: 'not for you',
	blocked_account: 'somebody you blocked',
	blocked_domain: 'a server you blocked',
	muted_account: 'somebody you muted'
};

test('where there is no quoted post a sentence says why', async () => {
	const [like] = await (await person('demo')).ask<{ id: string }[]>('GET', '/api/v1/timelines/public?local=true&limit=1');
	await using there = await visit({ width: 360, height: 780 });
	const { page, go, faults } = there;
	const posts = Object.keys(STATES).map((state, index) => ({ ...like, id: `99000000000000000${index}`, media_attachments: [], content: `<p>${state}</p>`, spoiler_text: '', sensitive: false, quote: { state, quoted_status: null } }));
	await page.route('**/api/v1/timelines/list/1?*', (route) => route.fulfill({ json: posts }));
	await go('/?list=1');
	for (const sentence of Object.values(STATES)) {
		const said = page.getByText(sentence);
		await expect.poll(async () => (await said.count()) || (await page.mouse.wheel(0, 400), 0)).toBeGreaterThan(0);
	}
	await picture(page, 'quote-states');
	expect(await overflow(page)).toBe(0);
	expect(await faults()).toEqual([]);
});
