// Develops one picture by a recipe: small for the screen, whole for sending. Works in a worker and in a page alike; keeps
// the file's own colours, and never changes the file.

import { cropOf, sampling, type Size, turned } from './crop.ts';
import { HEAD, isWide } from './profile.ts';
import { Program, type Surface } from './program.ts';
import type { Recipe } from './recipe.ts';
import { outSize, tiles } from './tiles.ts';
import { tone } from './tone.ts';

/** What the screen is drawn from: enough for a large window, and quick. */
const ON_SCREEN = 2_048;
/** Cells of grain along the longest side, however large the picture. */
const GRAIN = 1_100;
/** A tile of a whole picture. */
const TILE = 4_096;
const QUALITY = 0.92;
/** Forms that a browser writes, and that hold what is transparent. Any other becomes a JPEG. */
const KEPT = new Set(['image/png', 'image/webp']);

export interface View {
	recipe: Recipe;
	/** All of the picture, for whoever draws a box; else what is cut out. */
	whole: boolean;
	/** The longest sides, in pixels. */
	width: number;
	height: number;
}

/** How large a picture is taken. */
export interface Most {
	pixels: number;
	side: number;
	bytes: number;
}

function surface(width: number, height: number): Surface {
	if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height);
	return Object.assign(document.createElement('canvas'), { width, height });
}

async function encoded(from: Surface, type: string, quality: number): Promise<Blob> {
	if ('convertToBlob' in from) return from.convertToBlob({ type, quality });
	return new Promise((resolve, reject) => from.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('not encoded'))), type, quality));
}

export class Darkroom {
	private constructor(
		private readonly file: Blob,
		private readonly picture: ImageBitmap,
		private readonly wide: boolean,
		private readonly screen: Program
	) {}

	static async open(file: Blob): Promise<Darkroom> {
		const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
		const picture = await createImageBitmap(file, { imageOrientation: 'from-image', premultiplyAlpha: 'none' });
		const wide = isWide(head);
		return new Darkroom(file, picture, wide, await forScreen(picture, wide));
	}

	get size(): Size {
		return { width: this.picture.width, height: this.picture.height };
	}

	/** As it is to be seen, in a picture that fits into the view. */
	async show({ recipe, whole, width, height }: View): Promise<ImageBitmap> {
		const program = this.screen;
		const frame = turned(this.size, recipe.turns);
		const box = whole ? { x: 0, y: 0, width: 1, height: 1 } : cropOf(recipe, this.size);
		const cut = { width: box.width * frame.width, height: box.height * frame.height };
		const scale = Math.min(1, width / cut.width, height / cut.height);
		const out = { width: Math.max(1, Math.round(cut.width * scale)), height: Math.max(1, Math.round(cut.height * scale)) };
		program.colours(tone(recipe));
		const small = Math.min(1, ON_SCREEN / Math.max(this.size.width, this.size.height));
		program.draw({ ...out, sampling: sampling(recipe, box, this.size), within: [0, 0, 1, 1], shape: cells(cut), texel: [1 / (this.size.width * small), 1 / (this.size.height * small)] });
		return taken(program.surface);
	}

	/** The whole picture, in the form it came in where that can be written. */
	async develop(recipe: Recipe, most: Most): Promise<Blob> {
		const canvas = await this.#whole(recipe, most);
		const first = await encoded(canvas, KEPT.has(this.file.type) ? this.file.type : 'image/jpeg', QUALITY);
		if (first.size <= most.bytes) return first;
		return encoded(canvas, 'image/jpeg', QUALITY);
	}

	async #whole(recipe: Recipe, most: Most): Promise<Surface> {
		const frame = turned(this.size, recipe.turns);
		const box = cropOf(recipe, this.size);
		const cut = { width: box.width * frame.width, height: box.height * frame.height };
		const out = outSize(cut, most.pixels, most.side);
		const canvas = surface(out.width, out.height);
		const context = canvas.getContext('2d', { colorSpace: this.wide ? 'display-p3' : 'srgb' }) as OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;
		const program = new Program(surface(1, 1), this.wide);
		program.colours(tone(recipe));
		for (const { out: part, source, sampling: from } of tiles(out, sampling(recipe, box, this.size), this.size, Math.min(TILE, program.most))) {
			const piece = await createImageBitmap(this.picture, source.x, source.y, source.width, source.height, { premultiplyAlpha: 'none' });
			program.load(piece);
			piece.close();
			const within: [number, number, number, number] = [part.x / out.width, part.y / out.height, part.width / out.width, part.height / out.height];
			program.draw({ width: part.width, height: part.height, sampling: from, within, shape: cells(cut), texel: [1 / source.width, 1 / source.height] });
			context.drawImage(program.surface, part.x, part.y);
		}
		program.end();
		return canvas;
	}

	end(): void {
		this.screen.end();
		this.picture.close();
	}
}

async function forScreen(picture: ImageBitmap, wide: boolean): Promise<Program> {
	const program = new Program(surface(1, 1), wide);
	const scale = Math.min(1, ON_SCREEN / Math.max(picture.width, picture.height));
	const [resizeWidth, resizeHeight] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
	const small = await createImageBitmap(picture, { resizeWidth, resizeHeight, resizeQuality: 'high', premultiplyAlpha: 'none' });
	program.load(small);
	small.close();
	return program;
}

function cells({ width, height }: Size): [number, number] {
	const longest = Math.max(width, height);
	return [(width / longest) * GRAIN, (height / longest) * GRAIN];
}

function taken(from: Surface): ImageBitmap | Promise<ImageBitmap> {
	return 'transferToImageBitmap' in from ? from.transferToImageBitmap() : createImageBitmap(from);
}
