// Large files on their way: cut off, left and taken up again; said beforehand when they are too much; films while they are
// made, and how they are played.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { drawn } from './drawn.ts';
import { lineThatBreaks } from './line.ts';
import { base, end, person, picture, visit } from './visit.ts';

afterAll(end);

const folder = mkdtempSync(join(tmpdir(), 'tintype-uploads-'));

/** A photograph of several megabytes, no two parts of which are alike. */
async function large(page: Page): Promise<string> {
	const url = await page.evaluate(() => {
		const canvas = Object.assign(document.createElement('canvas'), { width: 3_000, height: 2_000 });
		const context = canvas.getContext('2d')!;
		const grains = context.createImageData(canvas.width, canvas.height);
		for (let at = 0; at < grains.data.length; at += 1) grains.data[at] = at % 4 === 3 ? 255 : Math.random() * 255;
		context.putImageData(grains, 0, 0);
		return canvas.toDataURL('image/jpeg', 0.97);
	});
	const file = join(folder, 'large.jpg');
	writeFileSync(file, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
	return file;
}

/** Colours that move, with a tone. */
function film(name: string, { rate, seconds }: { rate: number; seconds: number }): string {
	const file = join(folder, name);
	const [colours, tone] = [`testsrc2=size=1280x720:rate=${rate}:duration=${seconds}`, `sine=frequency=330:duration=${seconds}`];
	execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', colours, '-f', 'lavfi', '-i', tone, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', file]);
	return file;
}

/** What the pieces that leave say of where they begin. */
function pieces(page: Page): number[] {
	const begun: number[] = [];
	page.on('request', (request: Request) => {
		if (request.method() === 'PATCH' && request.url().includes('/api/tintype/v1/uploads/')) begun.push(Number(request.headers()['upload-offset']));
	});
	return begun;
}

async function slow(page: Page): Promise<(bytesInASecond: number) => Promise<unknown>> {
	const line = await page.context().newCDPSession(page);
	await line.send('Network.enable');
	return (uploadThroughput) => line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
}

async function share(page: Page): Promise<number> {
	return page.locator('progress').evaluateAll(([bar]) => (bar instanceof HTMLProgressElement ? bar.value : 0));
}

async function describeAndPost(page: Page, words: string): Promise<void> {
	await page.getByRole('textbox', { name: /Description of photo/ }).fill(words);
	const button = page.getByRole('button', { name: 'Post', exact: true });
	await expect.poll(() => button.isEnabled(), { timeout: 90_000 }).toBe(true);
	await button.click();
	// Maybe the server still makes what is shown of it.
	await page.waitForURL(`${base}/`, { timeout: 90_000 });
}

interface Posted {
	id: string;
	media_attachments: { type: string; description: string; original_file: { url: string } | null; hls: { url: string } | null }[];
}

async function newest(): Promise<Posted> {
	const [post] = await (await person('demo')).ask<Posted[]>('GET', '/api/v1/timelines/home?limit=1');
	return post!;
}

/** Of what is drawn, which a server that offers the original leaves as it is. */
function scan(jpeg: Buffer): string {
	const begins = jpeg.indexOf(Buffer.of(0xff, 0xda));
	return createHash('sha256').update(jpeg.subarray(begins)).digest('hex');
}

test('a large photo whose line is cut goes on by itself where it was, and arrives whole', async () => {
	await using line = await lineThatBreaks(2_500_000);
	await using there = await visit({ proxy: line.proxy });
	const { page, go, faults } = there;
	await go('/compose');
	const file = await large(page);
	const size = readFileSync(file).length;
	expect(size).toBeGreaterThan(5_000_000);
	const begun = pieces(page);
	await page.setInputFiles('input[type=file]', file);
	await page.getByText('It goes on from here by itself').waitFor();
	await picture(page, 'upload-broken');
	expect(await faults()).toEqual([]);
	line.mend();
	await page.getByText('Let others download the originals').click();
	await describeAndPost(page, 'Grains of many colours');
	expect(begun[0]).toBe(0);
	expect(Math.max(...begun)).toBeGreaterThan(size / 10);
	const offered = async () => (await newest()).media_attachments[0]?.original_file?.url;
	await expect.poll(offered, { timeout: 60_000 }).toBeTruthy();
	const original = await page.request.get((await offered())!);
	expect(scan(await original.body())).toBe(scan(readFileSync(file)));
});

test('a page that is loaded anew in the middle goes on with the photo where it was', async () => {
	await using there = await visit({ width: 360, height: 780, dark: true });
	const { page, go } = there;
	await go('/compose');
	const file = await large(page);
	const begun = pieces(page);
	const line = await slow(page);
	await line(200_000);
	await page.setInputFiles('input[type=file]', file);
	await page.getByRole('textbox', { name: /Description of photo/ }).fill('Half of it');
	await expect.poll(() => share(page), { timeout: 60_000 }).toBeGreaterThan(0.2);
	await picture(page, 'upload-half');
	const before = begun.length;
	await page.reload();
	await page.locator('main h1').first().waitFor({ state: 'attached' });
	await line(-1);
	await expect.poll(() => begun.length, { timeout: 30_000 }).toBeGreaterThan(before);
	expect(begun[before]).toBeGreaterThan(0);
	expect(await page.getByRole('textbox', { name: /Description of photo/ }).inputValue()).toBe('Half of it');
	const button = page.getByRole('button', { name: 'Post', exact: true });
	await expect.poll(() => button.isEnabled(), { timeout: 90_000 }).toBe(true);
	// What is there is not sent again by the next page either.
	await page.waitForTimeout(2_600);
	const all = begun.length;
	await page.reload();
	await expect.poll(() => button.isEnabled(), { timeout: 90_000 }).toBe(true);
	expect(begun.length).toBe(all);
	await describeAndPost(page, 'All of it');
	expect((await newest()).media_attachments[0]?.description).toBe('All of it');
});

