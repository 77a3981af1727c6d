// What the server writes into a page: enough for a first screen without a question, for readers without scripts, and for
// machines that make a card of it. And what all of it weighs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Page } from 'playwright-core';
import { base, end, person, picture, visit, type Look } from './visit.ts';

// Whatever else was posted on this server, two photos stand above it.
const posted: string[] = [];
beforeAll(async () => {
	const ines = await person('ines');
	for (const [status, width, height] of [['The tide is out', 1_200, 800], ['And in again', 900, 1_100]] as const) {
		const photo = await ines.photo(width, height);
		posted.push((await ines.ask<{ id: string }>('POST', '/api/v1/statuses', { status, media_ids: [photo] })).id);
	}
});

afterAll(async () => {
	const ines = await person('ines');
	for (const id of posted) await ines.ask('DELETE', `/api/v1/statuses/${id}`);
	await end();
});

const BUILD = join(import.meta.dirname, '../../build');

/** Too narrow for a third column, which is no part of a first screen: it comes when that is there, and weighs what a test of its own says. */
const FIRST_SCREEN = { width: 1_200 };

test('the first screen asks the API for nothing', async () => {
	for (const [path, signedIn] of [['/', true], ['/', false], ['/explore', false], ['/tags/sea', false]] as const) {
		await using there = await visit({ ...FIRST_SCREEN, signedIn });
		const asked: string[] = [];
		there.page.on('request', (request) => request.url().includes('/api/') && asked.push(new URL(request.url()).pathname));
		await there.go(path);
		expect(asked, path).toEqual([]);
	}
});

test('a list of photos is loaded with the page, with sizes that fit', async () => {
	await using there = await visit({ width: 412, height: 915 });
	await there.go('/');
	const first = there.page.locator('article img').nth(1);
	await first.waitFor();
	const preload = there.page.locator('link[rel=preload][as=image]');
	expect(await preload.getAttribute('fetchpriority')).toBe('high');
	const [set] = ((await preload.getAttribute('imagesrcset')) ?? '').split(' ');
	const sources = await there.page.locator('article').first().locator('source').first().getAttribute('srcset');
	expect(sources).toContain(set);
});

test('nothing moves while a page comes', async () => {
	await using there = await visit();
	await there.page.addInitScript(() => {
		const seen = globalThis as unknown as { moved: number };
		seen.moved = 0;
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) seen.moved += (entry as unknown as { value: number }).value;
		}).observe({ type: 'layout-shift', buffered: true });
	});
	for (const path of ['/', '/explore', '/@ines']) {
		await there.go(path);
		expect(await there.page.evaluate(() => (globalThis as unknown as { moved: number }).moved), path).toBeLessThanOrEqual(0.01);
	}
});

const LOOKS: Look[] = [
	{ width: 360, height: 780, language: 'ar' },
	{ width: 820, height: 1180, dark: true },
	{ width: 1440, height: 900 },
	{ width: 412, height: 823 }
];

test.each(LOOKS)('the first posts are seen before the app is there, and stand where it puts them: $width px', async (look) => {
	await using there = await visit(look);
	const { page, complaints } = there;
	let begin = () => {};
	const begun = new Promise<void>((resolve) => (begin = resolve));
	await page.route('**/_app/**/*.js', async (route) => {
		await begun;
		await route.continue();
	});
	await page.goto(`${base}/`, { waitUntil: 'commit' });
	const first = page.locator('.look-picture img').first();
	await first.waitFor();
	await first.evaluate((image: HTMLImageElement) => image.decode());
	expect(await page.locator('article').count()).toBe(0);
	await picture(page, `look-${look.width}`);
	const before = await placesOf(page, ['.look-picture', '.look-face', '.look-who a', '.look-words']);
	expect(before['.look-picture']?.length).toBeGreaterThan(0);
	begin();
	await page.locator('article').first().waitFor();
	await page.locator('.look').waitFor({ state: 'detached' });
	await page.waitForLoadState('networkidle');
	const after = await placesOf(page, ['article .media', 'article .face img', 'article .who a', 'article .words']);
	for (const [index, places] of Object.values(before).entries()) {
		expect(Object.values(after)[index]?.slice(0, places.length)).toEqual(places);
	}
	expect(complaints).toEqual([]);
});

