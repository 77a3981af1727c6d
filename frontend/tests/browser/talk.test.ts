// Messages, polls and earlier versions: what is said between people, and what becomes of it.

import { afterAll, expect, test } from 'vitest';
import { drawnFiles } from './drawn.ts';
import { base, end, person, picture, visit } from './visit.ts';

afterAll(end);

interface Post {
	id: string;
	content: string;
}

test('a message arrives, is answered by keyboard, and is for nobody else', async () => {
	const ines = await person('ines');
	await using there = await visit();
	const { page, go, faults, complaints } = there;
	await go('/messages');
	await page.getByText('No messages yet.').waitFor();
	await page.waitForTimeout(400);
	await ines.ask<Post>('POST', '/api/v1/statuses', { status: '@demo is the ferry running?', visibility: 'direct' });
	const row = page.getByRole('link', { name: /Inês.*is the ferry running/ });
	await row.waitFor();
	expect(await row.textContent()).toContain('unread');
	await expect.poll(() => page.getByRole('link', { name: /^Messages/ }).first().textContent(), { timeout: 5_000 }).toMatch(/1/);
	await picture(page, 'messages');
	expect(await faults()).toEqual([]);
	await row.click();
	await page.getByRole('log').getByText('is the ferry running?').waitFor();
	expect(await page.getByRole('log').getByText('@demo').count()).toBe(0);
	await expect.poll(() => row.textContent()).not.toContain('unread');
	await page.getByRole('textbox', { name: /Message to/ }).focus();
	await page.keyboard.type('Until nine.');
	await page.keyboard.press('Shift+Enter');
	await page.keyboard.type('Then the bus.');
	await page.keyboard.press('Enter');
	await page.getByRole('log').getByText('Until nine.').waitFor();
	await picture(page, 'message-thread');
	expect(await faults()).toEqual([]);
	const [talk] = await ines.ask<{ last_status: Post & { visibility: string; mentions: { acct: string }[] } }[]>('GET', '/api/v1/conversations');
	expect(talk!.last_status).toMatchObject({ visibility: 'direct', mentions: [{ acct: 'ines' }] });
	await ines.ask('POST', '/api/v1/statuses', { status: '@demo thank you', visibility: 'direct', in_reply_to_id: talk!.last_status.id });
	await page.getByRole('log').getByText('thank you').waitFor();
	await expect.poll(async () => (await (await person('demo')).ask<{ messages: number }>('GET', '/api/tintype/v1/unread')).messages).toBe(0);
	await page.getByRole('button', { name: 'More about this conversation' }).click();
	await page.getByRole('menuitem', { name: 'Delete conversation' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
	await page.getByText('No messages yet.').waitFor();
	expect(complaints).toEqual([]);
});

test('a photo is sent in a message with its description, and is for nobody else', async () => {
	const ines = await person('ines');
	await ines.ask<Post>('POST', '/api/v1/statuses', { status: '@demo show me the pier', visibility: 'direct' });
	await using there = await visit({ width: 360, height: 780, dark: true });
	const { page, go, faults, complaints } = there;
	await go('/messages');
	await page.getByRole('link', { name: /show me the pier/ }).click();
	await page.getByRole('log').getByText('show me the pier').waitFor();
	const [file] = await drawnFiles(page, [900, 600]);
	await page.getByLabel('Add photos').setInputFiles(file!);
	await page.getByRole('textbox', { name: /Description of photo .1/ }).fill('The pier in the evening');
	const send = page.getByRole('button', { name: 'Send message' });
	await expect.poll(() => send.isEnabled(), { timeout: 90_000 }).toBe(true);
	await picture(page, 'message-photo');
	expect(await faults()).toEqual([]);
	await send.click();
	await page.getByRole('log').getByRole('button', { name: /The pier in the evening/ }).waitFor();
	// Only its picture says something: whom it goes to is known.
	expect(await page.getByRole('log').getByText('@ines').count()).toBe(0);
	await page.waitForLoadState('networkidle');
	await picture(page, 'message-photo-sent');
	expect(await faults()).toEqual([]);
	const [talk] = await ines.ask<{ last_status: { id: string; visibility: string; media_attachments: { description: string }[] } }[]>('GET', '/api/v1/conversations');
	expect(talk!.last_status).toMatchObject({ visibility: 'direct', media_attachments: [{ description: 'The pier in the evening' }] });
	await page.getByRole('link', { name: 'All messages' }).click();
	await page.getByRole('link', { name: /1 photo/ }).waitFor();
	expect(complaints).toEqual([]);
});

test('a conversation begins at somebody’s page, and on a phone one goes back to the list', async () => {
	await using there = await visit({ width: 360, height: 780 });
	const { page, go, faults } = there;
	await go('/@tomasz');
	await page.getByRole('link', { name: /Message .*Tomasz/ }).click();
	await page.getByRole('list', { name: 'Recipients' }).getByText('Tomasz').waitFor();
	await picture(page, 'message-new-360');
	expect(await faults()).toEqual([]);
	await page.getByRole('textbox', { name: /Message to/ }).fill('Which lens was that?');
	await page.getByRole('button', { name: 'Send message' }).click();
	await page.waitForURL(/\/messages\/\d+/);
	await page.getByRole('log').getByText('Which lens was that?').waitFor();
	await picture(page, 'message-thread-360');
	expect(await faults()).toEqual([]);
	await page.getByRole('link', { name: 'All messages' }).click();
	await page.getByRole('link', { name: /Which lens/ }).waitFor();
	await picture(page, 'messages-360');
	await go('/messages/new?to=tomasz');
	await page.getByRole('log').getByText('Which lens was that?').waitFor();
	expect(page.url()).not.toContain('new');
});

test('a vote is cast by keyboard, and everybody sees how it stands', async () => {
	const ines = await person('ines');
	const post = await ines.ask<Post>('POST', '/api/v1/statuses', { status: 'Which one do I print?', poll: { options: ['The mist', 'The boats', 'A long option that has to wrap on a narrow screen'], expires_in: 7_200 } });
	await using there = await visit({ width: 360, height: 780 });
	const { page, go, faults, complaints } = there;
	await go('/');
	const article = page.locator(`article[data-post="${post.id}"]`);
	await article.getByRole('radio', { name: 'The mist' }).waitFor();
	await picture(page, 'poll');
	expect(await faults()).toEqual([]);
	await article.getByRole('radio', { name: 'The mist' }).focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await article.getByRole('img', { name: 'your choice' }).waitFor();
	expect(await article.getByRole('listitem').filter({ hasText: 'The boats' }).textContent()).toContain('100');
	// What is put into a sentence stands between marks of direction.
	expect(await article.getByText(/ends \u2068?in/).count()).toBe(1);
	await picture(page, 'poll-results');
	expect(await faults()).toEqual([]);
	await ines.ask('DELETE', `/api/v1/statuses/${post.id}`);
	expect(complaints).toEqual([]);
});

test('what a post said before is told word by word', async () => {
	const ines = await person('ines');
	const post = await ines.ask<Post>('POST', '/api/v1/statuses', { status: 'The blue boat leaves at nine' });
	await ines.ask('PUT', `/api/v1/statuses/${post.id}`, { status: 'The red boat leaves at nine' });
	await using there = await visit();
	const { page, go, faults } = there;
	await go(`/@ines/${post.id}`);
	await page.getByRole('button', { name: 'edited' }).click();
	const dialog = page.getByRole('dialog', { name: 'Earlier versions' });
	await dialog.locator('ins').waitFor();
	expect(await dialog.locator('del').textContent()).toBe('blue');
	expect(await dialog.locator('ins').textContent()).toBe('red');
	await picture(page, 'history');
	expect(await faults()).toEqual([]);
	await ines.ask('DELETE', `/api/v1/statuses/${post.id}`);
	expect(new URL(page.url()).origin).toBe(base);
});
