// A list while it waits, with nothing in it, when it fails, and without a network.

import { afterAll, expect, test } from 'vitest';
import { end, picture, press, visit, type Visit } from './visit.ts';

afterAll(end);

/** Goes to a screen by way of the app itself: what comes with a page is there at once. */
async function through(there: Visit, path: string): Promise<void> {
	await there.go('/settings');
	await there.page.evaluate((href) => {
		const link = document.createElement('a');
		link.href = href;
		document.body.append(link);
		link.click();
		link.remove();
	}, path);
}

const LISTS: Record<string, string> = {
	'/?feed=local': '**/api/v1/timelines/public*',
	'/notifications': '**/api/v2/notifications?*',
	'/notifications/requests': '**/api/v1/notifications/requests?*',
	'/bookmarks': '**/api/v1/bookmarks*',
	'/blocks': '**/api/v1/blocks*',
	'/messages': '**/api/v1/conversations*',
	'/lists': '**/api/v1/lists',
	'/followed_tags': '**/api/v1/followed_tags*',
	'/settings/filters': '**/api/v2/filters'
};
/** Where an answer without anything in it is no empty list. */
const NOTHING: Record<string, object> = { '/notifications': { accounts: [], statuses: [], notification_groups: [] } };

test.each(Object.entries(LISTS))('%s says that it is loading, and shows what comes', async (path, api) => {
	await using there = await visit({ width: 820, height: 1180 });
	const { page, faults } = there;
	let answer = () => {};
	const asked = new Promise<void>((resolve) => (answer = resolve));
	await page.route(api, async (route) => {
		await asked;
		await route.continue();
	});
	await through(there, path);
	await page.getByText('Loading').first().waitFor({ state: 'attached' });
	await picture(page, `loading${path.replace(/\W/g, '-')}`);
	expect(await faults()).toEqual([]);
	answer();
	await page.getByText('Loading').first().waitFor({ state: 'detached' });
});

test.each(Object.entries(LISTS))('%s says so when there is nothing', async (path, api) => {
	await using there = await visit({ width: 360, height: 780 });
	const { page, complaints, faults } = there;
	await page.route(api, (route) => route.fulfill({ json: NOTHING[path] ?? [] }));
	await through(there, path);
	await page.locator('.empty').waitFor();
	await picture(page, `empty${path.replace(/\W/g, '-')}`);
	expect(await faults()).toEqual([]);
	expect(complaints).toEqual([]);
});

test.each(Object.entries(LISTS))('%s tells a failure in words and tries again when it is asked to', async (path, api) => {
	await using there = await visit({ width: 1440, height: 900, dark: true });
	const { page, faults } = there;
	await page.route(api, (route) => route.fulfill({ status: 503, json: { error: 'busy' } }));
	await through(there, path);
	const trouble = page.getByRole('alert').filter({ hasText: 'Something broke on the server' });
	await trouble.waitFor();
	await picture(page, `error${path.replace(/\W/g, '-')}`);
	expect(await faults()).toEqual([]);
	await page.unroute(api);
	await trouble.getByRole('button', { name: 'Try again' }).click();
	await trouble.waitFor({ state: 'detached' });
});

test('without a network what was loaded stays, and a bar says why nothing comes', async () => {
	await using there = await visit({ width: 360, height: 780 });
	const { page, go, faults } = there;
	await go('/');
	await page.context().setOffline(true);
	await page.getByText('You are offline. What you see').waitFor();
	expect(await page.locator('article').count()).toBeGreaterThan(0);
	await press(page.locator('[data-key=like]').first());
	await page.getByRole('alert').getByText('You are offline.').waitFor();
	await picture(page, 'offline');
	expect(await faults()).toEqual([]);
	await page.context().setOffline(false);
	await page.getByText('You are offline. What you see').waitFor({ state: 'detached' });
});

test('what is not here is said in the frame, with a way on', async () => {
	await using there = await visit();
	const { page } = there;
	await through(there, '/@nobody_of_that_name');
	await page.getByRole('alert').getByText('This is not here').waitFor();
});
