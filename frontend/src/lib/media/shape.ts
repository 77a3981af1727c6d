// The shape of a picture in the feed, and where it is cut. Pure numbers.

import type { Attachment } from '../api/entities.ts';

/** From 4:5 to 1.91:1, so that one picture fills neither more than a screen nor less than a strip. */
export const TALLEST = 4 / 5;
export const WIDEST = 1.91;

export function size(media: Attachment): { width: number; height: number } {
	const known = media.meta?.original ?? media.meta?.small;
	return known && known.width > 0 && known.height > 0 ? known : { width: 1, height: 1 };
}

/** Whether there is something to play, and not only a picture to see. */
export function moves({ type, url }: Attachment): boolean {
	return (type === 'video' || type === 'gifv') && url !== null;
}

export function ratio(media: Attachment): number {
	const { width, height } = size(media);
	return width / height;
}

export function clamped(value: number): number {
	return Math.min(WIDEST, Math.max(TALLEST, value));
}

/** One box for all pictures of a post: that of the first, as nobody wants a page that jumps while they swipe. */
export function feedRatio(pictures: readonly Attachment[]): number {
	const [first] = pictures;
	return first ? clamped(ratio(first)) : 1;
}

/** Whether more than a sliver is cut off when the picture fills the box. */
export function isCut(media: Attachment, box: number): boolean {
	const own = ratio(media);
	return Math.max(own / box, box / own) > 1.04;
}

/** `object-position` for the focus point. */
export function focusPosition(media: Attachment): string {
	return placed(media.meta?.focus ?? {});
}

/** The same for a point: from −1 to 1 with y upwards, as the API has it. */
export function placed({ x = 0, y = 0 }: { x?: number; y?: number }): string {
	const percent = (place: number) => `${Math.round((Math.min(1, Math.max(-1, place)) + 1) * 500) / 10}%`;
	return `${percent(x)} ${percent(-y)}`;
}

/** `srcset` of the renditions of one type, from small to large. */
export function sourceSet(media: Attachment, type: string): string {
	const fitting = (media.variants ?? []).filter((variant) => variant.type === type);
	const ordered = fitting.toSorted((one, other) => one.width - other.width);
	return ordered.map(({ url, width }) => `${url} ${width}w`).join(', ');
}