/** Of all that is there, by selectors: from the start, from above, width and height, in whole pixels. */
function placesOf(page: Page, selectors: string[]): Promise<Record<string, string[]>> {
	return page.evaluate((asked) => {
		const place = (element: Element) => {
			const { left, right, top, width, height } = element.getBoundingClientRect();
			const start = document.documentElement.dir === 'rtl' ? innerWidth - right : left;
			return [start, top, width, height].map(Math.round).join(' ');
		};
		return Object.fromEntries(asked.map((selector) => [selector, [...document.querySelectorAll(selector)].map(place)]));
	}, selectors);
}

test('a list that was come back to, and another one, begin with nothing over them', async () => {
	await using there = await visit();
	const { page, go } = there;
	await page.addInitScript(() => {
		const noted = globalThis as unknown as { looks: number };
		noted.looks = 0;
		new MutationObserver(() => (noted.looks += document.querySelectorAll('.look').length)).observe(document, { childList: true, subtree: true });
	});
	const looks = () => page.evaluate(() => (globalThis as unknown as { looks: number }).looks);
	await go('/');
	expect(await looks()).toBeGreaterThan(0);
	await page.reload();
	await page.locator('article').first().waitFor();
	expect(await looks()).toBe(0);
	await go('/?feed=local');
	expect(await looks()).toBe(0);
});

test('without scripts there are pictures, words and links', async () => {
	await using there = await visit({ scripts: false, signedIn: false });
	const { page, go } = there;
	await go('/');
	// What waits for the app is no part of the page.
	expect(await page.locator('.look').count()).toBe(0);
	await go('/@ines');
	expect(await page.locator('h1').textContent()).toContain('Inês');
	expect(await page.locator('.squares img').count()).toBeGreaterThan(0);
	await page.locator('.squares a').first().click();
	await page.locator('article.post').waitFor();
	expect(await page.locator('article.post img').count()).toBeGreaterThan(0);
	expect(await page.locator('.caption').textContent()).not.toBe('');
	await go('/notifications');
	expect(await page.locator('h1').textContent()).toBe('This page needs scripts');
});

test('pages name themselves for machines, and allow no script but ours', async () => {
	const page = await fetch(`${base}/@ines`, { headers: { accept: 'text/html' } });
	const html = await page.text();
	for (const part of ['<title>', 'property="og:title"', 'rel="canonical"', 'type="application/activity+json"', 'name="description"']) expect(html).toContain(part);
	const policy = page.headers.get('content-security-policy') ?? '';
	expect(policy).toContain("default-src 'none'");
	expect(policy).not.toContain('unsafe');
	expect(policy).not.toContain('http');
});