test('what is stopped goes on from there, and what is taken away is given up', async () => {
	await using there = await visit();
	const { page, go } = there;
	await go('/compose');
	const file = await large(page);
	const begun = pieces(page);
	const line = await slow(page);
	await line(200_000);
	await page.setInputFiles('input[type=file]', file);
	await expect.poll(() => share(page), { timeout: 60_000 }).toBeGreaterThan(0.15);
	await page.getByRole('button', { name: /Stop sending photo .1/ }).click();
	await page.getByRole('alert').getByText('Not sent.').waitFor();
	await page.getByRole('button', { name: /Send photo .1. again/ }).click();
	await expect.poll(() => begun.length).toBeGreaterThan(1);
	expect(begun.at(-1)).toBeGreaterThan(0);
	const given = page.waitForResponse((response) => response.request().method() === 'DELETE' && response.url().includes('/uploads/') && response.ok());
	await page.getByRole('button', { name: /Remove photo .1/ }).click();
	await given;
});

test('a photo that there is no room for, and one that looks like a post of one’s own, are said to be so', async () => {
	await using there = await visit();
	const { page, go, faults } = there;
	let left = 1_200_000_000;
	await page.route('**/api/tintype/v1/quota', (route) => route.fulfill({ json: { limit: 2_000_000_000, used: 2_000_000_000 - left, left } }));
	await go('/compose');
	await page.getByText(/You have room for .*1.2 GB/).waitFor();
	const file = join(folder, 'shore.jpg');
	writeFileSync(file, await drawn(page, 900, 600));
	await page.setInputFiles('input[type=file]', file);
	await describeAndPost(page, 'A shore');
	const { id } = await newest();
	await go('/compose');
	await page.setInputFiles('input[type=file]', file);
	const link = page.getByRole('link', { name: 'You have posted one that looks the same' });
	await link.waitFor({ timeout: 60_000 });
	expect(await link.getAttribute('href')).toBe(`/@demo/${id}`);
	await page.setInputFiles('input[type=file]', file);
	await page.getByText(/It looks the same as photo .1/).waitFor({ timeout: 60_000 });
	await picture(page, 'upload-alike');
	expect(await faults()).toEqual([]);
	left = 1_000;
	await page.setInputFiles('input[type=file]', file);
	await page.getByRole('alert').getByText(/There is no room for it/).waitFor();
	await page.getByRole('button', { name: 'Discard' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
});

test('a film says how far it is, is refused when it is too long, and plays from its stream', async () => {
	await using there = await visit({ width: 820, height: 1180 });
	const { page, go, complaints } = there;
	await go('/compose');
	await page.setInputFiles('input[type=file]', film('long.mp4', { rate: 1, seconds: 330 }));
	await page.getByRole('alert').getByText(/too long: .*5.5 minutes/).waitFor();
	await page.getByRole('button', { name: /Remove photo .1/ }).click();
	const begun = pieces(page);
	let hundredths = 40;
	await page.route('**/api/v1/media/*', async (route) => {
		if (hundredths === 100 || route.request().method() !== 'GET') return route.fallback();
		const response = await route.fetch();
		await route.fulfill({ status: 206, headers: { ...response.headers(), 'x-progress': String(hundredths) }, json: { ...(await response.json()), url: null } });
	});
	await page.setInputFiles('input[type=file]', film('colours.mp4', { rate: 24, seconds: 2 }));
	await page.getByText('The video is being made ready').waitFor({ timeout: 30_000 });
	await page.getByText('40%').waitFor();
	await picture(page, 'upload-film');
	expect(begun).toEqual([0]);
	hundredths = 100;
	await describeAndPost(page, 'Colours that move');
	const { id } = await newest();
	const demo = await person('demo');
	const stream = async () => (await demo.ask<Posted>('GET', `/api/v1/statuses/${id}`)).media_attachments[0]?.hls;
	await expect.poll(stream, { timeout: 90_000, interval: 1_000 }).toBeTruthy();
	for (const playsStreams of [true, false]) {
		await page.addInitScript((plays) => {
			HTMLMediaElement.prototype.canPlayType = (type) => (type.includes('mpegurl') && !plays ? '' : 'maybe');
		}, playsStreams);
		const asked: string[] = [];
		page.on('request', (request) => asked.push(new URL(request.url()).pathname));
		await go(`/@demo/${id}`);
		const player = page.locator('main video').first();
		await player.scrollIntoViewIfNeeded();
		expect(asked.some((path) => path.endsWith('.m3u8'))).toBe(false);
		await player.evaluate((video: HTMLVideoElement) => {
			video.muted = true;
			return video.play().catch(() => undefined);
		});
		await expect.poll(() => player.evaluate((video: HTMLVideoElement) => video.currentTime), { timeout: 30_000 }).toBeGreaterThan(0.2);
		if (!playsStreams) {
			expect(asked.some((path) => path.endsWith('.m3u8'))).toBe(true);
			expect(await player.evaluate((video: HTMLVideoElement) => video.src)).toMatch(/^blob:/);
		}
	}
	expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
});
