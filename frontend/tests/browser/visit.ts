// A browser for the tests: somebody signed in or nobody, at a width, in a theme and a language. Notes every complaint of
// the browser, so that a test can say that there was none.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { inject, onTestFailed } from 'vitest';
import { drawn } from './drawn.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const base = inject('base');

export interface Look {
	width?: number;
	height?: number;
	dark?: boolean;
	language?: string;
	signedIn?: boolean;
	scripts?: boolean;
	/** With a service worker, whose own questions a test neither sees nor answers. */
	worker?: boolean;
	/** Everything goes by way of it. */
	proxy?: string;
}

let browser: Browser | undefined;
type Session = Awaited<ReturnType<BrowserContext['storageState']>>;
export type Name = 'demo' | 'ines';
const sessions = new Map<Name, Session>();

async function start(): Promise<Browser> {
	browser ??= await chromium.launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium' });
	return browser;
}

export async function end(): Promise<void> {
	await browser?.close();
	browser = undefined;
	contexts.clear();
}

/** Signs in once, by the form that people use. */
async function signIn(name: Name = 'demo'): Promise<Session> {
	const had = sessions.get(name);
	if (had) return had;
	const context = await (await start()).newContext();
	const page = await context.newPage();
	await page.goto(`${base}/auth/sign_in`);
	await page.fill('input[name="user[email]"]', name);
	await page.fill('input[name="user[password]"]', inject(name === 'demo' ? 'password' : 'other'));
	await page.click('main button[type=submit]');
	await page.waitForURL(`${base}/`);
	const session = await context.storageState();
	sessions.set(name, session);
	await context.close();
	return session;
}

export interface Person {
	/** Asks the API as this person's browser would; what is refused is an error. */
	ask: <T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object) => Promise<T>;
	/** The id of a drawn photo, up and ready to be posted. */
	photo: (width: number, height: number) => Promise<string>;
}

const contexts = new Map<Name, BrowserContext>();

export async function person(name: Name): Promise<Person> {
	let context = contexts.get(name);
	if (!context) contexts.set(name, (context = await (await start()).newContext({ storageState: await signIn(name), extraHTTPHeaders: { origin: base } })));
	const { request } = context;
	const answer = async (method: string, path: string, options: object) => {
		const response = await request.fetch(base + path, { method, ...options });
		if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
		return response;
	};
	return {
		ask: async (method, path, body) => (await answer(method, path, { data: body })).json(),
		photo: async (width, height) => {
			const page = await context.newPage();
			const file = { name: 'a.jpg', mimeType: 'image/jpeg', buffer: await drawn(page, width, height) };
			await page.close();
			const { id } = (await (await answer('POST', '/api/v2/media', { multipart: { file } })).json()) as { id: string };
			while ((await answer('GET', `/api/v1/media/${id}`, {})).status() === 206) await new Promise((resolve) => setTimeout(resolve, 200));
			return id;
		}
	};
}

export interface Visit extends AsyncDisposable {
	page: Page;
	/** What the browser complained about. */
	complaints: string[];
	/** Goes somewhere and waits until the screen has what it came for. */
	go: (path: string) => Promise<void>;
	faults: () => Promise<string[]>;
}

export async function visit({ width = 1440, height = 900, dark = false, language = 'en', signedIn = true, scripts = true, worker = false, proxy }: Look = {}): Promise<Visit> {
	const context = await (await start()).newContext({
		viewport: { width, height },
		colorScheme: dark ? 'dark' : 'light',
		locale: language,
		javaScriptEnabled: scripts,
		reducedMotion: 'reduce',
		serviceWorkers: worker ? 'allow' : 'block',
		storageState: signedIn ? await signIn() : undefined,
		// Also what is on this machine.
		proxy: proxy ? { server: proxy, bypass: '<-loopback>' } : undefined
	});
	const page = await context.newPage();
	const complaints: string[] = [];
	let last = '';
	onTestFailed(() => console.error(`at the end: ${last}\n${complaints.join('\n')}`));
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('console', (message) => {
		if (message.type() === 'error') complaints.push(message.text());
	});
	return {
		page,
		complaints,
		go: async (path) => {
			await page.goto(base + path);
			if (scripts) await page.locator('main h1').first().waitFor({ state: 'attached' });
			await page.waitForLoadState('networkidle');
		},
		faults: async () => {
			await page.evaluate(axe);
			const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run({ rules: { 'target-size': { enabled: true } } }));
			return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
		},
		[Symbol.asyncDispose]: async () => {
			last = await lookOf(page);
			await context.close();
		}
	};
}

/** Where somebody was and what they saw, for whoever wonders why they did not get further. */
async function lookOf(page: Page): Promise<string> {
	const seen = page.evaluate(() => {
		const posts = [...document.querySelectorAll<HTMLElement>('[data-post]')].map(({ dataset, innerText }) => `${dataset.post}: ${innerText.slice(0, 80).replaceAll('\n', ' ')}`);
		return [`${location.pathname}${location.search}, ${scrollY} of ${document.documentElement.scrollHeight} px down`, ...posts].join('\n  ');
	});
	return seen.catch((error) => String(error));
}

/** How far down a page is once it moves no more: a wheel may turn on for a while. */
export async function restingPlace(page: Page): Promise<number> {
	for (let before = -1; ; ) {
		const now = await page.evaluate(() => scrollY);
		if (now === before) return now;
		before = now;
		await page.waitForTimeout(250);
	}
}

/** Presses something in a feed, once that is at rest: while it is scrolled it takes no pointer, and here the scrolling that brings a
 * button into view is still under way when it is pressed. */
export async function press(button: Locator): Promise<void> {
	await button.scrollIntoViewIfNeeded();
	await restingPlace(button.page());
	await button.click();
}

/** Has `ines` shown on her page as somebody of another server. */
export async function elsewhere(page: Page): Promise<void> {
	await page.route('**/@ines', async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, body: (await response.text()).replaceAll('"acct":"ines"', '"acct":"ines@photos.example"') });
	});
	// A page that does not come from the server itself may open no line to this machine: it has one on which nothing is said.
	await page.routeWebSocket(/\/api\/v1\/streaming/, () => undefined);
	// Of whom the server knows that they live here there is nothing to be fetched from elsewhere.
	await page.route('**/api/v1_alpha/async_refreshes/*', (route) => route.fulfill({ json: { async_refresh: { id: '1', status: 'finished', result_count: 0 } } }));
}

/** Kept for whoever wants to look: SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
	const folder = process.env.SCREENSHOTS;
	if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

/** What is wider than the screen, which nobody wants to scroll to. */
export function overflow(page: Page): Promise<number> {
	return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
}
