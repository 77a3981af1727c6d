// What Lighthouse and a long scroll say of the demonstration server, against the bars of the design. Measures nothing
// beyond this machine: each number is the median of its runs.

import { createServer } from 'node:net';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { type Demonstration, demonstrate, settled } from './demonstration.ts';
import { DESKTOP, launch, session } from './browser.ts';

/** As many as there have to be below those that are passed. */
const LONG = 260;
const PASSED = 200;
/** More than a first screen asks for; all that is made of their photos is made in a minute or two. */
const SHORT = 40;
const RUNS = Number(process.env.RUNS ?? 3);
/** Where npm put Lighthouse, which the app itself does not need. */
const LIGHTHOUSE = process.env.LIGHTHOUSE ?? '';

type State = Awaited<ReturnType<typeof session>>;

interface Bar {
	name: string;
	value: number;
	/** At least, or at most. */
	least?: number;
	most?: number;
}

const isMet = ({ value, least = -Infinity, most = Infinity }: Bar) => value >= least && value <= most;
const median = (values: number[]) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const server = createServer().listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}

async function judged(port: number, url: string, cookie: string, desktop: boolean): Promise<Bar[]> {
	const { default: lighthouse, desktopConfig } = await import(pathToFileURL(LIGHTHOUSE).href);
	const flags = { port, logLevel: 'error', onlyCategories: ['performance', 'accessibility', 'best-practices'], extraHeaders: { Cookie: cookie } };
	const runs: Record<string, number>[] = [];
	for (let run = 0; run < RUNS; run += 1) {
		const { lhr } = await lighthouse(url, flags, desktop ? desktopConfig : undefined);
		const score = (name: string): number => lhr.categories[name].score;
		const number = (name: string): number => lhr.audits[name].numericValue;
		runs.push({ performance: score('performance'), accessibility: score('accessibility'), practices: score('best-practices'), lcp: number('largest-contentful-paint'), cls: number('cumulative-layout-shift'), tbt: number('total-blocking-time'), pace: lhr.environment.benchmarkIndex });
		for (const { id, score: own, title } of Object.values(lhr.audits) as { id: string; score: number | null; title: string }[]) {
			const counts = lhr.categories.accessibility.auditRefs.concat(lhr.categories['best-practices'].auditRefs).some((ref: { id: string; weight: number }) => ref.id === id && ref.weight > 0);
			if (counts && own !== null && own < 1) console.log(`  ${desktop ? 'desktop' : 'mobile'}: ${id}: ${title}`);
		}
	}
	const of = (name: string) => median(runs.map((run) => run[name] ?? NaN));
	const where = desktop ? 'desktop' : 'mobile';
	// What is blocked is told by the clock: beside other work all of it is longer than the page makes it.
	console.log(`  ${where}: the machine's pace by Lighthouse's own measure was ${of('pace')}`);
	return [
		{ name: `performance, ${where}`, value: of('performance'), least: desktop ? 0.98 : 0.9 },
		{ name: `accessibility, ${where}`, value: of('accessibility'), least: 1 },
		{ name: `best practices, ${where}`, value: of('practices'), least: 1 },
		{ name: `largest paint in ms, ${where}`, value: of('lcp'), most: desktop ? 900 : 2_800 },
		{ name: `shift of the layout, ${where}`, value: of('cls'), most: 0.01 },
		{ name: `blocked in ms, ${where}`, value: of('tbt'), most: 150 }
	];
}

/** Scrolls without pause past so many posts, and notes each frame. */
async function scrolled(browser: Browser, server: Demonstration, storageState: State): Promise<Bar[]> {
	const context = await browser.newContext({ ...DESKTOP, serviceWorkers: 'block', storageState });
	const page = await context.newPage();
	await page.goto(`${server.base}/?feed=local`);
	await page.locator('article').first().waitFor();
	const { frames, most, passed } = await page.evaluate(
		(wanted) =>
			new Promise<{ frames: number[]; most: number; passed: number }>((resolve) => {
				const [frames, begun] = [[] as number[], performance.now()];
				let [before, most, passed] = [begun, 0, 0];
				const step = (now: number) => {
					frames.push(now - before);
					before = now;
					const list = document.querySelector('[role=feed]');
					most = Math.max(most, list?.querySelectorAll('*').length ?? 0);
					passed = Math.max(passed, ...[...(list?.querySelectorAll('[aria-posinset]') ?? [])].map((one) => Number(one.getAttribute('aria-posinset'))));
					if (passed >= wanted || now - begun > 120_000) return resolve({ frames: frames.slice(2), most, passed });
					scrollBy(0, 90);
					requestAnimationFrame(step);
				};
				requestAnimationFrame(step);
			}),
		PASSED
	);
	await context.close();
	const slow = frames.toSorted((one, other) => one - other)[Math.floor(frames.length * 0.95)] ?? NaN;
	return [
		{ name: 'posts passed', value: passed, least: PASSED },
		{ name: 'frame in ms, p95', value: slow, most: 33 },
		{ name: 'elements in the list', value: most, most: 400 }
	];
}

/** On a demonstration of its own. */
async function on(posts: number, measure: (server: Demonstration, state: State) => Promise<Bar[]>): Promise<Bar[]> {
	const server = await demonstrate(posts);
	try {
		return await measure(server, await session(browser, server));
	} finally {
		await server.stop();
	}
}

async function judgedTwice(server: Demonstration, { cookies }: State): Promise<Bar[]> {
	console.error('Waiting until all is made of the photos …');
	await settled(server);
	const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
	return [...(await judged(port, `${server.base}/`, cookie, false)), ...(await judged(port, `${server.base}/`, cookie, true))];
}

const port = await freePort();
const browser = await launch(`--remote-debugging-port=${port}`);
try {
	const bars = await on(LONG, (server, state) => scrolled(browser, server, state));
	if (LIGHTHOUSE) bars.push(...(await on(SHORT, judgedTwice)));
	for (const bar of bars) console.log(`${isMet(bar) ? 'met   ' : 'MISSED'} ${bar.name}: ${Math.round(bar.value * 1_000) / 1_000} (${bar.least === undefined ? `at most ${bar.most}` : `at least ${bar.least}`})`);
	process.exitCode = bars.every(isMet) ? 0 : 1;
} finally {
	await browser.close();
}
