// How the app looks and behaves in this browser. Sends nothing to the server.

import { read, write } from './kept.ts';

export type Theme = 'system' | 'light' | 'dark' | 'black';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark', 'black'];

function theme(): Theme {
	const kept = read('theme') as Theme | null;
	return kept && THEMES.includes(kept) ? kept : 'system';
}

class Appearance {
	#theme = $state<Theme>(theme());
	#saver = $state(read('data-saver') === 'on');
	#keys = $state(read('keys') !== 'off');
	#button = $state(read('more-button') === 'on');

	get theme(): Theme {
		return this.#theme;
	}
	set theme(value: Theme) {
		this.#theme = value;
		write('theme', value === 'system' ? null : value);
		this.apply();
	}

	/** Pictures are loaded when they are asked for. */
	get dataSaver(): boolean {
		const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
		return this.#saver || connection?.saveData === true;
	}
	set dataSaver(value: boolean) {
		this.#saver = value;
		write('data-saver', value ? 'on' : null);
	}

	/** Single letters do something. */
	get keys(): boolean {
		return this.#keys;
	}
	set keys(value: boolean) {
		this.#keys = value;
		write('keys', value ? null : 'off');
	}

	/** Older posts come by a button instead of by scrolling. */
	get moreButton(): boolean {
		return this.#button;
	}
	set moreButton(value: boolean) {
		this.#button = value;
		write('more-button', value ? 'on' : null);
	}

	apply(): void {
		const root = document.documentElement;
		if (this.#theme === 'system') delete root.dataset.theme;
		else root.dataset.theme = this.#theme;
	}
}

export const appearance = new Appearance();
