// A file on its way in pieces, by tus 1.0: goes on where it was when the line broke or the page was left. Sends nothing again
// that the server has, and knows nothing of what becomes of the file.

import { ask, Refusal, send, Unreachable } from '../api/client.ts';
import { carry, pause } from './carry.ts';

const UPLOADS = '/api/tintype/v1/uploads';
const VERSION = { 'tus-resumable': '1.0.0' };
/** As much as a proxy in between has to hold at once. */
const PIECE = 8 << 20;
/** Between two tries, each time that nothing has come of one. */
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
/** What passes: the server is busy, or is still writing what another request brought. */
const PASSING = new Set([408, 409, 423, 429, 460, 500, 502, 503, 504]);

export interface Told {
	/** From 0 to 1. */
	sent: (share: number) => void;
	/** Where the server has what came, for whoever goes on later. */
	holds: (place: string) => void;
	/** The line is broken; it goes on by itself. */
	broke: () => void;
}

interface Far {
	offset: number;
	/** What it has become, once all of it is there. */
	media: string | null;
}

/** The id of what the file has become. */
export async function inPieces(file: Blob, begun: string | undefined, told: Told, signal: AbortSignal): Promise<string> {
	let place = begun;
	let vain = 0;
	for (;;) {
		try {
			let far = place ? await farOf(place, file, signal) : null;
			if (!place || !far) {
				place = await announced(file, signal);
				told.holds(place);
				far = { offset: 0, media: null };
			}
			while (far.media === null) {
				far = await piece(place, file, far.offset, told, signal);
				vain = 0;
			}
			return far.media;
		} catch (error) {
			if (signal.aborted || !passes(error, vain)) throw error;
			told.broke();
			await pause(PAUSES[Math.min(vain, PAUSES.length - 1)]!, signal);
			vain += 1;
		}
	}
}

/** Without a network it waits as long as it takes; a server that only says no is not asked for ever. */
function passes(error: unknown, vain: number): boolean {
	if (error instanceof Unreachable) return true;
	return error instanceof Refusal && PASSING.has(error.status) && vain < PAUSES.length;
}

async function announced(file: Blob, signal: AbortSignal): Promise<string> {
	const headers = { ...VERSION, 'upload-length': String(file.size) };
	const { headers: said } = await ask(UPLOADS, { method: 'POST', headers, signal });
	// Our own server, by whatever name the page has it.
	return new URL(said.get('location') ?? '', location.origin).pathname;
}

/** `null` where the server knows it no more, or means another file. */
async function farOf(place: string, file: Blob, signal: AbortSignal): Promise<Far | null> {
	try {
		const { headers } = await ask(place, { method: 'HEAD', headers: VERSION, cache: 'no-store', signal });
		return Number(headers.get('upload-length')) === file.size ? far((name) => headers.get(name)) : null;
	} catch (error) {
		if (error instanceof Refusal && [404, 410].includes(error.status)) return null;
		throw error;
	}
}

async function piece(path: string, file: Blob, offset: number, { sent }: Told, signal: AbortSignal): Promise<Far> {
	sent(offset / file.size);
	const headers = { ...VERSION, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
	const onsent = (bytes: number) => sent((offset + bytes) / file.size);
	const request = await carry({ method: 'PATCH', path, headers, body: file.slice(offset, offset + PIECE), onsent, signal });
	return far((name) => request.getResponseHeader(name));
}

function far(header: (name: string) => string | null): Far {
	return { offset: Number(header('upload-offset')), media: header('tintype-media-id') };
}

/** Gives up what is there of it. What the server is still writing it keeps for a moment, and for a day at the most. */
export async function giveUp(place: string): Promise<void> {
	const { signal } = new AbortController();
	for (const wait of PAUSES.slice(0, 3)) {
		try {
			return await send('DELETE', place, undefined, VERSION);
		} catch (error) {
			if (!(error instanceof Refusal && error.status === 423)) return;
			await pause(wait, signal);
		}
	}
}
