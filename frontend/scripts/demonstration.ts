// The demonstration server of the tests, for what is run by hand.

import { setTimeout as pause } from 'node:timers/promises';
import { serve, type Served } from '../tests/browser/server.ts';

export type Demonstration = Served;

/** How often it is asked whether the server still works on pictures, and for how long. */
const LOOK = 2_000;
const PATIENCE = 20 * 60_000;
const DONE = 'No picture waits.';

export const demonstrate = (posts: number): Promise<Demonstration> => serve(posts);

/**
 * Waits until nothing is made of the photos any more. The server goes on for minutes after they are shown, with AVIF of
 * each, on the few processors that it shares with the browser: what is measured meanwhile is that, and not the page.
 */
export async function settled({ asked }: Demonstration): Promise<void> {
	const end = Date.now() + PATIENCE;
	let queue = '';
	while (!(queue = asked('media', 'queue')).includes(DONE)) {
		if (Date.now() > end) return console.error(`The server still makes pictures after ${PATIENCE / 60_000} minutes, and what is measured is slower by that:\n${queue}`);
		await pause(LOOK);
	}
}
