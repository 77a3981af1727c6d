// The one way to the server: fetch with the session's cookie. Keeps no token and retries nothing by itself.

import { take } from './first.ts';
import { heard } from './heard.svelte.ts';

/** The server said no. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly requestId: string | null,
		readonly retryAfter: number | null
	) {
		super(message);
	}
}

/** Nothing came back: no network, or no server. */
export class Unreachable extends Error {}

export interface Page<T> {
	items: T[];
	/** Where the older ones are. */
	next?: string;
}

type Value = string | number | boolean | undefined | null | readonly (string | number)[];
export type Query = Record<string, Value>;

/** A path with its parameters, in the order given. */
export function address(path: string, query: Query = {}): string {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value === undefined || value === null) continue;
		if (Array.isArray(value)) for (const one of value) search.append(`${name}[]`, String(one));
		else search.set(name, String(value));
	}
	const text = search.toString();
	return text ? `${path}?${text}` : path;
}

/** The whole answer, for whoever reads its headers. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
	let response: Response;
	try {
		response = await fetch(path, { credentials: 'same-origin', ...init });
	} catch (error) {
		if (init.signal?.aborted) throw error;
		throw new Unreachable(path);
	}
	heard.note(response.headers.get('date'));
	if (response.ok) return response;
	const said = await response.json().catch(() => ({}));
	const after = Number(response.headers.get('retry-after'));
	throw new Refusal(
		response.status,
		said.error_description ?? said.error ?? response.statusText,
		response.headers.get('x-request-id'),
		Number.isFinite(after) && after > 0 ? after : null
	);
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
	const first = take(path);
	if (first) return first.body as T;
	const response = await ask(path, { signal });
	return (await response.json()) as T;
}

/** One page of a list, and the address of the next. `unpack`: where the answer is not the list itself. */
export async function page<T, Body = T[]>(path: string, unpack: (body: Body) => T[] = (body) => body as T[]): Promise<Page<T>> {
	const first = take(path);
	if (first) return { items: unpack(first.body as Body), next: next(first.link) };
	const response = await ask(path);
	return { items: unpack((await response.json()) as Body), next: next(response.headers.get('link')) };
}

/** Out of a `Link` header; without the host, since this app has one server only. */
export function next(link: string | null | undefined): string | undefined {
	for (const [, url, relation] of (link ?? '').matchAll(/<([^>]*)>;\s*rel="?(\w+)"?/g)) {
		if (relation !== 'next' || !url) continue;
		const { pathname, search } = new URL(url, location.origin);
		return pathname + search;
	}
	return undefined;
}

export type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export async function send<T>(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
	const form = body instanceof FormData;
	const response = await ask(path, {
		method,
		headers: body === undefined || form ? headers : { 'content-type': 'application/json', ...headers },
		body: body === undefined ? undefined : form ? body : JSON.stringify(body)
	});
	return (await response.json().catch(() => ({}))) as T;
}
