// Where posts are shown, as filters name it. Whoever shows a list says it once for all that is inside.

import { getContext, setContext } from 'svelte';
import type { FilterContext } from '../api/entities.ts';

const KEY = Symbol('where');

export function showIn(context: FilterContext): void {
	setContext(KEY, context);
}

export function where(): FilterContext {
	return getContext<FilterContext | undefined>(KEY) ?? 'public';
}

/** Of a list by its address. */
export function contextOf(path: string): FilterContext {
	if (/^\/api\/v1\/timelines\/(home|list)\b/.test(path)) return 'home';
	return path.startsWith('/api/v1/accounts/') ? 'account' : 'public';
}
