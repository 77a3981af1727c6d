// What the server is in a few words: to visitors on its front, and beside the feed of those who are in; and a feed with nothing in it.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { base, end, overflow, person, picture, visit, type Look } from './visit.ts';

// Whatever else was posted on this server, a photo stands above it.
let posted = '';
beforeAll(async () => {
	const ines = await person('ines');
	posted = (await ines.ask<{ id: string }>('POST', '/api/v1/statuses', { status: 'The harbour, early', media_ids: [await ines.photo(1_200, 900)] })).id;
});

afterAll(async () => {
	await (await person('ines')).ask('DELETE', `/api/v1/statuses/${posted}`);
	await end();
});

const RULES = [{ id: '1', text: 'Post what you photographed yourself.', hint: 'Or say who did.' }, { id: '2', text: 'Describe it.' }];

/** Alters what comes with the page, for what this server has none of. */
async function alter(page: Page, change: (answers: Record<string, { body: unknown }>) => void): Promise<void> {
	await page.route(`${base}/`, async (route) => {
		const answer = await route.fetch();
		const html = (await answer.text()).replace(/(<script type="application\/json" id="first">)([^]*?)(<\/script>)/, (_, open: string, json: string, close: string) => {
			const answers = JSON.parse(json) as Record<string, { body: unknown }>;
			change(answers);
			return open + JSON.stringify(answers).replaceAll('<', '\\u003c') + close;
		});
		await route.fulfill({ response: answer, body: html });
	});
}
const instance = (answers: Record<string, { body: unknown }>) => answers['/api/v2/instance']!.body as Record<string, unknown>;
const LOCAL = '/api/v1/timelines/public?local=true&limit=20';

const LOOKS: Look[] = [
	{ width: 360, height: 780, language: 'ar' },
	{ width: 390, height: 844, dark: true },
	{ width: 1440, height: 900 }
];

test.each(LOOKS)('a visitor sees what the server is, its photos, the ways in and the rules: $width px', async (look) => {
	await using there = await visit({ ...look, signedIn: false });
	const { page, go, faults, complaints } = there;
	await alter(page, (answers) => (instance(answers).rules = RULES));
	await go('/');
	const main = page.getByRole('main');
	expect((await main.locator('h1').textContent())?.trim()).not.toBe('');
	for (const href of ['/auth/sign_up', '/auth/sign_in', '/explore', '/about']) await main.locator(`a[href="${href}"]`).waitFor();
	expect(await main.locator('a.tile').count()).toBeGreaterThan(5);
	expect(await main.locator('section ol li').count()).toBe(2);
	expect(await overflow(page)).toBe(0);
	await picture(page, `landing-${look.width}`);
	expect(await faults()).toEqual([]);
	await main.locator('a.tile').first().focus();
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/@\w+\/\d+$/);
	expect(complaints).toEqual([]);
});

test('a fresh server with nothing posted, closed to newcomers, still says what it is', async () => {
	await using there = await visit({ width: 360, height: 780, signedIn: false });
	const { page, go, faults, complaints } = there;
	await alter(page, (answers) => {
		answers[LOCAL] = { body: [] };
		Object.assign(instance(answers), { title: 'The pier', description: 'Photos of one small harbour.', registrations: { enabled: false, approval_required: false }, rules: RULES });
	});
	await go('/');
	for (const text of ['The pier', 'Photos of one small harbour.', 'Nobody has posted here yet.', 'Describe it.']) await page.getByRole('main').getByText(text).first().waitFor();
	await page.getByRole('main').getByText(/Nobody can sign up here/).waitFor();
	expect(await page.getByRole('main').getByRole('link', { name: 'Join' }).count()).toBe(0);
	await picture(page, 'landing-fresh');
	expect(await faults()).toEqual([]);
	expect(complaints).toEqual([]);
});

test('where newcomers are looked at first, they are asked to ask', async () => {
	await using there = await visit({ width: 390, height: 844, signedIn: false });
	await alter(there.page, (answers) => (instance(answers).registrations = { enabled: true, approval_required: true }));
	await there.go('/');
	await there.page.getByRole('main').getByRole('link', { name: 'Ask to join' }).waitFor();
});

