// One request with a file in it, how far it has left, and a way to stop it. Tries nothing twice.

import { Refusal, Unreachable } from '../api/client.ts';

export interface Load {
	method: 'POST' | 'PATCH';
	path: string;
	headers?: Record<string, string>;
	body: FormData | Blob;
	/** Bytes that have left. */
	onsent: (bytes: number, of: number) => void;
	signal: AbortSignal;
}

/** `fetch` does not tell how much of a body has left, so this is the older way. */
export function carry({ method, path, headers = {}, body, onsent, signal }: Load): Promise<XMLHttpRequest> {
	const request = new XMLHttpRequest();
	const abort = () => request.abort();
	signal.addEventListener('abort', abort, { once: true });
	return new Promise<XMLHttpRequest>((resolve, reject) => {
		signal.throwIfAborted();
		request.open(method, path);
		request.responseType = 'json';
		for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
		request.upload.onprogress = (event) => event.lengthComputable && onsent(event.loaded, event.total);
		request.onerror = () => reject(new Unreachable(path));
		request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
		request.onload = () => {
			const { status, response } = request;
			if (status < 300) return resolve(request);
			reject(new Refusal(status, response?.error ?? request.statusText, request.getResponseHeader('x-request-id'), null));
		};
		request.send(body);
	}).finally(() => signal.removeEventListener('abort', abort));
}

/** Waits, but not longer than until the network is back. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
	return new Promise<void>((resolve, reject) => {
		signal.throwIfAborted();
		const ended = new AbortController();
		const end = (then: () => void) => () => {
			clearTimeout(timer);
			ended.abort();
			then();
		};
		const timer = setTimeout(end(resolve), milliseconds);
		addEventListener('online', end(resolve), { signal: ended.signal });
		signal.addEventListener('abort', end(() => reject(signal.reason)), { signal: ended.signal });
	});
}
