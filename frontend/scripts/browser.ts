// A browser on the demonstration server for what is run by hand: pictures for the documentation, and measurements.

import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';
import type { Demonstration } from './demonstration.ts';

export function launch(...args: string[]): Promise<Browser> {
	return chromium.launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args });
}

/** Signs in by the form that people use. */
export async function session(browser: Browser, { base, password }: Demonstration): Promise<Awaited<ReturnType<BrowserContext['storageState']>>> {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(`${base}/auth/sign_in`);
	await page.fill('input[name="user[email]"]', 'demo');
	await page.fill('input[name="user[password]"]', password);
	await page.click('main button[type=submit]');
	await page.waitForURL(`${base}/`);
	const state = await context.storageState();
	await context.close();
	return state;
}

export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const DESKTOP: BrowserContextOptions = { viewport: { width: 1360, height: 850 } };
