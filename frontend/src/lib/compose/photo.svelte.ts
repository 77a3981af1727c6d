// One picture of a draft, from the file to what the server holds. Knows nothing of its neighbours.

import { Refusal, send, Unreachable } from '../api/client.ts';
import type { Attachment } from '../api/entities.ts';
import { bytes } from '../i18n/figures.ts';
import { t } from '../i18n/text.svelte.ts';
import { upload, type Upload } from './upload.ts';

export type PhotoState = 'sending' | 'processing' | 'ready' | 'failed';

export class Photo {
	readonly key = crypto.randomUUID();
	state = $state<PhotoState>('sending');
	/** From 0 to 1, while it is sent. */
	sent = $state(0);
	problem = $state('');
	alt = $state('');
	media = $state.raw<Attachment | null>(null);
	readonly preview: string;
	#upload: Upload | undefined;
	#toldAlt = '';

	constructor(
		/** None for a picture of a post that is being edited. */
		readonly file: File | null,
		media: Attachment | null = null
	) {
		this.preview = file ? URL.createObjectURL(file) : (media?.preview_url ?? '');
		if (!media) return;
		this.media = media;
		this.alt = this.#toldAlt = media.description ?? '';
		this.state = 'ready';
	}

	async send(most: number): Promise<void> {
		const { file } = this;
		if (!file) return;
		if (file.size > most) return this.#fail(t('photo-too-large', { size: bytes(file.size), limit: bytes(most) }));
		this.state = 'sending';
		this.sent = 0;
		this.#upload = upload(file, file.name, (share) => {
			this.sent = share;
			if (share === 1) this.state = 'processing';
		});
		try {
			this.media = await this.#upload.done;
			this.state = 'ready';
		} catch (error) {
			if (error instanceof DOMException) return;
			if (error instanceof Unreachable) this.#fail(t('photo-offline'));
			else this.#fail(error instanceof Refusal ? error.message : t('error-unknown'));
		}
	}

	#fail(problem: string): void {
		this.problem = problem;
		this.state = 'failed';
	}

	/** Tells the server the words of a picture that is in no post yet. */
	async describe(): Promise<void> {
		if (!this.media || this.alt === this.#toldAlt) return;
		await send('PUT', `/api/v1/media/${this.media.id}`, { description: this.alt });
		this.#toldAlt = this.alt;
	}

	drop(): void {
		this.#upload?.stop();
		if (!this.file) return;
		URL.revokeObjectURL(this.preview);
		if (this.media) void send('DELETE', `/api/v1/media/${this.media.id}`).catch(() => undefined);
	}
}
