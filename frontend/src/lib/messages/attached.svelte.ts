// The pictures of a message that is being written, on their way to the server while its words are. Sends no message.

import { taken } from '../compose/incoming.ts';
import { Photo } from '../compose/photo.svelte.ts';
import { session } from '../people/session.svelte.ts';

export class Attached {
	photos = $state<Photo[]>([]);

	get limits() {
		const { statuses, media_attachments: media } = session.instance?.configuration ?? { statuses: { max_media_attachments: 20 }, media_attachments: { supported_mime_types: [], image_size_limit: 40 << 20 } };
		const films = media.supported_mime_types.filter((type) => type.startsWith('video/'));
		return { photos: statuses.max_media_attachments, bytes: media.image_size_limit, films, filmBytes: media.video_size_limit ?? media.image_size_limit, filmLength: media.video_duration_limit ?? Infinity, pixels: media.image_matrix_limit ?? 120_000_000, alt: media.description_limit ?? 1_500 };
	}

	/** All of them can be sent as they are. */
	get isReady(): boolean {
		return this.photos.every(({ state }) => state === 'ready');
	}

	/** Takes what fits; says how many did not. */
	add(files: Iterable<File>): number {
		const pictures = taken(files, this.limits.films);
		const room = Math.max(0, this.limits.photos - this.photos.length);
		const fresh = pictures.slice(0, room).map((file) => new Photo(file));
		this.photos.push(...fresh);
		for (const photo of fresh) void photo.send(this.limits);
		return pictures.length - fresh.length;
	}

	remove(photo: Photo): void {
		this.photos = this.photos.filter(({ key }) => key !== photo.key);
		photo.drop();
	}

	retry(photo: Photo): void {
		void photo.send(this.limits);
	}

	/** Their ids, once the server knows what they show. */
	async described(): Promise<string[]> {
		await Promise.all(this.photos.map((photo) => photo.describe()));
		return this.photos.flatMap(({ media }) => media?.id ?? []);
	}

	/** They are the message's now. */
	letGo(): void {
		for (const { preview } of this.photos) URL.revokeObjectURL(preview);
		this.photos = [];
	}

	/** Nobody sends them any more. */
	drop(): void {
		for (const photo of this.photos) photo.drop();
		this.photos = [];
	}
}
