// Questions before what cannot be undone. The one dialog of the frame shows them.

export interface Question {
	title: string;
	text: string;
	/** The word on the button that does it. */
	yes: string;
}

class Asking {
	now = $state.raw<Question | null>(null);
	#answer: ((yes: boolean) => void) | undefined;

	ask(question: Question): Promise<boolean> {
		this.#answer?.(false);
		this.now = question;
		return new Promise((resolve) => (this.#answer = resolve));
	}

	answer(yes: boolean): void {
		this.now = null;
		this.#answer?.(yes);
		this.#answer = undefined;
	}
}

export const asking = new Asking();
