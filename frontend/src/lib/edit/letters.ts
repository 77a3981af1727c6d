// What a page and its worker say to each other about a picture.

import type { Size } from './crop.ts';
import type { Most, View } from './darkroom.ts';
import type { Recipe } from './recipe.ts';

export type Wish = { open: Blob } | { show: View } | { develop: Recipe; most: Most };
export type Answer = { size: Size } | { shown: ImageBitmap } | { developed: Blob } | { trouble: string };

export interface Question {
	id: number;
	wish: Wish;
}
export interface Reply {
	id: number;
	answer: Answer;
}
