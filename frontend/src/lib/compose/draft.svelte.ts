// What is being written: pictures in their order, words, for whom. Sends it once, however often the button is pressed.

import { address, get, send } from '../api/client.ts';
import type { Status, Visibility } from '../api/entities.ts';
import { session } from '../people/session.svelte.ts';
import { keep } from '../posts/known.svelte.ts';
import { HOME, timeline } from '../posts/timelines.ts';
import { forgetDraft, keepDraft, keptDraft } from './kept.ts';
import { Photo } from './photo.svelte.ts';

export class Draft {
	photos = $state<Photo[]>([]);
	text = $state('');
	warning = $state('');
	sensitive = $state(false);
	visibility = $state<Visibility>('public');
	comments = $state(true);
	/** The post that is edited, if it is one. */
	editing = $state.raw<Status | null>(null);
	sending = $state(false);
	#key = crypto.randomUUID();

	get limits() {
		const { statuses, media_attachments: media } = session.instance?.configuration ?? {
			statuses: { max_characters: 500, max_media_attachments: 20 },
			media_attachments: { supported_mime_types: [], image_size_limit: 40 << 20 }
		};
		return {
			characters: statuses.max_characters,
			photos: statuses.max_media_attachments,
			bytes: media.image_size_limit,
			alt: media.description_limit ?? 1_500,
			types: media.supported_mime_types
		};
	}
	get left(): number {
		return this.limits.characters - [...this.text].length - [...this.warning].length;
	}
	get isEmpty(): boolean {
		return this.photos.length === 0 && this.text.trim() === '';
	}
	get isReady(): boolean {
		return !this.isEmpty && !this.sending && this.left >= 0 && this.photos.every(({ state }) => state === 'ready');
	}
	get undescribed(): number {
		return this.photos.filter(({ alt }) => alt.trim() === '').length;
	}

	/** Takes what fits; says how many did not. */
	add(files: Iterable<File>): number {
		const pictures = [...files].filter(({ type }) => type.startsWith('image/'));
		const room = Math.max(0, this.limits.photos - this.photos.length);
		for (const file of pictures.slice(0, room)) {
			const photo = new Photo(file);
			this.photos.push(photo);
			void photo.send(this.limits.bytes);
		}
		return Math.max(0, pictures.length - room);
	}

	remove(photo: Photo): void {
		this.photos = this.photos.filter(({ key }) => key !== photo.key);
		photo.drop();
	}

	move(from: number, to: number): void {
		const photo = this.photos[from];
		if (!photo || to < 0 || to >= this.photos.length) return;
		this.photos.splice(from, 1);
		this.photos.splice(to, 0, photo);
	}

	begin(): void {
		this.visibility = session.me?.source.privacy ?? 'public';
		this.sensitive = session.me?.source.sensitive ?? false;
	}

	async edit(id: string): Promise<void> {
		const [post, source] = await Promise.all([get<Status>(`/api/v1/statuses/${id}`), get<{ text: string; spoiler_text: string }>(`/api/v1/statuses/${id}/source`)]);
		this.editing = post;
		this.text = source.text;
		this.warning = source.spoiler_text;
		this.sensitive = post.sensitive;
		this.visibility = post.visibility;
		this.photos = post.media_attachments.map((media) => new Photo(null, media));
	}

	async publish(): Promise<Status> {
		this.sending = true;
		try {
			const fresh = this.photos.filter(({ file }) => file !== null);
			await Promise.all(fresh.map((photo) => photo.describe()));
			const status = this.editing ? await this.#change(this.editing) : await this.#create();
			await forgetDraft();
			return keep(status);
		} finally {
			this.sending = false;
		}
	}

	get #body() {
		return {
			status: this.text,
			spoiler_text: this.warning,
			sensitive: this.sensitive || this.warning !== '',
			media_ids: this.photos.map(({ media }) => media?.id)
		};
	}

	async #create(): Promise<Status> {
		const body = { ...this.#body, visibility: this.visibility, comments_disabled: !this.comments };
		const status = await send<Status>('POST', '/api/v1/statuses', body, { 'idempotency-key': this.#key });
		timeline(HOME).add(status);
		return status;
	}

	async #change(post: Status): Promise<Status> {
		const kept = this.photos.filter(({ file }) => file === null);
		const media_attributes = kept.map(({ media, alt }) => ({ id: media?.id, description: alt }));
		return send<Status>('PUT', address(`/api/v1/statuses/${post.id}`), { ...this.#body, media_attributes });
	}

	/** Keeps it in this browser, pictures and all. */
	async save(): Promise<void> {
		if (this.editing) return;
		const photos = this.photos.flatMap(({ file, alt }) => (file ? [{ file, alt }] : []));
		if (this.isEmpty) await forgetDraft();
		else await keepDraft({ text: this.text, warning: this.warning, visibility: this.visibility, photos });
	}

	async restore(): Promise<void> {
		const kept = await keptDraft();
		if (!kept || !this.isEmpty) return;
		this.text = kept.text;
		this.warning = kept.warning;
		this.visibility = kept.visibility;
		this.add(kept.photos.map(({ file }) => file));
		for (const [index, { alt }] of kept.photos.entries()) if (this.photos[index]) this.photos[index].alt = alt;
	}
}
