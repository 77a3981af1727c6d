// What others may have beside the pictures of a new post, where its author says nothing else: a choice of this browser.

import { read, write } from './kept.ts';

class Sharing {
	#originals = $state(read('offer-originals') === 'on');
	#camera = $state(read('show-camera') === 'on');

	/** The files as they were uploaded, without what stands beside the pixels. */
	get originals(): boolean {
		return this.#originals;
	}
	set originals(value: boolean) {
		this.#originals = value;
		write('offer-originals', value ? 'on' : null);
	}

	/** With what and how they were taken; never where. */
	get camera(): boolean {
		return this.#camera;
	}
	set camera(value: boolean) {
		this.#camera = value;
		write('show-camera', value ? 'on' : null);
	}
}

export const sharing = new Sharing();
