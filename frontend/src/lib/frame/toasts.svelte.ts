// Short messages: one polite line, one for trouble. Says nothing that has to be answered.

export interface Toast {
	id: number;
	text: string;
	trouble: boolean;
	/** What can be done about it while it is there. */
	action?: { label: string; run: () => void };
}

const SHORT = 4_000;
const WITH_ACTION = 8_000;

class Toasts {
	shown = $state.raw<Toast[]>([]);
	#last = 0;

	#add(text: string, trouble: boolean, action?: Toast['action']): void {
		const id = ++this.#last;
		this.shown = [...this.shown.filter((toast) => toast.text !== text).slice(-2), { id, text, trouble, action }];
		setTimeout(() => this.dismiss(id), action ? WITH_ACTION : SHORT);
	}

	say(text: string, action?: Toast['action']): void {
		this.#add(text, false, action);
	}

	trouble(text: string): void {
		this.#add(text, true);
	}

	dismiss(id: number): void {
		this.shown = this.shown.filter((toast) => toast.id !== id);
	}
}

export const toasts = new Toasts();
