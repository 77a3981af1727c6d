// What others may have beside a photo: its file as it was uploaded, and with what it was taken.

import { afterAll, expect, test } from 'vitest';
import { drawn, taken } from './drawn.ts';
import { base, end, person, picture, visit } from './visit.ts';

afterAll(end);

interface Post {
	id: string;
	media_attachments: { original_file: { url: string; width: number } | null; camera: { model: string } | null }[];
}

test('camera and original are offered, seen by keyboard over the whole screen, and taken back', async () => {
	const ines = await person('ines');
	await using there = await visit();
	const { page, go, faults, complaints } = there;
	await go('/compose');
	await page.setInputFiles('input[type=file]', { name: 'shore.jpg', mimeType: 'image/jpeg', buffer: taken(await drawn(page, 2_600, 1_700)) });
	await page.getByRole('textbox', { name: /Description of photo/ }).fill('A shore in the evening');
	await page.getByRole('textbox', { name: /Caption/ }).fill('With the old lens.');
	await page.getByRole('switch', { name: /download the originals/ }).check();
	const film = page.getByRole('textbox', { name: 'Film', exact: true });
	expect(await film.count()).toBe(0);
	await page.getByRole('switch', { name: /camera details/ }).check();
	await film.fill('Ilford HP5 Plus');
	await page.getByRole('textbox', { name: 'Scanned with' }).fill('Plustek 8100');
	await picture(page, 'sharing-compose');
	expect(await faults()).toEqual([]);
	const send = page.getByRole('button', { name: 'Post', exact: true });
	await expect.poll(() => send.isEnabled(), { timeout: 90_000 }).toBe(true);
	await send.click();
	await page.waitForURL(`${base}/`);
	const article = page.locator('article').filter({ hasText: 'With the old lens.' });
	await article.getByText('X-T5 · 35 mm · f/2 · 1/250 s · ISO 400').waitFor();
	await picture(page, 'sharing-feed');
	expect(await faults()).toEqual([]);
	const id = (await article.getAttribute('data-post')) ?? '';
	// What its file says beside the pixels is taken out first.
	await expect.poll(async () => (await ines.ask<Post>('GET', `/api/v1/statuses/${id}`)).media_attachments[0]?.original_file, { timeout: 60_000 }).toBeTruthy();
	await go(`/@demo/${id}`);
	await page.getByText('XF35mm F1.4 R').waitFor();
	await page.getByRole('button', { name: /Full screen/ }).focus();
	await page.keyboard.press('Enter');
	const button = page.getByRole('button', { name: 'About this photo' });
	await button.waitFor();
	await page.keyboard.press('i');
	const panel = page.getByRole('group', { name: 'About this photo' });
	await panel.getByText('A shore in the evening').waitFor();
	expect(await panel.textContent()).toMatch(/Fujifilm X-T5.*XF35mm F1\.4 R.*Ilford HP5 Plus · Plustek 8100.*f\/2.*2026.*Download the original.*2,600.*1,700/s);
	expect(await button.getAttribute('aria-expanded')).toBe('true');
	await page.waitForTimeout(400);
	await picture(page, 'sharing-viewer');
	expect(await faults()).toEqual([]);
	const seen = await ines.ask<Post>('GET', `/api/v1/statuses/${id}`);
	const [media] = seen.media_attachments;
	expect(await panel.getByRole('link').getAttribute('href')).toBe(media?.original_file?.url);
	// Seen larger than what was sent, it is the original.
	await page.keyboard.press('Escape');
	await panel.waitFor({ state: 'hidden' });
	await page.keyboard.press('z');
	await expect.poll(() => page.locator('.pswp__img').last().getAttribute('src')).toBe(media?.original_file?.url);
	await page.keyboard.press('Escape');
	await button.waitFor({ state: 'detached' });
	await go(`/compose?edit=${id}`);
	await page.getByRole('switch', { name: /download the originals/ }).uncheck();
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await page.waitForURL(new RegExp(`/@demo/${id}`));
	const [after] = (await ines.ask<Post>('GET', `/api/v1/statuses/${id}`)).media_attachments;
	expect(after).toMatchObject({ original_file: null, camera: { model: 'X-T5' } });
	await (await person('demo')).ask('DELETE', `/api/v1/statuses/${id}`);
	expect(complaints).toEqual([]);
});

test('what a new post begins with is chosen once', async () => {
	await using there = await visit({ width: 360, height: 780 });
	const { page, go, faults } = there;
	await go('/settings/posting');
	await page.getByRole('combobox', { name: 'Who may quote it' }).selectOption('nobody');
	await page.getByText('Saved', { exact: true }).last().waitFor();
	await page.getByText('Saved', { exact: true }).last().waitFor({ state: 'hidden' });
	await page.getByRole('switch', { name: /camera details/ }).check();
	await page.getByText('Saved', { exact: true }).last().waitFor();
	await picture(page, 'settings-posting');
	expect(await faults()).toEqual([]);
	await go('/compose');
	expect(await page.getByRole('combobox', { name: 'Who may quote it' }).inputValue()).toBe('nobody');
	await page.setInputFiles('input[type=file]', { name: 'shore.jpg', mimeType: 'image/jpeg', buffer: await drawn(page, 300, 200) });
	expect(await page.getByRole('switch', { name: /camera details/ }).isChecked()).toBe(true);
	expect(await page.getByRole('switch', { name: /download the originals/ }).isChecked()).toBe(false);
	await page.getByRole('button', { name: 'Discard' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
	await (await person('demo')).ask('PATCH', '/api/v1/accounts/update_credentials', { source: { quote_policy: 'public', show_camera: false } });
});
