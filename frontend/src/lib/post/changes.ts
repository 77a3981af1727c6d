// What two versions of a text differ in, word by word. Pure.

export interface Piece {
	text: string;
	kind: 'same' | 'gone' | 'new';
}

/** Longer texts than this many words are told as replaced. */
const MOST_WORDS = 1_200;

const split = (text: string) => text.match(/\s+|[^\s]+/g) ?? [];

export function changes(before: string, after: string): Piece[] {
	const [old, young] = [split(before), split(after)];
	if (old.length > MOST_WORDS || young.length > MOST_WORDS) return joined([piece(before, 'gone'), piece(after, 'new')]);
	// How many words both have in common from each place on.
	const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(young.length + 1));
	for (let i = old.length - 1; i >= 0; i -= 1) {
		for (let j = young.length - 1; j >= 0; j -= 1) {
			common[i]![j] = old[i] === young[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
		}
	}
	const pieces: Piece[] = [];
	let [i, j] = [0, 0];
	while (i < old.length || j < young.length) {
		if (i < old.length && j < young.length && old[i] === young[j]) {
			pieces.push(piece(old[i]!, 'same'));
			i += 1;
			j += 1;
		} else if (j >= young.length || (i < old.length && common[i + 1]![j]! >= common[i]![j + 1]!)) pieces.push(piece(old[i++]!, 'gone'));
		else pieces.push(piece(young[j++]!, 'new'));
	}
	return joined(pieces);
}

const piece = (text: string, kind: Piece['kind']): Piece => ({ text, kind });

function joined(pieces: Piece[]): Piece[] {
	const all: Piece[] = [];
	for (const { text, kind } of pieces) {
		const last = all.at(-1);
		if (last?.kind === kind) last.text += text;
		else if (text) all.push({ text, kind });
	}
	return all;
}
