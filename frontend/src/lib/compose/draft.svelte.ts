// What is being written: pictures in their order, words, for whom, when. Sends it once, however often the button is pressed.

import { address, get, send } from '../api/client.ts';
import type { Quota, QuotePolicy, ScheduledStatus, Status, Visibility } from '../api/entities.ts';
import { type Recipe, withColoursOf } from '../edit/recipe.ts';
import { language, t } from '../i18n/text.svelte.ts';
import { session } from '../people/session.svelte.ts';
import { keep } from '../posts/known.svelte.ts';
import { HOME, timeline } from '../posts/timelines.ts';
import { taken } from './incoming.ts';
import { forgetDraft, keepDraft, type Kept, keptDraft } from './kept.ts';
import { Photo } from './photo.svelte.ts';
import { fromField, isSoon } from './later.ts';
import { isQuotable, policyOf } from './quoting.ts';

export class Draft {
	photos = $state<Photo[]>([]);
	text = $state('');
	warning = $state('');
	sensitive = $state(false);
	visibility = $state<Visibility>('public');
	comments = $state(true);
	/** In which it is written; nothing where nobody said. */
	language = $state('');
	/** What it quotes. */
	quoting = $state.raw<Status | null>(null);
	quotePolicy = $state<QuotePolicy>('public');
	/** Whether others may have the files as they were uploaded, and with what they were taken. */
	originals = $state(false);
	camera = $state(false);
	/** When it is to be published, as the field for it says; at once if it is empty. */
	later = $state('');
	/** The post that is edited, if it is one. */
	editing = $state.raw<Status | null>(null);
	sending = $state(false);
	/** Bytes that one may still keep, where that is bounded. */
	room = $state<number | null>(null);
	/** Whether this browser has all of it. */
	isKept = $state(false);
	#key = crypto.randomUUID();
	#isOut = false;
	/** What a post that is edited lets others have: it may be more than can be seen of it. */
	#had: { originals?: boolean; camera?: boolean } = {};
	/** Before that, nothing here is no reason to forget what is kept. */
	#isRestored = false;

	get limits() {
		const { statuses, media_attachments: media } = session.instance?.configuration ?? {
			statuses: { max_characters: 500, max_media_attachments: 20 },
			media_attachments: { supported_mime_types: [], image_size_limit: 40 << 20 }
		};
		return {
			characters: statuses.max_characters,
			photos: statuses.max_media_attachments,
			bytes: media.image_size_limit,
			films: media.supported_mime_types.filter((type) => type.startsWith('video/')),
			filmBytes: media.video_size_limit ?? media.image_size_limit,
			filmLength: media.video_duration_limit ?? Infinity,
			isBounded: this.room !== null,
			pixels: media.image_matrix_limit ?? 120_000_000,
			alt: media.description_limit ?? 1_500
		};
	}
	get left(): number {
		return this.limits.characters - [...this.text].length - [...this.warning].length;
	}
	get isEmpty(): boolean {
		return this.photos.length === 0 && this.text.trim() === '' && this.quoting === null;
	}
	/** It can be sent off, and waits then for what the server still makes of its pictures: it takes no post before. */
	get isReady(): boolean {
		const inTime = this.later === '' || !isSoon(this.later);
		const says = this.photos.length > 0 || this.text.trim() !== '';
		return says && !this.sending && inTime && this.left >= 0 && this.photos.every(({ isSent }) => isSent);
	}
	get undescribed(): number {
		return this.photos.filter(({ alt }) => alt.trim() === '').length;
	}

	/** Takes what fits; says how many did not. */
	add(files: Iterable<File>): number {
		const pictures = taken(files, this.limits.films);
		const room = Math.max(0, this.limits.photos - this.photos.length);
		this.#begin(pictures.slice(0, room).map((file) => new Photo(file)));
		return Math.max(0, pictures.length - room);
	}

	#begin(photos: Photo[]): void {
		this.photos.push(...photos);
		for (const photo of photos) void photo.send(this.limits).then(() => this.#remeasure());
	}

