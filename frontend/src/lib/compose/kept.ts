// The draft as it is kept in this browser, with its pictures, so that closing the page loses nothing. One at a time.

import type { Visibility } from '../api/entities.ts';

export interface Kept {
	text: string;
	warning: string;
	visibility: Visibility;
	photos: { file: File; alt: string }[];
}

const NAME = 'tintype';
const STORE = 'drafts';
const KEY = 'post';

function open(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(NAME, 1);
		request.onupgradeneeded = () => request.result.createObjectStore(STORE);
		request.onsuccess = () => resolve(request.result);
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

export async function keepDraft(draft: Kept): Promise<void> {
	await ask('readwrite', (store) => store.put(draft, KEY));
}

export function keptDraft(): Promise<Kept | undefined> {
	return ask<Kept>('readonly', (store) => store.get(KEY) as IDBRequest<Kept>);
}

export async function forgetDraft(): Promise<void> {
	await ask('readwrite', (store) => store.delete(KEY));
}
