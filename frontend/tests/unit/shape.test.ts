import { expect, test } from 'vitest';
import type { Attachment } from '#lib/api/entities.ts';
import { feedRatio, focusPosition, isCut, sourceSet } from '#lib/media/shape.ts';

function picture(width: number, height: number, more: Partial<Attachment> = {}): Attachment {
	return { id: '1', type: 'image', url: '/x', preview_url: '/x', remote_url: null, description: null, blurhash: null, meta: { original: { width, height } }, ...more };
}

test('a picture in the feed is neither taller than 4:5 nor wider than 1.91:1', () => {
	expect(feedRatio([picture(900, 2100)])).toBe(0.8);
	expect(feedRatio([picture(6500, 2400)])).toBe(1.91);
	expect(feedRatio([picture(3000, 2000), picture(900, 2100)])).toBe(1.5);
	expect(feedRatio([picture(0, 0)])).toBe(1);
});

test('a picture is cut when more than a sliver of it is outside of the box', () => {
	expect(isCut(picture(900, 2100), 0.8)).toBe(true);
	expect(isCut(picture(1000, 1260), 0.8)).toBe(false);
});

test('the focus point is where the crop is held, with y upwards', () => {
	const focus = (x: number, y: number) => focusPosition(picture(1, 1, { meta: { focus: { x, y } } }));
	expect(focus(0, 0)).toBe('50% 50%');
	expect(focus(-1, 1)).toBe('0% 0%');
	expect(focus(0.5, -0.5)).toBe('75% 75%');
	expect(focus(7, -7)).toBe('100% 100%');
});

test('sizes are named from small to large, one type at a time', () => {
	const variants = [
		{ url: '/l.webp', type: 'image/webp', width: 1080 },
		{ url: '/l.jpg', type: 'image/jpeg', width: 1080 },
		{ url: '/s.webp', type: 'image/webp', width: 320 }
	];
	expect(sourceSet(picture(1, 1, { variants }), 'image/webp')).toBe('/s.webp 320w, /l.webp 1080w');
	expect(sourceSet(picture(1, 1), 'image/webp')).toBe('');
});
