// The places of the app in the order of its bars. A place that is not built is not here.

import Bell from '@lucide/svelte/icons/bell';
import Bookmark from '@lucide/svelte/icons/bookmark';
import Compass from '@lucide/svelte/icons/compass';
import House from '@lucide/svelte/icons/house';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import Search from '@lucide/svelte/icons/search';
import Settings from '@lucide/svelte/icons/settings';
import SquarePlus from '@lucide/svelte/icons/square-plus';
import type { Component } from 'svelte';

export interface Place {
	name: string;
	href: string;
	icon: Component<{ size?: number; strokeWidth?: number; 'aria-hidden'?: 'true' }>;
	/** For people who are signed in only. */
	own: boolean;
	/** Also at the bottom of a phone. */
	bar: boolean;
}

export const PLACES: readonly Place[] = [
	{ name: 'home', href: '/', icon: House, own: false, bar: true },
	{ name: 'explore', href: '/explore', icon: Compass, own: false, bar: true },
	{ name: 'search', href: '/search', icon: Search, own: false, bar: false },
	{ name: 'notifications', href: '/notifications', icon: Bell, own: true, bar: false },
	{ name: 'messages', href: '/messages', icon: MessagesSquare, own: true, bar: false },
	{ name: 'compose', href: '/compose', icon: SquarePlus, own: true, bar: true },
	{ name: 'bookmarks', href: '/bookmarks', icon: Bookmark, own: true, bar: false },
	{ name: 'settings', href: '/settings', icon: Settings, own: true, bar: false }
];

/** Those that are there for this person. */
export function placesFor(isIn: boolean): Place[] {
	return PLACES.filter((place) => isIn || !place.own);
}
