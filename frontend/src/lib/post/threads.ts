// Answers sorted into threads of two levels. Pure.

import type { Status } from '../api/entities.ts';

/** A comment and everything that was said below it, in one list: deeper than that nobody follows. */
export interface Thread {
	comment: Status;
	answers: Status[];
}

export function threads(root: string, descendants: readonly Status[]): Thread[] {
	const found = new Map<string, Thread>();
	const belongs = new Map<string, Thread>();
	for (const status of descendants) {
		const above = status.in_reply_to_id === root ? undefined : belongs.get(status.in_reply_to_id ?? '');
		if (above) {
			above.answers.push(status);
			belongs.set(status.id, above);
		} else {
			const thread = { comment: status, answers: [] };
			found.set(status.id, thread);
			belongs.set(status.id, thread);
		}
	}
	return [...found.values()];
}
