// Pictures that the browser itself draws: ours, and of any shape.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** A shore in the evening. */
export async function drawn(page: Page, width: number, height: number): Promise<Buffer> {
	const url = await page.evaluate(
		([wide, high]) => {
			const canvas = Object.assign(document.createElement('canvas'), { width: wide, height: high });
			const context = canvas.getContext('2d')!;
			const sky = context.createLinearGradient(0, 0, 0, high!);
			sky.addColorStop(0, '#27406b');
			sky.addColorStop(1, '#f2b880');
			context.fillStyle = sky;
			context.fillRect(0, 0, wide!, high!);
			context.fillStyle = '#20242c';
			for (let x = 0; x < wide!; x += 7) context.fillRect(x, high! * (0.6 + 0.1 * Math.sin(x / 90)), 7, high!);
			return canvas.toDataURL('image/jpeg', 0.9);
		},
		[width, height]
	);
	return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

/** What a camera would have written beside such a picture. */
export function taken(jpeg: Buffer): Buffer {
	const text = (value: string) => Buffer.from(`${value}\0`);
	const ratio = (top: number, bottom: number) => Buffer.concat([top, bottom].map((number) => Buffer.of(number & 255, number >> 8, 0, 0)));
	const first = [
		[0x010f, 2, text('Fujifilm')],
		[0x0110, 2, text('X-T5')]
	] as const;
	const further = [
		[0x829a, 5, ratio(1, 250)],
		[0x829d, 5, ratio(20, 10)],
		[0x8827, 3, Buffer.of(400 & 255, 400 >> 8)],
		[0x9003, 2, text('2026:05:01 18:30:00')],
		[0x920a, 5, ratio(35, 1)],
		[0xa434, 2, text('XF35mm F1.4 R')]
	] as const;
	const LENGTH = [0, 1, 1, 2, 4, 8];
	const block = Buffer.alloc(512);
	let free = 200;
	const write = (at: number, entries: readonly (readonly [number, number, Buffer])[]) => {
		block.writeUInt16LE(entries.length, at);
		for (const [index, [tag, type, value]] of entries.entries()) {
			const place = at + 2 + 12 * index;
			block.writeUInt16LE(tag, place);
			block.writeUInt16LE(type, place + 2);
			block.writeUInt32LE(value.length / LENGTH[type]!, place + 4);
			if (value.length <= 4) value.copy(block, place + 8);
			else {
				block.writeUInt32LE(free, place + 8);
				value.copy(block, free);
				free += value.length;
			}
		}
	};
	block.write('II*\0', 0, 'latin1');
	block.writeUInt32LE(8, 4);
	write(8, [...first, [0x8769, 4, Buffer.of(80, 0, 0, 0)]]);
	write(80, further);
	const said = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), block]);
	const head = Buffer.of(0xff, 0xe1, (said.length + 2) >> 8, (said.length + 2) & 255);
	return Buffer.concat([jpeg.subarray(0, 2), head, said, jpeg.subarray(2)]);
}

/** The same as files, one for each size. */
export async function drawnFiles(page: Page, ...sizes: [number, number][]): Promise<string[]> {
	const folder = mkdtempSync(join(tmpdir(), 'tintype-photos-'));
	const files: string[] = [];
	for (const [index, [width, height]] of sizes.entries()) {
		const file = join(folder, `${index}.jpg`);
		writeFileSync(file, await drawn(page, width, height));
		files.push(file);
	}
	return files;
}