	#remeasure(): void {
		if (this.room !== null) void this.measure();
	}

	remove(photo: Photo): void {
		this.photos = this.photos.filter(({ key }) => key !== photo.key);
		photo.drop();
		this.#remeasure();
	}

	move(from: number, to: number): void {
		const photo = this.photos[from];
		if (!photo || to < 0 || to >= this.photos.length) return;
		this.photos.splice(from, 1);
		this.photos.splice(to, 0, photo);
	}

	/** Develops a picture anew, and with its colours the others, if they shall have them. One by one: each fills much memory. */
	async develop(photo: Photo, recipe: Recipe, all: boolean): Promise<void> {
		await this.#develop(photo, recipe);
		if (!all) return;
		for (const other of this.photos) if (other.key !== photo.key) await this.#develop(other, withColoursOf(other.recipe, recipe));
	}

	/** What is as it was need not be sent again. */
	async #develop(photo: Photo, recipe: Recipe): Promise<void> {
		if (JSON.stringify(recipe) !== JSON.stringify(photo.recipe)) await photo.edit(recipe, this.limits);
	}

	/** Tries once more what failed for want of a network. */
	retry(): void {
		for (const photo of this.photos) if (photo.state === 'failed' && photo.waits) void photo.send(this.limits);
	}

	begin(): void {
		this.visibility = session.me?.source.privacy ?? 'public';
		this.sensitive = session.me?.source.sensitive ?? false;
		this.language = session.me?.source.language || language.now;
		this.quotePolicy = session.me?.source.quote_policy ?? 'public';
		this.originals = session.me?.source.offer_originals ?? false;
		this.camera = session.me?.source.show_camera ?? false;
	}

	/** Asks how much may still be kept: what is refused for want of room is better not sent. */
	async measure(): Promise<void> {
		const quota = await get<Quota>('/api/tintype/v1/quota').catch(() => null);
		this.room = quota?.left ?? null;
	}

	/** Fails, if it is not here or not to be quoted. */
	async quote(id: string): Promise<void> {
		const post = await get<Status>(`/api/v1/statuses/${id}`);
		if (post.quote_approval?.current_user === 'denied') throw new Error('not to be quoted');
		this.quoting = post;
	}

	async edit(id: string): Promise<void> {
		const [post, source] = await Promise.all([get<Status>(`/api/v1/statuses/${id}`), get<{ text: string; spoiler_text: string }>(`/api/v1/statuses/${id}/source`)]);
		this.editing = post;
		this.text = source.text;
		this.warning = source.spoiler_text;
		this.sensitive = post.sensitive;
		this.visibility = post.visibility;
		this.language = post.language ?? '';
		this.photos = post.media_attachments.map((media) => new Photo(null, media));
		this.quotePolicy = policyOf(post);
		this.originals = this.#had.originals = post.media_attachments.some((media) => media.original_file);
		this.camera = this.#had.camera = post.media_attachments.some((media) => media.camera);
	}

	/** The post, or what is planned. */
	async publish(): Promise<Status | ScheduledStatus> {
		this.sending = true;
		try {
			await this.#made();
			// Those of a post that is edited are changed with it.
			const fresh = this.editing ? this.photos.filter(({ file }) => file !== null) : this.photos;
			await Promise.all(fresh.map((photo) => photo.describe()));
			const made = this.editing ? await this.#change(this.editing) : await this.#create();
			this.#isOut = true;
			await this.#forget();
			return 'account' in made ? keep(made) : made;
		} finally {
			this.sending = false;
		}
	}

	/** Fails, if nothing could be made of one of the pictures. */
	async #made(): Promise<void> {
		await Promise.all(this.photos.map((photo) => photo.settled()));
		const missing = this.photos.find(({ state }) => state !== 'ready');
		if (missing) throw new Error(missing.problem || t('error-unknown'));
	}

	get #body() {
		return {
			status: this.text,
			spoiler_text: this.warning,
			language: this.language || undefined,
			sensitive: this.sensitive || this.warning !== '',
			media_ids: this.photos.map(({ media }) => media?.id),
			// What is not said stays as it is.
			offer_originals: this.originals === this.#had.originals ? undefined : this.originals,
			show_camera: this.camera === this.#had.camera ? undefined : this.camera,
			quote_approval_policy: isQuotable(this.visibility) ? this.quotePolicy : undefined
		};
	}

	async #create(): Promise<Status | ScheduledStatus> {
		const scheduled_at = this.later ? fromField(this.later).toISOString() : undefined;
		const body = { ...this.#body, visibility: this.visibility, comments_disabled: !this.comments, quoted_status_id: this.quoting?.id, scheduled_at };
		const made = await send<Status | ScheduledStatus>('POST', '/api/v1/statuses', body, { 'idempotency-key': this.#key });
		if ('account' in made) timeline(HOME).add(made);
		return made;
	}

	async #change(post: Status): Promise<Status> {
		const media_attributes = this.photos.filter(({ file }) => file === null).map(({ attributes }) => attributes);
		return send<Status>('PUT', address(`/api/v1/statuses/${post.id}`), { ...this.#body, media_attributes });
	}

	/** What this browser keeps of it. */
	get kept(): Kept {
		const { text, warning, sensitive, visibility, comments, language, later, quotePolicy, originals, camera } = this;
		return { text, warning, sensitive, visibility, comments, language, later, quotePolicy, originals, camera, quotes: this.quoting?.id, photos: this.photos.flatMap(({ kept }) => kept) };
	}

	/** Keeps it in this browser, pictures and all. */
	async save(): Promise<void> {
		if (this.editing || this.#isOut || !this.#isRestored || !session.me) return;
		if (this.isEmpty) await this.#forget();
		else this.isKept = await keepDraft(session.me.id, this.kept);
	}

	async restore(): Promise<void> {
		const kept = session.me && (await keptDraft(session.me.id));
		this.#isRestored = true;
		if (!kept || !this.isEmpty) return;
		this.text = kept.text;
		this.warning = kept.warning;
		this.sensitive = kept.sensitive ?? this.sensitive;
		this.visibility = kept.visibility;
		this.comments = kept.comments ?? true;
		this.language = kept.language ?? this.language;
		this.later = kept.later ?? '';
		this.quotePolicy = kept.quotePolicy ?? this.quotePolicy;
		this.originals = kept.originals ?? this.originals;
		this.camera = kept.camera ?? this.camera;
		if (kept.quotes) void this.quote(kept.quotes).catch(() => undefined);
		this.#begin(kept.photos.map((photo) => new Photo(photo.file, photo.media ?? null, photo)));
		this.isKept = true;
	}

	/** Away with all of it. */
	async discard(): Promise<void> {
		for (const photo of this.photos) photo.drop();
		this.photos = [];
		this.text = this.warning = this.later = '';
		this.comments = true;
		this.quoting = null;
		this.#key = crypto.randomUUID();
		this.begin();
		await this.#forget();
	}

	async #forget(): Promise<void> {
		this.isKept = false;
		if (session.me && !this.editing) await forgetDraft(session.me.id);
	}
}
