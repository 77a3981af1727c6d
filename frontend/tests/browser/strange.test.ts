// What is rarely so long, so many or so wide stays within its place, in every direction and theme.

import { afterAll, expect, test } from 'vitest';
import { crowd, strange, talks } from './strange.ts';
import { end, overflow, person, picture, visit, type Look } from './visit.ts';

afterAll(end);

const LOOKS: Look[] = [
	{ width: 360, height: 780, language: 'en' },
	{ width: 360, height: 780, dark: true, language: 'ar' },
	{ width: 820, height: 1180, language: 'ja' },
	{ width: 1440, height: 900, dark: true, language: 'en' }
];

test.each(LOOKS)('odd posts stay within their places at $width px in $language', async (look) => {
	const [like] = await (await person('demo')).ask<{ id: string }[]>('GET', '/api/v1/timelines/public?local=true&only_media=true&limit=1');
	await using there = await visit(look);
	const { page, go, faults } = there;
	const name = `strange-${look.width}-${look.language}`;
	const found: string[] = [];
	await page.route('**/api/v1/timelines/list/1?*', (route) => route.fulfill({ json: strange(like!) }));
	await page.route('**/api/v2/notifications?*', (route) => route.fulfill({ json: crowd(like!) }));
	await page.route('**/api/v1/conversations?*', (route) => route.fulfill({ json: talks(like!) }));
	await page.route('**/api/tintype/v1/unread', (route) => route.fulfill({ json: { notifications: 100, messages: 12 } }));
	const look_at = async (part: string) => {
		await page.waitForLoadState('networkidle');
		await picture(page, `${name}-${part}`);
		const wide = await overflow(page);
		if (wide > 0) found.push(`${part}: ${wide} px too wide`);
		found.push(...(await faults()).map((fault) => `${part}: ${fault}`));
	};
	await go('/?list=1');
	await page.locator('article').first().waitFor();
	const articles = new Set<string>();
	for (let step = 0; step < 16 && articles.size < 7; step += 1) {
		for (const id of await page.locator('article').evaluateAll((all) => all.map((article) => article.getAttribute('data-post') ?? ''))) {
			const article = page.locator(`article[data-post="${id}"]`);
			// Those that are far away are drawn no more.
			if (articles.has(id) || (await article.count()) === 0) continue;
			await article.scrollIntoViewIfNeeded();
			await article.evaluate((element) => element.scrollIntoView({ block: 'start' }));
			articles.add(id);
			await look_at(`post-${articles.size}`);
		}
		await page.mouse.wheel(0, 500);
		await page.waitForTimeout(100);
	}
	expect(articles.size).toBe(7);
	const track = page.locator('.track').first();
	if ((await track.count()) > 0) {
		await track.evaluate((element) => element.closest('article')?.scrollIntoView({ block: 'start' }));
		await track.focus();
		for (let step = 0; step < 10; step += 1) await page.keyboard.press(look.language === 'ar' ? 'ArrowLeft' : 'ArrowRight');
		await look_at('carousel');
	}
	await go('/notifications');
	await page.locator('.row').first().waitFor();
	await look_at('notifications');
	await go('/messages');
	await page.locator('.panes li').first().waitFor();
	await look_at('messages');
	expect(found).toEqual([]);
});
