// One picture of a draft, from the file to what the server holds. Knows nothing of its neighbours.

import { get, Refusal, send, Unreachable } from '../api/client.ts';
import type { Attachment, Film, Quota, Uploaded } from '../api/entities.ts';
import { isUntouched, type Recipe, UNTOUCHED } from '../edit/recipe.ts';
import { bytes, minutes } from '../i18n/figures.ts';
import { t } from '../i18n/text.svelte.ts';
import { lasts } from './film.ts';
import type { Held, KeptPhoto, Roll } from './kept.ts';
import { forget, upload, type Upload } from './upload.ts';

export type PhotoState = 'developing' | 'sending' | 'processing' | 'ready' | 'failed';

/** What the server takes. */
export interface Limits {
	bytes: number;
	filmBytes: number;
	/** In seconds. */
	filmLength: number;
	/** Whether this person may keep so much and no more. */
	isBounded?: boolean;
	pixels: number;
}

/** Browsers draw no picture that is longer. */
const LONGEST_SIDE = 16_384;
const MIDDLE = { x: 0, y: 0 };

function rollOf(film: Film | null | undefined): Roll {
	return { stock: film?.stock ?? '', developer: film?.developer ?? '', scanner: film?.scanner ?? '' };
}

export class Photo {
	readonly key: string;
	state = $state<PhotoState>('sending');
	/** From 0 to 1, while it is sent. */
	sent = $state(0);
	/** The same, while the server makes what is shown of it; where it says so. */
	made = $state<number>();
	/** The line is broken, and it goes on by itself. */
	broken = $state(false);
	problem = $state('');
	/** It failed for want of a network, and can be tried when there is one. */
	waits = $state(false);
	alt = $state('');
	/** From −1 to 1 with y upwards, as the API has it. */
	focus = $state.raw(MIDDLE);
	roll = $state(rollOf(null));
	recipe = $state.raw<Recipe>(UNTOUCHED);
	developed = $state.raw<Blob | null>(null);
	media = $state.raw<Uploaded | null>(null);
	/** What the server has of what is sent. */
	held = $state.raw<Held>({});
	preview = $state('');
	#upload: Upload | undefined;
	/** Whose turn it is, while it is looked at before it is sent. */
	#turn = {};
	#told = { alt: '', focus: MIDDLE, roll: rollOf(null) };
	#isGone = false;
	#sending: Promise<void> = Promise.resolve();

	constructor(
		/** None for a picture of a post that is being edited, or written anew. */
		readonly file: File | null,
		media: Attachment | null = null,
		kept: Partial<KeptPhoto> = {}
	) {
		this.key = kept.key ?? crypto.randomUUID();
		this.alt = kept.alt ?? media?.description ?? '';
		this.focus = kept.focus ?? media?.meta?.focus ?? MIDDLE;
		this.roll = kept.roll ?? rollOf(media?.camera?.film);
		this.recipe = kept.recipe ?? UNTOUCHED;
		this.developed = kept.developed ?? null;
		this.held = kept.held ?? {};
		this.preview = this.#shown() ?? media?.preview_url ?? '';
		if (!media) return;
		this.media = media;
		this.#told = { alt: media.description ?? '', focus: media.meta?.focus ?? MIDDLE, roll: rollOf(media.camera?.film) };
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
		const { key, file, media, alt, focus, recipe, developed, held } = this;
		const said = { key, alt, focus, roll: { ...this.roll }, recipe, developed, held };
		return file ? [{ ...said, file }] : media ? [{ ...said, file, media }] : [];
	}

	get goes(): boolean {
		return this.state === 'sending' || this.state === 'processing';
	}

	/** How far it is with what it is doing, from 0 to 1, where that is known. */
	get share(): number | undefined {
		return this.state === 'sending' ? this.sent : this.state === 'processing' ? this.made : undefined;
	}

	/** All of it has left; what the server makes of it may still be under way. */
	get isSent(): boolean {
		return this.state === 'processing' || this.state === 'ready';
	}

	/** Until it is ready or has failed, if it was sent. */
	settled(): Promise<void> {
		return this.#sending;
	}