test.each([{ width: 390, height: 844 }, { width: 1440, height: 900 }])('the name of the server is seen before the app is there, and stands where it puts it: $width px', async (look) => {
	await using there = await visit({ ...look, signedIn: false });
	const { page, complaints } = there;
	let begin = () => {};
	const begun = new Promise<void>((resolve) => (begin = resolve));
	await page.route('**/_app/**/*.js', async (route) => {
		await begun;
		await route.continue();
	});
	await page.goto(`${base}/`, { waitUntil: 'commit' });
	const places = (selector: string) =>
		page.evaluate((asked) => [...document.querySelectorAll(asked)].map((element) => {
			const { top, height, left, width } = element.getBoundingClientRect();
			return [top, height, left + width / 2].map(Math.round).join(' ');
		}), selector);
	await page.locator('.look-landing p').first().waitFor();
	const before = await places('.look-landing p');
	begin();
	await page.locator('.look').waitFor({ state: 'detached' });
	await page.waitForLoadState('networkidle');
	expect(before).toEqual((await places('main header h1, main header .lead')).slice(0, before.length));
	expect(complaints).toEqual([]);
});

const SUGGESTED = '**/api/v2/suggestions*';
const TRENDING = '**/api/v1/trends/tags*';

test('beside a feed stand people to follow, the tags of the week and the server, and come once the feed is there', async () => {
	await using there = await visit();
	const { page, go, faults, complaints } = there;
	const people = await (await page.request.get(`${base}/api/v1/directory?limit=6&local=true`)).json() as { display_name: string; id: string }[];
	const offered = people.filter(({ display_name }) => !/demo/i.test(display_name));
	const sent: string[] = [];
	let posts = -1;
	await page.route(SUGGESTED, async (route) => {
		posts = await page.locator('article').count();
		await route.fulfill({ json: offered.map((account) => ({ source: 'global', account })) });
	});
	await page.route(TRENDING, (route) => route.fulfill({ json: [{ name: 'sea', url: '', history: [{ day: '0', uses: '12', accounts: '5' }] }] }));
	await page.route('**/api/v1/suggestions/*', (route) => {
		sent.push(`${route.request().method()} ${new URL(route.request().url()).pathname}`);
		return route.fulfill({ json: {} });
	});
	await go('/');
	const aside = page.getByRole('complementary');
	await aside.getByRole('heading', { name: 'Who to follow' }).waitFor();
	expect(posts).toBeGreaterThan(0);
	await aside.getByRole('link', { name: /#sea.*12.* posts this week/ }).waitFor();
	await aside.getByRole('link', { name: 'About' }).waitFor();
	const dismiss = aside.getByRole('button', { name: /^Do not suggest/ });
	expect(await dismiss.count()).toBe(Math.min(5, offered.length));
	await picture(page, 'beside');
	expect(await faults()).toEqual([]);
	await dismiss.first().focus();
	await page.keyboard.press('Enter');
	await expect.poll(() => sent).toEqual([`DELETE /api/v1/suggestions/${offered[0]!.id}`]);
	expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Do not suggest/);
	expect(complaints).toEqual([]);
});

test('what there is none of is left out beside a feed', async () => {
	await using there = await visit({ dark: true });
	const { page, go, faults } = there;
	for (const path of [SUGGESTED, TRENDING]) await page.route(path, (route) => route.fulfill({ json: [] }));
	await go('/');
	const aside = page.getByRole('complementary');
	await aside.getByRole('link', { name: 'About' }).waitFor();
	expect(await aside.getByRole('heading').count()).toBe(1);
	expect(await faults()).toEqual([]);
});

test('a home feed with nothing in it says where there is something, whom to follow, and how to bring those one followed', async () => {
	await using there = await visit({ width: 390, height: 844 });
	const { page, go, faults, complaints } = there;
	await page.route('**/api/v1/timelines/home*', (route) => route.fulfill({ json: [] }));
	const people = await (await page.request.get(`${base}/api/v1/directory?limit=6&local=true`)).json() as object[];
	await page.route(SUGGESTED, (route) => route.fulfill({ json: people.map((account) => ({ source: 'global', account })) }));
	await go('/explore');
	await page.getByRole('link', { name: 'Home' }).click();
	const main = page.getByRole('main');
	await main.getByRole('link', { name: 'Explore' }).waitFor();
	await main.getByRole('link', { name: 'Bring the people you follow elsewhere' }).waitFor();
	await main.getByRole('heading', { name: 'Who to follow' }).waitFor();
	expect(await main.getByRole('button', { name: /^Do not suggest/ }).count()).toBe(people.length);
	expect(await overflow(page)).toBe(0);
	await picture(page, 'home-empty');
	expect(await faults()).toEqual([]);
	expect(complaints).toEqual([]);
});
