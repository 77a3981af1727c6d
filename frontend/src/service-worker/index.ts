// What stands between the app and the network: it opens without one, with what its owner saw last. Keeps nobody's answers
// for anybody else, and nothing at all of whoever signs out.

import { immutable } from '$app/manifest';
import { version } from '$app/env';
import { forgetAll, leaveShared } from '../lib/compose/kept.ts';
import { own, type Told, waysOf } from './ways.ts';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const FILES = 'files-';
const OWN = 'own-';
/** The app with nobody's answers in it. */
const SHELL = '/_app/shell';
/** The pages that are open may still want the files of the version before. */
const VERSIONS = 2;

worker.addEventListener('install', (event) => event.waitUntil(fetchFiles()));
worker.addEventListener('activate', (event) => event.waitUntil(begin()));
worker.addEventListener('message', (event) => event.waitUntil(hear(event.data as Told)));
worker.addEventListener('fetch', (event) => {
	switch (waysOf(event.request, worker.location.origin)) {
		case 'file':
			return event.respondWith(file(event.request));
		case 'page':
			return event.respondWith(page(event));
		case 'own':
			return event.respondWith(freshOrKept(event.request));
		case 'share':
			return event.respondWith(share(event.request));
		case 'door':
			// Whoever comes in or goes out: the server decides, and either way nothing of before stays.
			return event.waitUntil(leave(new URL(event.request.url).pathname.endsWith('/sign_out')));
		default:
			return undefined;
	}
});

async function fetchFiles(): Promise<void> {
	const cache = await caches.open(FILES + version);
	await cache.addAll([new Request(SHELL, { cache: 'reload', credentials: 'omit' }), ...immutable.map(({ path }) => (path.startsWith('/') ? path : `/${path}`))]);
}

async function begin(): Promise<void> {
	const versions = (await caches.keys()).filter((name) => name.startsWith(FILES));
	await Promise.all(versions.slice(0, -VERSIONS).map((name) => caches.delete(name)));
	await worker.registration.navigationPreload?.enable();
	await worker.clients.claim();
}

/** A file never changes under its name. */
async function file(request: Request): Promise<Response> {
	return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function page(event: FetchEvent): Promise<Response> {
	try {
		return ((await event.preloadResponse) as Response | undefined) ?? (await fetch(event.request));
	} catch (error) {
		const cache = await caches.open(FILES + version);
		const shell = await cache.match(SHELL, { ignoreVary: true });
		if (!shell) throw error;
		return shell;
	}
}

async function ownCache(): Promise<string | undefined> {
	return (await caches.keys()).find((name) => name.startsWith(OWN));
}

async function freshOrKept(request: Request): Promise<Response> {
	const name = await ownCache();
	try {
		const response = await fetch(request);
		if (response.status === 401) await leave(false);
		// Meanwhile somebody may have gone.
		else if (response.ok && name && (await caches.has(name))) await (await caches.open(name)).put(request, response.clone());
		return response;
	} catch (error) {
		const kept = name && (await (await caches.open(name)).match(request, { ignoreVary: true }));
		if (kept) return kept;
		throw error;
	}
}

async function hear(told: Told): Promise<void> {
	if (told.say === 'take over') return worker.skipWaiting();
	const name = told.account === null ? undefined : OWN + told.account;
	for (const other of await caches.keys()) if (other.startsWith(OWN) && other !== name) await caches.delete(other);
	if (!name) return;
	const cache = await caches.open(name);
	const date = new Date().toUTCString();
	for (const [path, { body, link }] of Object.entries(told.answers)) {
		const headers = { 'content-type': 'application/json', date, ...(link ? { link } : {}) };
		if (own(new URL(path, worker.location.origin))) await cache.put(path, new Response(JSON.stringify(body), { headers }));
	}
}

async function leave(forGood: boolean): Promise<void> {
	for (const name of await caches.keys()) if (name.startsWith(OWN)) await caches.delete(name);
	if (forGood) await forgetAll();
}

/** What another app shares goes into a new post, as soon as that screen is open. */
async function share(request: Request): Promise<Response> {
	const form = await request.formData();
	const files = form.getAll('photos').filter((part): part is File => part instanceof File && part.size > 0);
	const words = ['title', 'text', 'url'].map((name) => form.get(name)).filter((part) => typeof part === 'string' && part !== '');
	await leaveShared({ files, text: words.join('\n') });
	return Response.redirect('/compose', 303);
}
