// The answers that the server wrote into the page, so that the first screen asks for nothing. Each is taken once.

export interface Answer {
	body: unknown;
	link?: string;
}

let answers: Map<string, Answer> | undefined;

function read(): Map<string, Answer> {
	const text = document.getElementById('first')?.textContent;
	if (!text) return new Map();
	return new Map(Object.entries(JSON.parse(text) as Record<string, Answer>));
}

/** The answer to this path, if it came with the page and was not taken yet. */
export function take(path: string): Answer | undefined {
	answers ??= read();
	const answer = answers.get(path);
	answers.delete(path);
	return answer;
}
