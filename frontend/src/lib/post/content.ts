// The words of a post: whether it has any of its own, and what they are without markup. Pure.

import type { Status } from '../api/entities.ts';

/** What servers write for readers who see no quotes, an address: as a paragraph, or at the end of one. */
const FALLBACK = /<p\b[^>]*\bquote-inline\b[^>]*>.*?<\/p>|<span\b[^>]*\bquote-inline\b.*$/gs;

type Said = Pick<Status, 'content' | 'quote'>;

const own = ({ content, quote }: Said) => (quote ? content.replace(FALLBACK, '') : content);

export function hasWords(post: Said): boolean {
	return !/^(<p>(<\/p>)?)?$/.test(own(post));
}

/** Its words in one line. */
export function plainOf(post: Said): string {
	return textOf(own(post));
}

export function textOf(html: string): string {
	const spaced = html.replace(/<[^>]+>/g, ' ');
	return (new DOMParser().parseFromString(spaced, 'text/html').body.textContent ?? '').replace(/\s+/g, ' ').trim();
}
