// One picture on its way to the server, whole or in pieces: how far it is, a way to stop it, and what the server made of it.
// Decides nothing about what is sent.

import { ask, Refusal, send, Unreachable } from '../api/client.ts';
import type { Uploaded } from '../api/entities.ts';
import { carry, pause } from './carry.ts';
import type { Held } from './kept.ts';
import { giveUp, inPieces } from './pieces.ts';

export interface Told {
	/** From 0 to 1. */
	sent: (share: number) => void;
	/** How far the server is with what it makes of it, from 0 to 1, where it says so. */
	made: (share: number | undefined) => void;
	holds: (held: Held) => void;
	broke: () => void;
}

export interface Upload {
	done: Promise<Uploaded>;
	stop: () => void;
}

/** What is larger goes in pieces, and so does every film: a line rarely holds as long. */
const LARGE = 5_000_000;
/** How long between two questions whether a picture is ready. */
const PAUSE = 800;
/** A video takes as long as it lasts, or longer, and others may be before it. */
const PATIENCE = 4_500;
/** Whole hundredths. */
const PROGRESS = 'x-progress';

export function upload(file: Blob, name: string, held: Held, told: Told): Upload {
	const stopper = new AbortController();
	return { done: go(file, name, held, told, stopper.signal), stop: () => stopper.abort(new DOMException('stopped', 'AbortError')) };
}

async function go(file: Blob, name: string, held: Held, told: Told, signal: AbortSignal): Promise<Uploaded> {
	let from = held;
	if (held.media) {
		const had = await ready(held.media, told, signal).catch(unlessGone);
		if (had) return had;
		told.holds((from = {}));
	}
	const isLarge = file.size > LARGE || file.type.startsWith('video/');
	const begun = isLarge ? { id: await pieces(file, from, told, signal) } : await whole(file, name, told, signal);
	if ('url' in begun && begun.url) return begun;
	try {
		return await ready(begun.id, told, signal);
	} catch (error) {
		if (isGone(error)) told.holds({});
		throw error;
	}
}

/** It is there no more, or nothing could be made of it. */
function isGone(error: unknown): boolean {
	return error instanceof Refusal && [404, 410, 422].includes(error.status);
}

function unlessGone(error: unknown): null {
	if (isGone(error)) return null;
	throw error;
}

async function pieces(file: Blob, { upload }: Held, told: Told, signal: AbortSignal): Promise<string> {
	let place = upload;
	const holds = (at: string) => told.holds({ upload: (place = at) });
	const media = await inPieces(file, upload, { ...told, holds }, signal);
	told.holds({ upload: place, media });
	return media;
}

async function whole(file: Blob, name: string, { sent, holds }: Told, signal: AbortSignal): Promise<Uploaded> {
	const body = new FormData();
	body.set('file', file, name);
	const request = await carry({ method: 'POST', path: '/api/v2/media', body, onsent: (bytes, of) => sent(bytes / of), signal });
	const begun = request.response as Uploaded;
	holds({ media: begun.id });
	return begun;
}

/** Waits until the server has made the sizes that are shown, and the film that is played. */
async function ready(id: string, { made, broke }: Told, signal: AbortSignal): Promise<Uploaded> {
	let latest: Uploaded | undefined;
	for (let asked = 0; asked < PATIENCE; asked += 1) {
		try {
			const response = await ask(`/api/v1/media/${id}`, { signal });
			latest = (await response.json()) as Uploaded;
			if (latest.url) return latest;
			const hundredths = response.headers.get(PROGRESS);
			made(hundredths === null ? undefined : Number(hundredths) / 100);
		} catch (error) {
			if (!(error instanceof Unreachable)) throw error;
			broke();
		}
		await pause(PAUSE, signal);
	}
	if (!latest) throw new Unreachable(id);
	return latest;
}

/** What nobody posts need not be kept; the server would find out by itself. */
export async function forget({ upload, media }: Held): Promise<void> {
	const gone = [media && send('DELETE', `/api/v1/media/${media}`), upload && giveUp(upload)];
	await Promise.allSettled(gone);
}
