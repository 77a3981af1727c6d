// One picture on its way to the server: how far it is, a way to stop it, and what the server made of it.

import { get, Refusal, Unreachable } from '../api/client.ts';
import type { Attachment } from '../api/entities.ts';

export interface Upload {
	done: Promise<Attachment>;
	stop: () => void;
}

/** How long between two questions whether a picture is ready. */
const PAUSE = 800;
/** A video takes as long as it lasts, or longer, and others may be before it. */
const PATIENCE = 4_500;

/** Sends the untouched file. `fetch` does not tell how much of a body has left, so this is the older way. */
export function upload(file: Blob, name: string, onprogress: (share: number) => void): Upload {
	const request = new XMLHttpRequest();
	const sent = new Promise<Attachment>((resolve, reject) => {
		request.open('POST', '/api/v2/media');
		request.responseType = 'json';
		request.upload.onprogress = (event) => event.lengthComputable && onprogress(event.loaded / event.total);
		request.onerror = () => reject(new Unreachable('/api/v2/media'));
		request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
		request.onload = () => {
			const { status, response } = request;
			if (status < 300 && response) resolve(response as Attachment);
			else reject(new Refusal(status, response?.error ?? request.statusText, request.getResponseHeader('x-request-id'), null));
		};
		const form = new FormData();
		form.set('file', file, name);
		request.send(form);
	});
	return { done: sent.then(ready), stop: () => request.abort() };
}

/** Waits until the server has made the sizes that are shown. */
async function ready(media: Attachment): Promise<Attachment> {
	let latest = media;
	for (let asked = 0; !latest.url && asked < PATIENCE; asked += 1) {
		await new Promise((resolve) => setTimeout(resolve, PAUSE));
		latest = await get<Attachment>(`/api/v1/media/${media.id}`);
	}
	return latest;
}
