// Pictures over the whole screen, with zoom. Brings its own code only when it is opened for the first time.

import type { Attachment } from '../api/entities.ts';
import { t } from '../i18n/text.svelte.ts';
import { size } from './shape.ts';

export async function openViewer(pictures: readonly Attachment[], index: number): Promise<void> {
	const { PhotoSwipe } = await import('./photoswipe.ts');
	const viewer = new PhotoSwipe({
		dataSource: pictures.map((media) => {
			const largest = (media.variants ?? []).filter((one) => one.type === 'image/webp').toSorted((one, other) => other.width - one.width)[0];
			const told = size(media);
			// For large screens there may be a larger one than the attachment tells of.
			const width = largest?.width ?? told.width;
			const height = Math.round((told.height * width) / told.width);
			return { src: largest?.url ?? media.url ?? '', msrc: media.preview_url ?? undefined, alt: media.description ?? '', width, height };
		}),
		index,
		bgOpacity: 1,
		loop: false,
		showHideAnimationType: 'fade',
		closeTitle: t('close'),
		zoomTitle: t('zoom'),
		arrowPrevTitle: t('carousel-back'),
		arrowNextTitle: t('carousel-on'),
		errorMsg: t('error-server-away')
	});
	// A dialog is above everything else, so the viewer has to be inside of it.
	const dialog = document.querySelector('dialog[open]');
	if (dialog) viewer.options.appendToEl = dialog as HTMLElement;
	viewer.init();
}
