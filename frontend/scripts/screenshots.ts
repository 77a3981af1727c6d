// The pictures of the documentation, from the demonstration server. Writes nothing else.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Demonstration, demonstrate } from './demonstration.ts';
import { DESKTOP, launch, PHONE, session } from './browser.ts';

const FOLDER = join(import.meta.dirname, '../../docs/screenshots');
const POSTS = 90;
const LARGEST = 200_000;
const DARK: BrowserContextOptions = { colorScheme: 'dark' };

interface Shot {
	name: string;
	look: BrowserContextOptions;
	path: string;
	before?: (page: Page) => Promise<void>;
}

const SHOTS: Shot[] = [
	{ name: 'home', look: DESKTOP, path: '/' },
	{ name: 'profile', look: { ...DESKTOP, ...DARK }, path: '/@salma?view=rows' },
	{ name: 'post', look: { ...DESKTOP, ...DARK }, path: '/', before: openPost },
	{ name: 'editor', look: { ...DESKTOP, ...DARK }, path: '/compose', before: edit },
	{ name: 'phone-home', look: PHONE, path: '/' },
	{ name: 'phone-explore', look: { ...PHONE, ...DARK }, path: '/explore' }
];

async function openPost(page: Page): Promise<void> {
	await page.locator('article .when').nth(1).click();
	await page.locator('[data-post-view]').waitFor();
}

/** A photo of the demonstration, on its way into a post of one's own. */
async function edit(page: Page): Promise<void> {
	const url = await page.evaluate(async () => {
		const [newest] = await (await fetch('/api/v1/timelines/public?local=true&only_media=true&limit=1')).json();
		return newest.media_attachments[0].url as string;
	});
	const photo = await page.context().request.get(url);
	await page.setInputFiles('input[type=file]', { name: 'photo.jpg', mimeType: photo.headers()['content-type'] ?? 'image/jpeg', buffer: await photo.body() });
	await page.getByRole('button', { name: /Edit photo .1/ }).click();
	await page.getByRole('dialog').getByText('Amber', { exact: true }).click();
	await page.locator('dialog .looks label canvas').last().waitFor();
}

/** As WebP, by the browser itself, and as small as the documentation wants it. */
async function webp(browser: Browser, png: Buffer): Promise<Buffer> {
	const page = await browser.newPage();
	try {
		for (const quality of [0.86, 0.78, 0.7, 0.6, 0.5]) {
			const url = await page.evaluate(
				async ([data, share]) => {
					const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
					const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
					canvas.getContext('2d')!.drawImage(picture, 0, 0);
					return canvas.toDataURL('image/webp', share as number);
				},
				[png.toString('base64'), quality] as const
			);
			const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
			if (bytes.length <= LARGEST) return bytes;
		}
		throw new Error('too large at any quality');
	} finally {
		await page.close();
	}
}

async function take(browser: Browser, server: Demonstration): Promise<void> {
	const storageState = await session(browser, server);
	for (const { name, look, path, before } of SHOTS) {
		const context = await browser.newContext({ ...look, locale: 'en', reducedMotion: 'reduce', serviceWorkers: 'block', storageState });
		const page = await context.newPage();
		await page.goto(server.base + path);
		await page.locator('main h1').first().waitFor({ state: 'attached' });
		await before?.(page);
		await page.waitForLoadState('networkidle');
		await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
		const picture = await webp(browser, await page.screenshot());
		writeFileSync(join(FOLDER, `${name}.webp`), picture);
		console.log(`docs/screenshots/${name}.webp: ${Math.round(picture.length / 1_000)} kB`);
		await context.close();
	}
}

mkdirSync(FOLDER, { recursive: true });
const server = await demonstrate(POSTS);
const browser = await launch();
try {
	await take(browser, server);
} finally {
	await browser.close();
	await server.stop();
}
