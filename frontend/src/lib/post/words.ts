// The words of a post as the server cleaned them: links that stay in the app, small pictures in their places. Adds no markup.

import type { Attachment } from 'svelte/attachments';
import type { CustomEmoji, Mention, Quote } from '../api/entities.ts';

interface Words {
	mentions?: readonly Mention[];
	emojis?: readonly CustomEmoji[];
	/** It is shown: what says the same in words is not. */
	quote?: Quote | null;
}

/** For the element that holds the HTML. */
export function words({ mentions = [], emojis = [], quote = null }: Words): Attachment<HTMLElement> {
	return (element) => {
		if (quote) for (const address of element.querySelectorAll('.quote-inline')) address.remove();
		const known = new Map(mentions.map((mention) => [mention.url, mention.acct]));
		for (const link of element.querySelectorAll('a')) {
			const acct = known.get(link.href);
			const tag = /\bhashtag\b/.test(link.className) ? link.textContent.trim().replace(/^#/, '') : '';
			if (acct) link.setAttribute('href', `/@${acct}`);
			else if (tag) link.setAttribute('href', `/tags/${encodeURIComponent(tag.toLowerCase())}`);
			else if (link.origin !== location.origin) {
				link.target = '_blank';
				link.rel = 'nofollow noopener noreferrer';
				continue;
			}
			link.removeAttribute('target');
		}
		if (emojis.length > 0) draw(element, new Map(emojis.map((emoji) => [`:${emoji.shortcode}:`, emoji])));
	};
}

function draw(element: HTMLElement, known: Map<string, CustomEmoji>): void {
	const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
	const texts: Text[] = [];
	while (walker.nextNode()) texts.push(walker.currentNode as Text);
	for (const text of texts) {
		const parts = text.data.split(/(:\w+:)/);
		if (!parts.some((part) => known.has(part))) continue;
		text.replaceWith(...parts.map((part) => picture(known.get(part)) ?? part));
	}
}

function picture(emoji: CustomEmoji | undefined): HTMLImageElement | undefined {
	if (!emoji) return undefined;
	const image = new Image();
	image.className = 'emoji';
	image.src = emoji.static_url;
	image.alt = `:${emoji.shortcode}:`;
	return image;
}
