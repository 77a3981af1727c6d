// Lists, filters, followed tags and waiting senders: made, changed and given up by whoever they belong to.

import { afterAll, expect, test } from 'vitest';
import { end, person, picture, press, visit } from './visit.ts';

afterAll(end);

interface Entity {
	id: string;
}

test('a list is made, filled by searching, read as a tab of home, renamed and deleted', async () => {
	await using there = await visit();
	const { page, go, complaints, faults } = there;
	await go('/lists');
	await page.getByText('A list gathers people').waitFor();
	await page.getByRole('textbox', { name: 'Name' }).fill('The coast');
	await page.getByRole('button', { name: 'Make list' }).click();
	await page.waitForURL(/\/lists\/\d+/);
	await page.getByText('Nobody is in this list yet.').waitFor();
	await page.getByRole('searchbox', { name: 'Find people you follow' }).fill('ines');
	await page.getByRole('button', { name: /^Add/ }).click();
	await page.getByRole('button', { name: /^Remove/ }).waitFor();
	await picture(page, 'list-people');
	expect(await faults()).toEqual([]);
	await page.getByRole('link', { name: 'Open feed' }).click();
	await page.locator('article').first().waitFor();
	await picture(page, 'list-feed');
	expect(await page.getByRole('navigation', { name: 'Feeds' }).getByRole('link', { name: 'The coast' }).getAttribute('aria-current')).toBe('page');
	for (const by of await page.locator('article .who a').allTextContents()) expect(by).toContain('Inês');
	await page.goBack();
	await page.getByRole('textbox', { name: 'Name' }).fill('Coast');
	await page.getByRole('combobox', { name: 'Show replies' }).selectOption('none');
	await page.getByRole('switch', { name: /Not in home/ }).check();
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await page.getByText('Saved', { exact: true }).last().waitFor();
	const [list] = await (await person('demo')).ask<{ title: string; replies_policy: string; exclusive: boolean }[]>('GET', '/api/v1/lists');
	expect(list).toMatchObject({ title: 'Coast', replies_policy: 'none', exclusive: true });
	await page.getByRole('button', { name: /^Remove/ }).click();
	await page.getByText('Nobody is in this list yet.').waitFor();
	await page.getByRole('button', { name: 'Delete list' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
	await page.waitForURL(/\/lists$/);
	await page.getByText('A list gathers people').waitFor();
	expect(complaints).toEqual([]);
});

test('a filter is written by keyboard, its posts stand behind its name, and all of it can be undone', async () => {
	await using there = await visit();
	const { page, go, faults } = there;
	const post = await (await person('ines')).ask<Entity>('POST', '/api/v1/statuses', { status: 'A seldomword on the beach' });
	await go('/settings/filters');
	await page.getByRole('link', { name: 'New filter' }).click();
	await page.getByRole('textbox', { name: 'Name' }).waitFor();
	await page.getByRole('button', { name: 'Save' }).focus();
	await page.keyboard.press('Enter');
	await page.getByText('Give it a name').waitFor();
	expect(await faults()).toEqual([]);
	await page.getByRole('textbox', { name: 'Name' }).focus();
	await page.keyboard.type('Rare things');
	await page.keyboard.press('Tab');
	await page.keyboard.type('seldomword');
	await picture(page, 'filter-form');
	await page.getByRole('checkbox', { name: 'Posts that are open' }).check();
	await page.getByRole('button', { name: 'Save' }).focus();
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/settings\/filters$/);
	const entry = page.getByRole('link', { name: /Rare things/ });
	await entry.waitFor();
	await picture(page, 'filters');
	await go('/');
	const article = page.locator(`article[data-post="${post.id}"]`);
	await article.getByText(/Filtered: .*Rare things/).waitFor();
	expect(await article.getByText('on the beach').count()).toBe(0);
	await picture(page, 'filtered');
	expect(await faults()).toEqual([]);
	await press(article.getByRole('button', { name: 'Show anyway' }));
	await article.getByText('on the beach').waitFor();
	await go(`/@ines/${post.id}`);
	await page.getByRole('button', { name: 'Show anyway' }).click();
	await page.getByText('on the beach').waitFor();
	await go('/settings/filters');
	await entry.click();
	await page.getByRole('radio', { name: /^Hide/ }).check();
	await page.getByRole('button', { name: 'Save' }).click();
	await page.waitForURL(/\/settings\/filters$/);
	await go('/');
	await page.locator('article').first().waitFor();
	expect(await article.count()).toBe(0);
	await go('/settings/filters');
	await entry.click();
	await page.getByRole('button', { name: 'Delete filter' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
	await page.getByText('A filter keeps posts').waitFor();
	await (await person('ines')).ask('DELETE', `/api/v1/statuses/${post.id}`);
});

test('a filter that blurs covers the photos alone', async () => {
	const demo = await person('demo');
	// Nobody's own posts are behind a filter of theirs.
	const posts = await demo.ask<{ account: { username: string }; tags: { name: string }[] }[]>('GET', '/api/v1/timelines/public?local=true&only_media=true&limit=40');
	const tag = posts.find(({ account, tags }) => account.username !== 'demo' && tags.length > 0)!.tags[0]!.name;
	const filter = await demo.ask<Entity>('POST', '/api/v2/filters', { title: 'Not today', context: ['public'], filter_action: 'blur', keywords_attributes: [{ keyword: tag, whole_word: false }] });
	await using there = await visit();
	const { page, go, faults } = there;
	await go('/?feed=local');
	const article = page.locator('article').filter({ hasText: 'Not today' }).first();
	// It may be further down than what is drawn.
	await expect.poll(async () => (await page.mouse.wheel(0, 800), article.count()), { timeout: 20_000 }).toBeGreaterThan(0);
	await article.getByRole('button', { name: 'Show' }).waitFor();
	await picture(page, 'filter-blur');
	expect(await faults()).toEqual([]);
	await demo.ask('DELETE', `/api/v2/filters/${filter.id}`);
	// It is told of, and the list is read again.
	await page.getByText('Not today').first().waitFor({ state: 'detached' });
});

test('a tag is followed on its page and given up in the list of them', async () => {
	await using there = await visit();
	const { page, go, faults } = there;
	await go('/tags/sea');
	const button = page.getByRole('button', { name: /Follow.* #sea/ });
	await button.click();
	await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true');
	await page.waitForLoadState('networkidle');
	await go('/followed_tags');
	await page.getByRole('link', { name: /#sea/ }).waitFor();
	await picture(page, 'followed-tags');
	expect(await faults()).toEqual([]);
	await page.getByRole('button', { name: /Unfollow/ }).click();
	await page.getByText('Follow a tag, and what is posted').waitFor();
});

test('what strangers cause waits apart until it is let in', async () => {
	const [demo, ines] = [await person('demo'), await person('ines')];
	const account = await ines.ask<Entity>('GET', '/api/v1/accounts/verify_credentials');
	await using there = await visit();
	const { page, go, faults, complaints } = there;
	await go('/settings/notifications');
	await page.getByRole('combobox', { name: 'People you do not follow' }).selectOption('filter');
	await page.getByText('Saved').first().waitFor();
	await picture(page, 'policy');
	expect(await faults()).toEqual([]);
	await demo.ask('POST', `/api/v1/accounts/${account.id}/unfollow`);
	const said = await ines.ask<Entity>('POST', '/api/v1/statuses', { status: '@demo you do not know me' });
	await expect.poll(async () => (await demo.ask<unknown[]>('GET', '/api/v1/notifications/requests')).length).toBe(1);
	await go('/notifications');
	await page.getByRole('link', { name: /1 sender waits/ }).click();
	await page.getByText('you do not know me').waitFor();
	await picture(page, 'senders');
	expect(await faults()).toEqual([]);
	await page.getByRole('link', { name: /1 notification/ }).click();
	await page.locator('.row').filter({ hasText: 'you do not know me' }).waitFor();
	await picture(page, 'sender');
	expect(await faults()).toEqual([]);
	await page.getByRole('button', { name: 'Accept' }).click();
	await page.getByText('Nobody is waiting.').waitFor();
	await expect.poll(async () => (await demo.ask<{ merged: boolean }>('GET', '/api/v1/notifications/requests/merged')).merged).toBe(true);
	await go('/notifications');
	await page.getByText('you do not know me').waitFor();
	await demo.ask('PATCH', '/api/v2/notifications/policy', { for_not_following: 'accept' });
	await demo.ask('POST', `/api/v1/accounts/${account.id}/follow`);
	await ines.ask('DELETE', `/api/v1/statuses/${said.id}`);
	expect(complaints).toEqual([]);
});
