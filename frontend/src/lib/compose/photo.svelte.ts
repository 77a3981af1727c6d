// One picture of a draft, from the file to what the server holds. Knows nothing of its neighbours.

import { Refusal, send, Unreachable } from '../api/client.ts';
import type { Attachment } from '../api/entities.ts';
import { isUntouched, type Recipe, UNTOUCHED } from '../edit/recipe.ts';
import { bytes } from '../i18n/figures.ts';
import { t } from '../i18n/text.svelte.ts';
import type { KeptPhoto } from './kept.ts';
import { upload, type Upload } from './upload.ts';

export type PhotoState = 'developing' | 'sending' | 'processing' | 'ready' | 'failed';

/** What the server takes. */
export interface Limits {
	bytes: number;
	filmBytes: number;
	pixels: number;
}

/** Browsers draw no picture that is longer. */
const LONGEST_SIDE = 16_384;
const MIDDLE = { x: 0, y: 0 };

export class Photo {
	readonly key: string;
	state = $state<PhotoState>('sending');
	/** From 0 to 1, while it is sent. */
	sent = $state(0);
	problem = $state('');
	/** It failed for want of a network, and can be tried when there is one. */
	waits = $state(false);
	alt = $state('');
	/** From −1 to 1 with y upwards, as the API has it. */
	focus = $state.raw(MIDDLE);
	recipe = $state.raw<Recipe>(UNTOUCHED);
	developed = $state.raw<Blob | null>(null);
	media = $state.raw<Attachment | null>(null);
	preview = $state('');
	#upload: Upload | undefined;
	#told = { alt: '', focus: MIDDLE };
	#isGone = false;

	constructor(
		/** None for a picture of a post that is being edited. */
		readonly file: File | null,
		media: Attachment | null = null,
		kept: Partial<KeptPhoto> = {}
	) {
		this.key = kept.key ?? crypto.randomUUID();
		this.alt = kept.alt ?? media?.description ?? '';
		this.focus = kept.focus ?? media?.meta?.focus ?? MIDDLE;
		this.recipe = kept.recipe ?? UNTOUCHED;
		this.developed = kept.developed ?? null;
		this.preview = this.#shown() ?? media?.preview_url ?? '';
		if (!media) return;
		this.media = media;
		this.#told = { alt: this.alt, focus: this.focus };
		this.state = 'ready';
	}

	get isEdited(): boolean {
		return !isUntouched(this.recipe);
	}

	/** It moves: nothing here can change how it looks. */
	get isFilm(): boolean {
		return this.file?.type.startsWith('video/') ?? ['video', 'gifv'].includes(this.media?.type ?? '');
	}

	get kept(): KeptPhoto[] {
		const { key, file, alt, focus, recipe, developed } = this;
		return file ? [{ key, file, alt, focus, recipe, developed }] : [];
	}

	/** Sends it as it is to be: the file's own bytes where nothing was changed. */
	async send(limits: Limits): Promise<void> {
		if (this.#isGone) return;
		if (this.isEdited && !this.developed) return this.edit(this.recipe, limits);
		const body = this.developed ?? this.file;
		if (!body || !this.file) return;
		const limit = this.isFilm ? limits.filmBytes : limits.bytes;
		if (body.size > limit) return this.#fail(t('photo-too-large', { size: bytes(body.size), limit: bytes(limit) }));
		this.state = 'sending';
		this.waits = false;
		this.sent = 0;
		const going = upload(body, named(this.file.name, body.type), (share) => {
			if (this.#upload !== going) return;
			this.sent = share;
			if (share === 1) this.state = 'processing';
		});
		this.#upload = going;
		try {
			const media = await going.done;
			if (this.#upload !== going) return void forget(media);
			this.media = media;
			this.#told = { alt: '', focus: MIDDLE };
			this.state = 'ready';
		} catch (error) {
			if (this.#upload === going && !(error instanceof DOMException)) this.#refused(error);
		}
	}

	/** Changes it by a recipe, always from the file that was chosen, and sends what comes out. */
	async edit(recipe: Recipe, limits: Limits): Promise<void> {
		if (!this.file) return;
		this.#takeBack();
		this.recipe = recipe;
		this.#show(null);
		if (this.isEdited) {
			this.state = 'developing';
			try {
				const { develop } = await import('../edit/desk.ts');
				const developed = await develop(this.file, recipe, { ...limits, side: LONGEST_SIDE });
				if (this.recipe !== recipe || this.#isGone) return;
				this.#show(developed);
			} catch {
				if (this.recipe === recipe) this.#fail(t('photo-not-edited'));
				return;
			}
		}
		await this.send(limits);
	}

	/** Leaves it here, unsent. */
	stop(): void {
		this.#takeBack();
		this.#fail(t('photo-cancelled'));
	}

	/** Tells the server the words and the focus of a picture that is in no post yet. */
	async describe(): Promise<void> {
		const { media, alt, focus } = this;
		if (!media || (alt === this.#told.alt && focus === this.#told.focus)) return;
		await send('PUT', `/api/v1/media/${media.id}`, { description: alt, focus: focusText(focus) });
		this.#told = { alt, focus };
	}

	/** The same for one that is in a post already. */
	get attributes() {
		return { id: this.media?.id, description: this.alt, focus: focusText(this.focus) };
	}

	drop(): void {
		if (!this.file) return;
		this.#isGone = true;
		this.#takeBack();
		URL.revokeObjectURL(this.preview);
	}

	#takeBack(): void {
		this.#upload?.stop();
		this.#upload = undefined;
		if (this.media) void forget(this.media);
		this.media = null;
	}

	#shown(): string | undefined {
		const body = this.developed ?? this.file;
		return body ? URL.createObjectURL(body) : undefined;
	}

	#show(developed: Blob | null): void {
		URL.revokeObjectURL(this.preview);
		this.developed = developed;
		this.preview = this.#shown() ?? '';
	}

	#refused(error: unknown): void {
		this.waits = error instanceof Unreachable;
		if (this.waits) this.#fail(t('photo-offline'));
		else this.#fail(error instanceof Refusal ? error.message : t('error-unknown'));
	}

	#fail(problem: string): void {
		this.problem = problem;
		this.state = 'failed';
	}
}

/** What nobody posts need not be kept; the server would find out by itself. */
async function forget(media: Attachment): Promise<void> {
	await send('DELETE', `/api/v1/media/${media.id}`).catch(() => undefined);
}

function focusText({ x, y }: { x: number; y: number }): string {
	return `${x.toFixed(3)},${y.toFixed(3)}`;
}

/** A name that fits what is inside. */
function named(name: string, type: string): string {
	const ending = { 'image/jpeg': '.jpg', 'image/png': '.png', 'image/webp': '.webp' }[type];
	return ending ? name.replace(/\.\w+$/, '') + ending : name;
}
