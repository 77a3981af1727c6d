// What this server offers beyond what every one does, as its own description says. Asked once.

import { get } from '../api/client.ts';

let paths: Promise<Set<string>> | undefined;

async function described(): Promise<Set<string>> {
	try {
		const document = await get<{ paths?: Record<string, unknown> }>('/api/openapi.json');
		return new Set(Object.keys(document.paths ?? {}));
	} catch {
		paths = undefined;
		return new Set();
	}
}

/** Whether posts can be published later. */
export async function offersLater(): Promise<boolean> {
	paths ??= described();
	return (await paths).has('/api/v1/scheduled_statuses');
}
