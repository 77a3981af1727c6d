// What is being written, as it is kept in this browser with its pictures, so that closing the page loses nothing: one draft
// for each person, and what other apps have shared. Sends nothing.

import type { Attachment, Film, QuotePolicy, Visibility } from '../api/entities.ts';
import type { Recipe } from '../edit/recipe.ts';

/** What the server has of a file: so much that it need not be sent again, or not all of it. */
export interface Held {
	/** Where it comes in, in pieces. */
	upload?: string;
	/** What it has become. */
	media?: string;
}

/** What is said of the film that a photo was taken on; nothing where nothing is. */
export type Roll = { [part in keyof Film]: string };

export interface KeptPhoto {
	key: string;
	/** None for one that the server has from a post of before. */
	file: File | null;
	media?: Attachment;
	alt: string;
	focus?: { x: number; y: number };
	roll?: Roll;
	recipe?: Recipe;
	/** What the recipe made of the file. */
	developed?: Blob | null;
	/** What the server has of it. */
	held?: Held;
}

export interface Kept {
	text: string;
	warning: string;
	sensitive?: boolean;
	visibility: Visibility;
	comments?: boolean;
	language?: string;
	/** The id of the post that it quotes. */
	quotes?: string;
	quotePolicy?: QuotePolicy;
	originals?: boolean;
	camera?: boolean;
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

let opened: Promise<IDBDatabase> | undefined;

/** Stays open, so that a page that is being left needs no answer before it can write. */
function open(): Promise<IDBDatabase> {
	return (opened ??= new Promise<IDBDatabase>((resolve, reject) => {
		const request = indexedDB.open(NAME, 1);
		request.onupgradeneeded = () => request.result.createObjectStore(STORE);
		request.onsuccess = () => {
			const database = request.result;
			database.onclose = () => (opened = undefined);
			// Whoever signs out, maybe in another window, takes all of it away.
			database.onversionchange = () => {
				opened = undefined;
				database.close();
			};
			resolve(database);
		};
		request.onerror = () => reject(request.error);
	}).catch((trouble) => {
		opened = undefined;
		throw trouble;
	}));
}

/** All that is done to the store becomes so together. A browser that keeps nothing keeps no drafts either; nothing else fails by that. */
async function ask<T>(mode: IDBTransactionMode, question: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
	try {
		const database = await open();
		return await new Promise<T>((resolve, reject) => {
			const transaction = database.transaction(STORE, mode);
			const request = question(transaction.objectStore(STORE));
			// Without waiting to see whether more is asked: the page may be gone by then.
			transaction.commit();
			transaction.oncomplete = () => resolve(request.result);
			transaction.onabort = () => reject(transaction.error);
		});
	} catch {
		return undefined;
	}
}

const key = (account: string) => `post:${account}`;
const photoKey = (account: string, photo: string) => `photo:${account}:${photo}`;

/** What is known to be kept, so that pictures are not written again with every letter. */
const written = new Map<string, Blob | null | undefined>();

/** What could not be kept, until it is fetched. */
let carried: Kept | undefined;

/** Says whether all of it is kept. What `isDear` is there for the next screen even if it is not. */
export async function keepDraft(account: string, draft: Kept, isDear = false): Promise<boolean> {
	const isKept = await write(account, draft);
	if (isDear && !isKept) carried = draft;
	return isKept;
}

async function write(account: string, draft: Kept): Promise<boolean> {
	const pictures = new Map(draft.photos.map(({ key, file, developed }) => [photoKey(account, key), { file, developed }]));
	const fresh = [...pictures].filter(([name, { developed }]) => !written.has(name) || written.get(name) !== developed);
	const gone = [...written.keys()].filter((name) => !pictures.has(name));
	const photos = draft.photos.map(({ key, media, alt, focus, roll, recipe, held }) => ({ key, media, alt, focus, roll, recipe, held }));
	// Both are asked for at once, and the words first: they are there whatever becomes of the pictures, which take longer.
	const words = ask('readwrite', (store) => store.put({ ...draft, photos }, key(account)));
	const changed = ask('readwrite', (store) => {
		for (const [name, picture] of fresh) store.put(picture, name);
		for (const name of gone) store.delete(name);
		return store.count();
	});
	if ((await words) === undefined || (await changed) === undefined) return false;
	for (const [name, { developed }] of fresh) written.set(name, developed);
	for (const name of gone) written.delete(name);
	return true;
}

export async function keptDraft(account: string): Promise<Kept | undefined> {
	if (carried) {
		const draft = carried;
		carried = undefined;
		return draft;
	}
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
	const all = photoKey(account, '');
	await ask('readwrite', (store) => {
		store.delete(IDBKeyRange.bound(all, `${all}\uffff`));
		return store.delete(key(account));
	});
	written.clear();
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
