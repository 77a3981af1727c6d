// The app on a home screen: it opens without a network, takes what is shared, offers its next version, and keeps nothing of
// whoever went.

import { afterAll, expect, inject, test } from 'vitest';
import { drawn } from './drawn.ts';
import { base, end, picture, visit, type Visit } from './visit.ts';

afterAll(end);

/** Waits until the service worker has what it needs, and knows who is here. */
async function settled({ page, go }: Visit): Promise<void> {
	await go('/');
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
	await expect.poll(() => kept({ page }), { timeout: 10_000 }).not.toEqual([]);
}

/** The answers that are kept in this browser. */
function kept({ page }: Pick<Visit, 'page'>): Promise<string[]> {
	return page.evaluate(async () => {
		const own = (await caches.keys()).filter((name) => name.startsWith('own-'));
		const requests = await Promise.all(own.map(async (name) => (await caches.open(name)).keys()));
		return requests.flat().map(({ url }) => new URL(url).pathname);
	});
}

test('the manifest names the server, and icons that are there in the sizes they claim', async () => {
	const answer = await fetch(`${base}/manifest.webmanifest`);
	expect(answer.headers.get('content-type')).toContain('application/manifest+json');
	const manifest = await answer.json();
	expect(manifest.display).toBe('standalone');
	expect(manifest.share_target.params.files[0].name).toBe('photos');
	const { configuration } = await (await fetch(`${base}/api/v2/instance`)).json();
	const films = configuration.media_attachments.supported_mime_types.filter((type: string) => type.startsWith('video/'));
	expect(manifest.share_target.params.files[0].accept).toEqual(expect.arrayContaining(['image/*', ...films]));
	for (const { src, sizes } of manifest.icons) {
		const icon = Buffer.from(await (await fetch(base + src)).arrayBuffer());
		expect(`${icon.readUInt32BE(16)}x${icon.readUInt32BE(20)}`, src).toBe(sizes);
	}
	const page = await (await fetch(`${base}/`, { headers: { accept: 'text/html' } })).text();
	expect(page).toContain('rel="manifest"');
});

test('workers run under a policy of their own, without anything unsafe', async () => {
	const worker = await fetch(`${base}/service-worker.js`);
	expect(worker.headers.get('content-security-policy')).toBe("default-src 'none'; script-src 'self'; connect-src 'self'");
	expect(worker.headers.get('cache-control')).toContain('no-cache');
	const shell = await fetch(`${base}/_app/shell`);
	expect(await shell.text()).toContain('id="first"></script>');
	expect(shell.headers.get('content-security-policy')).not.toContain('unsafe');
});

test('without a network the app opens with what its owner saw last, and a post can be begun', async () => {
	await using there = await visit({ worker: true, width: 360, height: 780 });
	const { page } = there;
	await settled(there);
	await page.context().setOffline(true);
	await page.goto(`${base}/`);
	await page.locator('article').first().waitFor();
	await page.getByText('You are offline. What you see').waitFor();
	await picture(page, 'offline-opened');
	await page.goto(`${base}/compose`);
	await page.setInputFiles('input[type=file]', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await drawn(page, 600, 400) });
	await page.getByRole('alert').getByText('The connection was lost').waitFor();
	await page.getByRole('textbox', { name: /Caption/ }).fill('From the train.');
	await page.getByRole('link', { name: 'Explore' }).first().click();
	await page.waitForURL(`${base}/explore`);
	await page.goto(`${base}/compose`);
	await expect.poll(() => page.getByRole('textbox', { name: /Caption/ }).inputValue()).toBe('From the train.');
	expect(await page.getByRole('textbox', { name: /Description of photo/ }).count()).toBe(1);
	// Back again, it is sent by itself.
	await page.context().setOffline(false);
	const button = page.getByRole('button', { name: 'Post', exact: true });
	await expect.poll(() => button.isEnabled(), { timeout: 60_000 }).toBe(true);
	await page.getByRole('button', { name: 'Discard' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
});

test('whoever signs out leaves neither answers nor drafts behind', async () => {
	// The session of the other tests must not end with this one.
	await using there = await visit({ worker: true, signedIn: false });
	const { page } = there;
	await page.goto(`${base}/auth/sign_in`);
	await page.fill('input[name="user[email]"]', 'demo');
	await page.fill('input[name="user[password]"]', inject('password'));
	await page.click('main button[type=submit]');
	await page.waitForURL(`${base}/`);
	await settled(there);
	expect(await kept(there)).toContain('/api/v1/accounts/verify_credentials');
	await page.goto(`${base}/compose`);
	await page.getByRole('textbox', { name: /Caption/ }).fill('Mine.');
	await page.getByRole('link', { name: 'Explore' }).first().click();
	await page.goto(`${base}/auth/sign_out`);
	await page.locator('main form button[type=submit]').first().click();
	await page.getByText('To the front page').waitFor();
	await expect.poll(() => kept(there)).toEqual([]);
	expect(await page.evaluate(() => indexedDB.databases().then((all) => all.map(({ name }) => name)))).toEqual([]);
	await page.goto(`${base}/`);
	await page.context().setOffline(true);
	await page.goto(`${base}/compose`);
	await page.getByText('Please sign in').waitFor();
});

test('a photo that another app shares opens in a new post', async () => {
	await using there = await visit({ worker: true });
	const { page } = there;
	await settled(there);
	const photo = (await drawn(page, 500, 300)).toString('base64');
	await page.evaluate((data) => {
		const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
		const files = new DataTransfer();
		files.items.add(new File([bytes], 'shared.jpg', { type: 'image/jpeg' }));
		const form = Object.assign(document.createElement('form'), { method: 'post', enctype: 'multipart/form-data', action: '/compose' });
		const field = Object.assign(document.createElement('input'), { type: 'file', name: 'photos', files: files.files });
		const text = Object.assign(document.createElement('input'), { name: 'text', value: 'Shared with you' });
		form.append(field, text);
		document.body.append(form);
		form.submit();
	}, photo);
	await page.waitForURL('**/compose');
	await page.getByRole('textbox', { name: /Description of photo .1/ }).waitFor();
	expect(await page.getByRole('textbox', { name: /Caption/ }).inputValue()).toBe('Shared with you');
});

test('a new version is offered by a message, and comes with the next screen', async () => {
	await using there = await visit({ worker: true });
	const { page, faults } = there;
	await settled(there);
	// The same worker under another name is another version to the browser.
	await page.evaluate(() => navigator.serviceWorker.register('/service-worker.js?next', { type: 'module' }).then(() => undefined));
	await page.getByText('A new version is ready.').waitFor();
	await picture(page, 'new-version');
	expect(await faults()).toEqual([]);
	await page.evaluate(() => ((globalThis as unknown as { before: boolean }).before = true));
	await page.getByRole('link', { name: 'Explore' }).first().click();
	await page.waitForURL('**/explore');
	await expect.poll(() => page.evaluate(() => (globalThis as unknown as { before?: boolean }).before)).toBeUndefined();
});
