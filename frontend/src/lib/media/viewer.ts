// Pictures over the whole screen, with zoom down to each pixel of what their author lets others have. Brings its own code
// only when it is opened for the first time.

import type PhotoSwipe from 'photoswipe';
import type { Attachment } from '../api/entities.ts';
import { also, t } from '../i18n/text.svelte.ts';
import { appearance } from '../prefs/appearance.svelte.ts';
import { isPicture, size } from './shape.ts';

interface Shown {
	src: string;
	msrc: string | undefined;
	alt: string;
	width: number;
	height: number;
	/** How wide the file in `src` is. */
	served: number;
	original: string | undefined;
}

/** Beyond that, more pixels are seen than the file has. */
const ENLARGED = 1.1;

function shown(media: Attachment): Shown {
	const largest = (media.variants ?? []).filter((one) => one.type === 'image/webp').toSorted((one, other) => other.width - one.width)[0];
	const told = media.original_file ?? size(media);
	// For large screens there may be a larger one than the attachment tells of.
	const served = largest?.width ?? size(media).width;
	const width = Math.max(told.width, served);
	const height = Math.round((told.height * width) / told.width);
	return { src: largest?.url ?? media.url ?? '', msrc: media.preview_url ?? undefined, alt: media.description ?? '', width, height, served, original: media.original_file?.url };
}

export async function openViewer(all: readonly Attachment[], index: number): Promise<void> {
	const pictures = all.filter(isPicture);
	const [{ PhotoSwipe }, { addDetails }] = await Promise.all([import('./photoswipe.ts'), import('./details.svelte.ts'), also('further')]);
	// It may have been asked for twice while it came.
	if (document.querySelector('.pswp')) return;
	const viewer = new PhotoSwipe({
		dataSource: pictures.map(shown),
		index: Math.max(0, pictures.indexOf(all[index]!)),
		bgOpacity: 1,
		loop: false,
		showHideAnimationType: 'fade',
		secondaryZoomLevel: (zoom) => (zoom.itemData.original ? 1 : Math.min(1, zoom.fit * 3)),
		closeTitle: t('close'),
		zoomTitle: t('zoom'),
		arrowPrevTitle: t('carousel-back'),
		arrowNextTitle: t('carousel-on'),
		errorMsg: t('error-server-away')
	});
	addDetails(viewer, pictures);
	viewer.on('zoomPanUpdate', ({ slide }) => sharpen(slide));
	// A dialog is above everything else, so the viewer has to be inside of it.
	const dialog = document.querySelector('dialog[open]');
	if (dialog) viewer.options.appendToEl = dialog as HTMLElement;
	viewer.init();
}

const sharpened = new WeakSet<Shown>();

/** Fetches the original of a picture of which somebody wants to see more than was sent. */
function sharpen({ data, content, currZoomLevel }: NonNullable<PhotoSwipe['currSlide']>): void {
	const item = data as unknown as Shown;
	const needed = currZoomLevel * item.width * devicePixelRatio;
	const isZoomed = currZoomLevel > (content.slide?.zoomLevels.initial ?? 1) * ENLARGED;
	if (!item.original || !isZoomed || needed < item.served * ENLARGED || sharpened.has(item) || appearance.dataSaver) return;
	sharpened.add(item);
	const better = new Image();
	better.src = item.original;
	const put = () => {
		if (content.element instanceof HTMLImageElement) content.element.src = better.src;
	};
	void better.decode().then(put, () => sharpened.delete(item));
}
