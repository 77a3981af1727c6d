// What stands before the caret and may be the beginning of a name, a tag or an emoji. Pure: asks nobody what it could become.

export type Kind = 'people' | 'tags' | 'emojis';

export interface Token {
	kind: Kind;
	/** Where its sign stands. */
	start: number;
	/** What was written after it: never nothing. */
	text: string;
}

// A sign inside a word or an address begins nothing.
const TOKENS: readonly [Kind, RegExp][] = [
	['people', /(?<![\p{L}\p{N}_@/.])@([\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]*(?:@[\p{L}\p{N}.-]*)?)$/u],
	['tags', /(?<![\p{L}\p{N}_#/&])#([\p{L}\p{M}\p{N}_]+)$/u],
	// Of one letter it is a face more often than an emoji.
	['emojis', /(?<![\p{L}\p{N}_:]):(\w{2,})$/u]
];
/** Longer than anything that has a name. */
const LONGEST = 128;

export function tokenAt(text: string, caret: number): Token | null {
	const before = text.slice(Math.max(0, caret - LONGEST), caret);
	for (const [kind, shape] of TOKENS) {
		const found = shape.exec(before);
		if (found?.[1]) return { kind, start: caret - found[0].length, text: found[1] };
	}
	return null;
}
