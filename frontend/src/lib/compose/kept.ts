// What is being written, as it is kept in this browser with its pictures, so that closing the page loses nothing: one draft
// for each person, and what other apps have shared. Sends nothing.

import type { Visibility } from '../api/entities.ts';
import type { Recipe } from '../edit/recipe.ts';

export interface KeptPhoto {
	key: string;
	file: File;
	alt: string;
	focus?: { x: number; y: number };
	recipe?: Recipe;
	/** What the recipe made of the file. */
	developed?: Blob | null;
}

export interface Kept {
	text: string;
	warning: string;
	sensitive?: boolean;
	visibility: Visibility;
	comments?: boolean;
	/** As in the field for it. */
	later?: string;
	photos: KeptPhoto[];
}

export interface Shared {
	files: File[];
	text: string;
}

const NAME = 'tintype';
const STORE = 'drafts';
const SHARED = 'shared';

function open(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(NAME, 1);
		request.onupgradeneeded = () => request.result.createObjectStore(STORE);
		request.onsuccess = () => {
			// Whoever signs out, maybe in another window, takes all of it away.
			request.result.onversionchange = () => request.result.close();
			resolve(request.result);
		};
		request.onerror = () => reject(request.error);
	});
}

/** A browser that keeps nothing keeps no drafts either; nothing else fails by that. */
async function ask<T>(mode: IDBTransactionMode, question: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
	try {
		const database = await open();
		return await new Promise<T>((resolve, reject) => {
			const request = question(database.transaction(STORE, mode).objectStore(STORE));
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		}).finally(() => database.close());
	} catch {
		return undefined;
	}
}

const key = (account: string) => `post:${account}`;
const photoKey = (account: string, photo: string) => `photo:${account}:${photo}`;

/** What is known to be kept, so that pictures are not written again with every letter. */
const written = new Map<string, Blob | null | undefined>();

/** Says whether all of it is kept. */
export async function keepDraft(account: string, draft: Kept): Promise<boolean> {
	const names = draft.photos.map((photo) => photoKey(account, photo.key));
	for (const [place, { file, developed }] of draft.photos.entries()) {
		const name = names[place]!;
		if (written.has(name) && written.get(name) === developed) continue;
		if ((await ask('readwrite', (store) => store.put({ file, developed }, name))) === undefined) return false;
		written.set(name, developed);
	}
	const photos = draft.photos.map(({ key, alt, focus, recipe }) => ({ key, alt, focus, recipe }));
	const done = await ask('readwrite', (store) => store.put({ ...draft, photos }, key(account)));
	await forgetPhotos(account, new Set(names));
	return done !== undefined;
}

export async function keptDraft(account: string): Promise<Kept | undefined> {
	const draft = await ask<Kept>('readonly', (store) => store.get(key(account)) as IDBRequest<Kept>);
	if (!draft) return undefined;
	const photos: KeptPhoto[] = [];
	for (const photo of draft.photos) {
		const name = photoKey(account, photo.key);
		const pictures = await ask('readonly', (store) => store.get(name) as IDBRequest<Pick<KeptPhoto, 'file' | 'developed'> | undefined>);
		if (!pictures) continue;
		written.set(name, pictures.developed);
		photos.push({ ...photo, ...pictures });
	}
	return { ...draft, photos };
}

export async function forgetDraft(account: string): Promise<void> {
	await ask('readwrite', (store) => store.delete(key(account)));
	await forgetPhotos(account, new Set());
}

async function forgetPhotos(account: string, but: Set<string>): Promise<void> {
	const all = photoKey(account, '');
	const names = await ask('readonly', (store) => store.getAllKeys(IDBKeyRange.bound(all, `${all}\uffff`)));
	for (const name of names ?? []) {
		if (but.has(String(name))) continue;
		await ask('readwrite', (store) => store.delete(name));
		written.delete(String(name));
	}
}

export async function leaveShared(shared: Shared): Promise<void> {
	await ask('readwrite', (store) => store.put(shared, SHARED));
}

export async function takeShared(): Promise<Shared | undefined> {
	const shared = await ask<Shared>('readonly', (store) => store.get(SHARED) as IDBRequest<Shared>);
	if (shared) await ask('readwrite', (store) => store.delete(SHARED));
	return shared;
}

/** Everybody's: for whoever signs out. */
export function forgetAll(): Promise<void> {
	return new Promise((resolve) => {
		const request = indexedDB.deleteDatabase(NAME);
		request.onsuccess = request.onerror = request.onblocked = () => resolve();
	});
}
