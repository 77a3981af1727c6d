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