test('files are kept for ever where their names allow it, in the smallest form', async () => {
	const html = await (await fetch(`${base}/`, { headers: { accept: 'text/html' } })).text();
	const script = /\/_app\/immutable\/entry\/start\.[^"]+\.js/.exec(html)?.[0] ?? '';
	const file = await fetch(base + script, { headers: { 'accept-encoding': 'br' } });
	expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
	expect(file.headers.get('content-encoding')).toBe('br');
	const again = await fetch(base + script, { headers: { 'accept-encoding': 'br', 'if-none-match': file.headers.get('etag') ?? '' } });
	expect(again.status).toBe(304);
	expect((await fetch(`${base}/_app/immutable/nothing.js`)).status).toBe(404);
});

test('a page comes packed to whoever takes that', async () => {
	const ask = (accepted: string) => fetch(`${base}/`, { headers: { accept: 'text/html', 'accept-encoding': accepted } });
	const [packed, plain] = await Promise.all([ask('gzip'), ask('identity')]);
	expect(packed.headers.get('content-encoding')).toBe('gzip');
	expect(plain.headers.get('content-encoding')).toBeNull();
	for (const page of [packed, plain]) {
		expect(page.headers.get('vary')).toContain('Accept-Encoding');
		expect(await page.text()).toContain('<div id="app">');
	}
});

test('home stays within its budget', async () => {
	await using there = await visit(FIRST_SCREEN);
	await there.go('/');
	const names = await there.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
	const weigh = (extension: string) =>
		names
			.filter((name) => name.startsWith('/_app/') && name.endsWith(extension))
			.reduce((sum, name) => sum + readFileSync(join(BUILD, `${name}.gz`)).length, 0);
	const [scripts, styles] = [weigh('.js'), weigh('.css')];
	console.log(`home: ${scripts} bytes of scripts, ${styles} of styles, compressed`);
	expect(scripts).toBeGreaterThan(20_000);
	expect(scripts).toBeLessThanOrEqual(90_000);
	expect(styles).toBeLessThanOrEqual(15_000);
	const html = await there.page.context().request.get(`${base}/`, { headers: { accept: 'text/html' } });
	const shell = brotliCompressSync(await html.body(), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
	expect(shell.length).toBeLessThanOrEqual(14_000);
});

test('a third column brings little, and asks once the first posts are there', async () => {
	const weights: number[] = [];
	for (const width of [1_200, 1_440]) {
		await using there = await visit({ width });
		const { page, go } = there;
		let posts = Infinity;
		page.on('request', async (request) => {
			if (request.url().includes('/api/')) posts = Math.min(posts, await page.locator('article').count());
		});
		await go('/');
		if (width > 1_200) await page.getByRole('complementary').getByRole('link', { name: 'About' }).waitFor();
		expect(posts).toBeGreaterThan(0);
		const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
		const files = names.filter((name) => name.startsWith('/_app/') && /\.(js|css)$/.test(name));
		weights.push(files.reduce((sum, name) => sum + readFileSync(join(BUILD, `${name}.gz`)).length, 0));
	}
	const more = weights[1]! - weights[0]!;
	console.log(`the third column: ${more} bytes of scripts and styles, compressed`);
	expect(more).toBeGreaterThan(500);
	expect(more).toBeLessThanOrEqual(12_000);
});

test('one file of styles is all that a first screen waits for, and it is named before the scripts', async () => {
	await using there = await visit(FIRST_SCREEN);
	await there.go('/');
	const html = await (await fetch(`${base}/`, { headers: { accept: 'text/html' } })).text();
	const head = html.split('</head>')[0]?.replace(/<noscript>.*?<\/noscript>/gs, '') ?? '';
	const styles = [...head.matchAll(/href="([^"]+)" rel="stylesheet"/g)];
	expect(styles).toHaveLength(1);
	expect(styles[0]?.index).toBeLessThan(head.indexOf('modulepreload'));
	const loaded = await there.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
	expect(loaded.filter((name) => name.endsWith('.css'))).toEqual([styles[0]?.[1]]);
});

test('what a first screen runs is made ready beside the page', async () => {
	await using there = await visit(FIRST_SCREEN);
	await there.go('/');
	const names = await there.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
	const texts = names.filter((name) => name.startsWith('/_app/') && name.endsWith('.js')).map((name) => readFileSync(join(BUILD, name), 'utf8'));
	const weigh = (some: string[]) => some.reduce((sum, { length }) => sum + length, 0);
	expect(weigh(texts.filter((text) => text.startsWith('//# allFunctionsCalledOnLoad\n'))) / weigh(texts)).toBeGreaterThan(0.6);
});

test('the service worker begins once the first screen is there', async () => {
	await using there = await visit({ worker: true });
	const { page, go } = there;
	await page.addInitScript(() => {
		const begin = ServiceWorkerContainer.prototype.register;
		ServiceWorkerContainer.prototype.register = function (...which) {
			const seen = { drawn: document.querySelector('.look') !== null, posts: document.querySelectorAll('article').length };
			Object.assign(globalThis, { seen });
			return begin.apply(this, which);
		};
	});
	await go('/');
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	const seen = await page.evaluate(() => (globalThis as unknown as { seen: { drawn: boolean; posts: number } }).seen);
	expect(seen.drawn).toBe(false);
	expect(seen.posts).toBeGreaterThan(1);
});

test('a long feed keeps few elements alive', async () => {
	await using there = await visit();
	await there.go('/?feed=local');
	for (let step = 0; step < 12; step += 1) {
		await there.page.mouse.wheel(0, 1_500);
		await there.page.waitForLoadState('networkidle');
	}
	expect(await there.page.locator('article').count()).toBeLessThanOrEqual(8);
	expect(await there.page.locator('[role=feed] *').count()).toBeLessThanOrEqual(700);
});