	/** Sends it as it is to be: the file's own bytes where nothing was changed. */
	send(limits: Limits): Promise<void> {
		return (this.#sending = this.#send(limits));
	}

	async #send(limits: Limits): Promise<void> {
		if (this.#isGone) return;
		if (this.isEdited && !this.developed) return this.edit(this.recipe, limits);
		const body = this.developed ?? this.file;
		if (!body || !this.file) return;
		this.state = 'sending';
		this.waits = this.broken = false;
		this.sent = 0;
		this.made = undefined;
		const mine = (this.#turn = {});
		const problem = await this.#tooMuch(body, limits);
		if (this.#turn !== mine) return;
		if (problem) return this.#fail(problem);
		await this.#go(body, this.file.name);
	}

	/** Why it need not be sent, if it is more than the server takes. */
	async #tooMuch(body: Blob, { bytes: most, filmBytes, filmLength, isBounded }: Limits): Promise<string | null> {
		const size = bytes(body.size);
		if (this.isFilm) {
			if (body.size > filmBytes) return t('video-too-large', { size, limit: bytes(filmBytes) });
			const length = await lasts(body);
			if (length > filmLength) return t('video-too-long', { length: minutes(length), limit: minutes(filmLength) });
		} else if (body.size > most) return t('photo-too-large', { size, limit: bytes(most) });
		// What is there already has its room.
		if (!isBounded || this.held.media || this.held.upload) return null;
		const left = await get<Quota>('/api/tintype/v1/quota').then(({ left }) => left, () => null);
		return left !== null && body.size > left ? t('photo-no-room', { size, left: bytes(left) }) : null;
	}

	async #go(body: Blob, name: string): Promise<void> {
		const now = <T extends unknown[]>(then: (...said: T) => void) => (...said: T) => void (this.#upload === going && then(...said));
		const going: Upload = upload(body, named(name, body.type), this.held, {
			sent: now((share) => {
				this.broken = false;
				this.sent = share;
				this.state = share < 1 ? 'sending' : 'processing';
			}),
			made: now((share) => {
				this.broken = false;
				this.made = share;
				this.state = 'processing';
			}),
			holds: now((held) => (this.held = held)),
			broke: now(() => {
				this.broken = true;
				// Maybe not all that has left has arrived.
				if (!this.held.media) this.state = 'sending';
			})
		});
		this.#upload = going;
		try {
			const media = await going.done;
			if (this.#upload !== going) return;
			this.media = media;
			this.#told = { alt: media.description ?? '', focus: media.meta?.focus ?? MIDDLE, roll: rollOf(null) };
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

	/** Leaves it here, as far as it is. */
	stop(): void {
		this.#halt();
		this.#fail(t('photo-cancelled'));
	}

	/** Tells the server the words and the focus of a picture that is in no post yet. */
	async describe(): Promise<void> {
		const { media, alt, focus } = this;
		const roll = { ...this.roll };
		const film = this.#film;
		if (!media || (!film && alt === this.#told.alt && focusText(focus) === focusText(this.#told.focus))) return;
		await send('PUT', `/api/v1/media/${media.id}`, { description: alt, focus: focusText(focus), film });
		this.#told = { alt, focus, roll };
	}

	/** Only when it is another: where camera details are not shown, what was said of the film is not known here. */
	get #film(): Roll | undefined {
		const parts = Object.keys(this.roll) as (keyof Roll)[];
		return parts.some((part) => this.roll[part].trim() !== this.#told.roll[part]) ? { ...this.roll } : undefined;
	}

	/** The same for one that is in a post already. */
	get attributes() {
		return { id: this.media?.id, description: this.alt, focus: focusText(this.focus), film: this.#film };
	}

	drop(): void {
		if (!this.file) return;
		this.#isGone = true;
		this.#takeBack();
		URL.revokeObjectURL(this.preview);
	}

	#halt(): void {
		this.#upload?.stop();
		this.#upload = undefined;
		this.#turn = {};
	}

	#takeBack(): void {
		this.#halt();
		void forget(this.held);
		this.held = {};
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

function focusText({ x, y }: { x: number; y: number }): string {
	return `${x.toFixed(3)},${y.toFixed(3)}`;
}

/** A name that fits what is inside. */
function named(name: string, type: string): string {
	const ending = { 'image/jpeg': '.jpg', 'image/png': '.png', 'image/webp': '.webp' }[type];
	return ending ? name.replace(/\.\w+$/, '') + ending : name;
}
