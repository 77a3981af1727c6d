// Writing a post: pictures that are changed before they are sent, and ones that are not; a draft that outlives the page.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { drawnFiles } from './drawn.ts';
import { base, end, picture, visit, type Visit } from './visit.ts';

afterAll(end);

interface Sent {
	hash: string;
	type: string;
	width: number;
	height: number;
}

/** Notes each file that leaves the page, which the browser tells no test. */
async function listen(page: Page): Promise<() => Promise<Sent[]>> {
	await page.addInitScript(() => {
		const seen = ((globalThis as unknown as { sent: Promise<unknown>[] }).sent = [] as Promise<unknown>[]);
		const look = async (file: File) => {
			const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
			const { width, height } = await createImageBitmap(file);
			return { type: file.type, width, height, hash: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
		};
		const { send } = XMLHttpRequest.prototype;
		XMLHttpRequest.prototype.send = function (body) {
			const file = body instanceof FormData ? body.get('file') : null;
			if (file instanceof File) seen.push(look(file));
			send.call(this, body);
		};
	});
	return () => page.evaluate(() => Promise.all((globalThis as unknown as { sent: Promise<Sent>[] }).sent));
}

async function compose({ page, go }: Visit, ...sizes: [number, number][]): Promise<string[]> {
	await go('/compose');
	const files = await drawnFiles(page, ...sizes);
	await page.setInputFiles('input[type=file]', files);
	return files;
}

/** Whatever was posted or kept before does not matter to the next test. */
async function discard(page: Page): Promise<void> {
	const button = page.getByRole('button', { name: 'Discard' });
	if ((await button.count()) === 0) return;
	await button.click();
	await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
	await button.waitFor({ state: 'detached' });
}

async function sent(page: Page): Promise<void> {
	await page.locator('progress').waitFor({ state: 'attached', timeout: 1_000 }).catch(() => undefined);
	await expect.poll(() => page.locator('progress').count(), { timeout: 90_000 }).toBe(0);
}

async function newest(page: Page): Promise<{ media_attachments: { description: string; meta: { original: { width: number; height: number }; focus: { x: number; y: number } } }[] }> {
	return page.evaluate(() => fetch('/api/v1/timelines/home?limit=1').then((answer) => answer.json())).then(([post]) => post);
}

async function post(page: Page): Promise<void> {
	const button = page.getByRole('button', { name: 'Post', exact: true });
	await expect.poll(() => button.isEnabled(), { timeout: 90_000 }).toBe(true);
	await button.click();
	const anyway = page.getByRole('button', { name: 'Post anyway' });
	// The server may still be making what is shown of it.
	const there = page.waitForURL(`${base}/`, { timeout: 90_000 });
	await Promise.race([anyway.click().catch(() => undefined), there]);
	await there;
}

test('a photo that nobody changes is sent to the last byte as it is', async () => {
	await using there = await visit({ width: 820, height: 1180 });
	const sentFiles = await listen(there.page);
	const [file] = await compose(there, [1_000, 700]);
	await sent(there.page);
	const [only] = await sentFiles();
	expect(only?.hash).toBe(createHash('sha256').update(readFileSync(file!)).digest('hex'));
	// Looked at in the editor and left as it is, it is not sent again.
	await there.page.getByRole('button', { name: /Edit photo .1/ }).click();
	await there.page.locator('dialog canvas').first().waitFor();
	await there.page.getByRole('button', { name: 'Done' }).click();
	await sent(there.page);
	expect(await sentFiles()).toHaveLength(1);
	await discard(there.page);
});

test('a photo is cropped, turned, given a look and light by keyboard alone, and posted so', async () => {
	await using there = await visit();
	const { page, complaints, faults } = there;
	const sentFiles = await listen(page);
	await compose(there, [1_200, 800]);
	await sent(page);
	await page.getByRole('button', { name: /Edit photo .1/ }).focus();
	await page.keyboard.press('Enter');
	await page.locator('dialog canvas').first().waitFor();
	await page.getByRole('radio', { name: 'Looks', exact: true }).focus();
	await page.keyboard.press('ArrowLeft');
	await page.getByRole('radio', { name: 'Free', exact: true }).focus();
	for (let step = 0; step < 2; step += 1) await page.keyboard.press('ArrowRight');
	expect(await page.getByRole('radio', { name: '1:1', exact: true }).isChecked()).toBe(true);
	const size = page.locator('#crop-size');
	await expect.poll(() => size.textContent()).toMatch(/800.*800/);
	const corner = page.getByRole('button', { name: 'Lower right corner' });
	await corner.focus();
	for (let step = 0; step < 10; step += 1) await page.keyboard.press('Shift+ArrowLeft');
	await picture(page, 'edit-crop');
	expect(await faults()).toEqual([]);
	await page.getByRole('button', { name: 'Turn right' }).press('Enter');
	await page.getByRole('radio', { name: 'Crop', exact: true }).focus();
	await page.keyboard.press('ArrowRight');
	await page.getByRole('radio', { name: 'Original', exact: true }).focus();
	await page.keyboard.press('ArrowRight');
	await page.getByRole('slider', { name: 'Strength' }).press('ArrowLeft');
	await picture(page, 'edit-looks');
	expect(await faults()).toEqual([]);
	await page.getByRole('radio', { name: 'Looks', exact: true }).focus();
	await page.keyboard.press('ArrowRight');
	await page.getByRole('slider', { name: 'Exposure' }).press('PageUp');
	await picture(page, 'edit-light');
	expect(await faults()).toEqual([]);
	await page.keyboard.press('Control+z');
	expect(await page.getByRole('slider', { name: 'Exposure' }).inputValue()).toBe('0');
	await page.keyboard.press('Control+Shift+z');
	const words = await size.count();
	expect(words).toBe(0);
	await page.getByRole('button', { name: 'Done' }).press('Enter');
	await sent(page);
	expect(await page.getByText('Edited', { exact: true }).count()).toBe(1);
	const all = await sentFiles();
	expect(all.length).toBe(2);
	expect(all[1]?.type).toBe('image/jpeg');
	await page.getByRole('textbox', { name: /Description of photo/ }).fill('A shore, square');
	await post(page);
	const [photo] = (await newest(page)).media_attachments;
	const { width, height } = photo!.meta.original;
	expect(width).toBe(height);
	expect(width).toBeLessThan(400);
	expect(complaints).toEqual([]);
});

test('a photo of 24 megapixels is developed whole, in tiles, and without the worker the same', async () => {
	await using there = await visit();
	const { page } = there;
	const sentFiles = await listen(page);
	await page.route('**/api/v2/media', (route) => route.fulfill({ json: { id: '1', type: 'image', url: '/assets/avatar.png', preview_url: null, description: null, blurhash: null, meta: null } }));
	await compose(there, [6_000, 4_000]);
	for (const [look, times] of [['Slate', 2], ['Amber', 3]] as const) {
		await page.getByRole('button', { name: /Edit photo .1/ }).click();
		await page.locator('dialog canvas').first().waitFor();
		await page.getByRole('dialog').getByText(look, { exact: true }).click();
		await page.getByRole('button', { name: 'Done' }).click();
		await expect.poll(async () => (await sentFiles()).length, { timeout: 60_000 }).toBe(times);
		const { width, height } = (await sentFiles()).at(-1)!;
		expect([width, height]).toEqual([6_000, 4_000]);
		// Where there is no canvas in a worker, the page itself draws.
		await page.evaluate(() => Reflect.deleteProperty(globalThis, 'OffscreenCanvas'));
	}
	await discard(page);
});

test('photos change places by hand as well', async () => {
	await using there = await visit();
	const { page } = there;
	await compose(there, [400, 300], [300, 400]);
	const words = page.getByRole('textbox', { name: /Description of photo/ });
	await words.nth(0).fill('first');
	await page.locator('li .thumb').nth(1).dragTo(page.locator('li .thumb').nth(0));
	await expect.poll(() => words.nth(1).inputValue()).toBe('first');
	await discard(page);
});

test('the point that stays in view is set by keyboard and kept by the server', async () => {
	await using there = await visit({ width: 360, height: 780, dark: true });
	const { page, faults } = there;
	await compose(there, [700, 1_500]);
	await page.getByRole('button', { name: /Focus point of photo .1/ }).click();
	await page.getByRole('button', { name: /^Focus point: / }).focus();
	for (const key of ['ArrowRight', 'ArrowUp', 'ArrowUp']) await page.keyboard.press(`Shift+${key}`);
	await picture(page, 'focus');
	expect(await faults()).toEqual([]);
	await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
	await page.getByRole('textbox', { name: /Description of photo/ }).fill('A tall shore');
	await post(page);
	const [photo] = (await newest(page)).media_attachments;
	expect(photo?.description).toBe('A tall shore');
	expect(photo?.meta.focus.x).toBeCloseTo(0.2, 2);
	expect(photo?.meta.focus.y).toBeCloseTo(0.4, 2);
});

test('a draft outlives the page: its words, its photos, their order and what was done to them', async () => {
	await using there = await visit();
	const { page, go } = there;
	await compose(there, [900, 600], [600, 900]);
	await sent(page);
	await page.getByRole('textbox', { name: /Description of photo .1/ }).fill('the wide one');
	await page.getByRole('button', { name: /Move photo .2. forward/ }).click();
	await page.getByRole('textbox', { name: /Caption/ }).fill('Not yet.');
	await page.getByRole('button', { name: /Edit photo .1/ }).click();
	await page.locator('dialog canvas').first().waitFor();
	await page.getByRole('dialog').getByText('Slate', { exact: true }).click();
	await page.getByRole('button', { name: 'Done' }).click();
	await page.getByText('Edited', { exact: true }).waitFor();
	await sent(page);
	await page.getByRole('link', { name: 'Explore' }).first().click();
	await page.waitForURL('**/explore');
	await go('/compose');
	const words = page.getByRole('textbox', { name: /Description of photo/ });
	await expect.poll(() => words.count()).toBe(2);
	expect(await words.nth(1).inputValue()).toBe('the wide one');
	expect(await page.getByRole('textbox', { name: /Caption/ }).inputValue()).toBe('Not yet.');
	expect(await page.locator('li').filter({ hasText: 'Edited' }).count()).toBe(1);
	await discard(page);
	await go('/compose');
	expect(await words.count()).toBe(0);
});

test('sending is stopped and begun again, one photo at a time', async () => {
	await using there = await visit();
	const { page, go } = there;
	let answer = () => {};
	const held = new Promise<void>((resolve) => (answer = resolve));
	await page.route('**/api/v2/media', async (route) => {
		await held;
		await route.continue().catch(() => undefined);
	});
	await go('/compose');
	await page.setInputFiles('input[type=file]', await drawnFiles(page, [300, 200]));
	await page.getByRole('button', { name: /Stop sending photo .1/ }).click();
	await page.getByRole('alert').getByText('Not sent.').waitFor();
	answer();
	await page.getByRole('button', { name: /Send photo .1. again/ }).click();
	const post = page.getByRole('textbox', { name: /Caption/ });
	await post.fill('x');
	await expect.poll(() => page.getByRole('button', { name: 'Post', exact: true }).isEnabled(), { timeout: 60_000 }).toBe(true);
	await discard(page);
});

test('a post is sent off as soon as its photo is up, and waits by itself for what the server makes of it', async () => {
	await using there = await visit();
	const { page, complaints } = there;
	let isMade = false;
	await page.route('**/api/v1/media/*', async (route) => {
		if (isMade || route.request().method() !== 'GET') return route.fallback();
		const response = await route.fetch();
		await route.fulfill({ status: 206, json: { ...(await response.json()), url: null } });
	});
	const sent: string[] = [];
	page.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname));
	await compose(there, [500, 400]);
	await page.getByText('Being made ready').waitFor();
	await page.getByRole('textbox', { name: /Description of photo/ }).fill('A shore, soon');
	await page.getByRole('button', { name: 'Post', exact: true }).click();
	const asked = page.waitForResponse(/\/api\/v1\/media\//);
	await page.getByRole('button', { name: 'Posting…' }).waitFor();
	await asked;
	expect(sent).not.toContain('/api/v1/statuses');
	isMade = true;
	await page.waitForURL(`${base}/`, { timeout: 60_000 });
	expect((await newest(page)).media_attachments[0]?.description).toBe('A shore, soon');
	expect(complaints).toEqual([]);
});

test('a post is planned for later, given another time, and taken back', async () => {
	await using there = await visit({ width: 360, height: 780 });
	const { page, go, faults } = there;
	await go('/compose');
	await page.getByRole('textbox', { name: /Caption/ }).fill('For tomorrow.');
	await page.getByText('Post later').click();
	expect(await faults()).toEqual([]);
	await page.getByRole('button', { name: 'Schedule' }).click();
	await page.waitForURL('**/scheduled');
	const planned = page.locator('article').filter({ hasText: 'For tomorrow.' });
	await planned.waitFor();
	await picture(page, 'scheduled');
	expect(await faults()).toEqual([]);
	const before = await planned.locator('time').getAttribute('datetime');
	await planned.getByRole('button', { name: 'Change the time' }).click();
	const field = planned.getByLabel('When');
	await field.fill(`${Number((await field.inputValue()).slice(0, 4)) + 1}${(await field.inputValue()).slice(4)}`);
	await planned.getByRole('button', { name: 'Set the time' }).click();
	await expect.poll(() => planned.locator('time').getAttribute('datetime')).not.toBe(before);
	await planned.getByRole('button', { name: 'Delete' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
	await planned.waitFor({ state: 'detached' });
});
