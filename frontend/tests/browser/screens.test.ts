// Every screen at three widths, light and dark, in both directions: no fault that axe finds, no complaint of the browser,
// nothing wider than the screen. The whole matrix with ALL=1; else a slice of it that sees each side once.

import { afterAll, expect, test } from 'vitest';
import { end, overflow, picture, press, visit, type Look } from './visit.ts';

const SCREENS: Record<string, string> = {
	home: '/',
	local: '/?feed=local',
	explore: '/explore',
	search: '/search?q=a',
	profile: '/@ines',
	rows: '/@salma?view=rows',
	feed: '/@yuki?view=feed',
	followers: '/@ines/followers',
	tag: '/tags/sea',
	notifications: '/notifications',
	senders: '/notifications/requests',
	messages: '/messages',
	'message-new': '/messages/new',
	lists: '/lists',
	'followed-tags': '/followed_tags',
	compose: '/compose',
	scheduled: '/scheduled',
	bookmarks: '/bookmarks',
	favourites: '/favourites',
	requests: '/follow_requests',
	blocks: '/blocks',
	mutes: '/mutes',
	settings: '/settings',
	'settings-profile': '/settings/profile',
	'settings-appearance': '/settings/appearance',
	'settings-posting': '/settings/posting',
	'settings-filters': '/settings/filters',
	'settings-filter': '/settings/filters/new',
	'settings-notifications': '/settings/notifications'
};
const WIDTHS: [number, number][] = [
	[360, 780],
	[820, 1180],
	[1440, 900]
];

function looks(): Look[] {
	const of = (width: number, height: number, dark: boolean, language: string): Look => ({ width, height, dark, language });
	if (!process.env.ALL) return [of(360, 780, false, 'ar'), of(820, 1180, true, 'en'), of(1440, 900, false, 'en')];
	return WIDTHS.flatMap(([width, height]) => [false, true].flatMap((dark) => ['en', 'ar'].map((language) => of(width, height, dark, language))));
}

afterAll(end);

test.each(looks())('screens are whole at $width px, dark: $dark, in $language', async (look) => {
	await using there = await visit(look);
	const { page, complaints, go, faults } = there;
	const found: string[] = [];
	for (const [name, path] of Object.entries(SCREENS)) {
		await go(path);
		await picture(page, `${name}-${look.width}-${look.dark ? 'dark' : 'light'}-${look.language}`);
		const wide = await overflow(page);
		if (wide > 0) found.push(`${name}: ${wide} px too wide`);
		found.push(...(await faults()).map((fault) => `${name}: ${fault}`));
		found.push(...complaints.splice(0).map((complaint) => `${name}: ${complaint}`));
	}
	expect(found).toEqual([]);
	expect(await page.locator('html').getAttribute('dir')).toBe(look.language === 'ar' ? 'rtl' : 'ltr');
});

test('a post is whole over its list and on a page of its own', async () => {
	const found: string[] = [];
	for (const look of [{ width: 1440, height: 900 }, { width: 360, height: 780, dark: true }]) {
		await using there = await visit(look);
		const { page, complaints, go, faults } = there;
		await go('/');
		await press(page.locator('article .when').first());
		await page.locator('[data-post-view]').waitFor();
		await page.waitForLoadState('networkidle');
		await picture(page, `post-over-${look.width}`);
		found.push(...(await faults()));
		await page.reload();
		await page.locator('[data-post-view]').waitFor();
		await page.waitForLoadState('networkidle');
		await picture(page, `post-page-${look.width}`);
		found.push(...(await faults()), ...complaints);
		expect(await overflow(page)).toBe(0);
	}
	expect(found).toEqual([]);
});

test('menus and questions are whole while they are open', async () => {
	await using there = await visit({ width: 820, height: 1180 });
	const { page, go, faults } = there;
	await go('/?feed=local');
	await press(page.locator('[data-key=menu]').first());
	await page.getByRole('menuitem').first().waitFor();
	await picture(page, 'menu');
	expect(await faults()).toEqual([]);
	await page.keyboard.press('Escape');
	await page.keyboard.press('?');
	await page.getByRole('dialog').waitFor();
	await picture(page, 'keys');
	expect(await faults()).toEqual([]);
});

test('visitors see the same without an account', async () => {
	await using there = await visit({ signedIn: false, dark: true });
	const { page, complaints, go, faults } = there;
	for (const path of ['/', '/explore', '/@ines', '/tags/sea', '/notifications']) {
		await go(path);
		expect(await faults(), path).toEqual([]);
	}
	await picture(page, 'visitor');
	expect(complaints).toEqual([]);
});
