// Somebody elsewhere whom nobody here follows: what they posted is fetched while one looks, and one is told so.

import { afterAll, expect, test } from 'vitest';
import { end, person, visit } from './visit.ts';

afterAll(end);

interface Shape {
	id: string;
	acct: string;
}

test('a page of somebody elsewhere says that posts are on their way, and shows them as they come', async () => {
	const ines = await person('ines');
	const here = await ines.ask<Shape>('GET', '/api/v1/accounts/verify_credentials');
	const posts = await ines.ask<Shape[]>('GET', `/api/v1/accounts/${here.id}/statuses?only_media=true&limit=3`);
	const far = { ...here, acct: 'ines@far.example', statuses_count: 0 };
	await using there = await visit();
	const { page, go, complaints, faults } = there;
	let looks = 0;
	await page.route('**/api/v1/accounts/lookup**', (route) => route.fulfill({ json: { ...far, statuses_count: looks > 2 ? 3 : 0 } }));
	await page.route(`**/api/v1/accounts/${here.id}/statuses**`, (route) => route.fulfill({ json: looks > 2 && !route.request().url().includes('pinned') ? posts : [] }));
	await page.route('**/api/v1_alpha/async_refreshes/*', (route) => {
		looks += 1;
		const status = looks > 2 ? 'finished' : 'running';
		return route.fulfill({ json: { async_refresh: { id: here.id, status, result_count: looks > 2 ? 3 : 0 } } });
	});
	await page.route('**/api/v2/search**', (route) => route.fulfill({ json: { accounts: [far], statuses: [], hashtags: [] } }));
	await go('/search?q=ines&type=accounts');
	await page.locator('main a[href="/@ines@far.example"]').first().click();
	await page.getByRole('status').getByText('Fetching recent posts from').waitFor();
	expect(await page.getByText('Nothing posted yet.').count()).toBe(0);
	expect(await faults()).toEqual([]);
	await page.locator('main a[href*="/@"] img').first().waitFor();
	await page.getByText('Fetching recent posts from').waitFor({ state: 'detached' });
	expect(looks).toBe(3);
	expect(complaints).toEqual([]);
});
