// A picture's details inside of the viewer: a button for them, a panel, and the keys `i` and `a`. Leaves the viewer's chrome
// away while nobody moves.

import type PhotoSwipe from 'photoswipe';
import { mount, unmount } from 'svelte';
import type { Attachment } from '../api/entities.ts';
import { t } from '../i18n/text.svelte.ts';
import Details from './Details.svelte';

const ICON = 'M16 5a11 11 0 1 0 0 22 11 11 0 0 0 0-22Zm0 2.2a8.8 8.8 0 1 1 0 17.6 8.8 8.8 0 0 1 0-17.6ZM14.8 14v8h2.4v-8Zm0-4v2.4h2.4V10Z';
const REST = 2_000;

export function addDetails(viewer: PhotoSwipe, pictures: readonly Attachment[]): void {
	const props = $state({ media: pictures[viewer.options.index ?? 0]! });
	let button: HTMLElement | undefined;
	let panel: HTMLElement | undefined;

	function turn(wanted = panel?.hidden === true): void {
		if (!panel) return;
		panel.hidden = !wanted;
		button?.setAttribute('aria-expanded', String(wanted));
		if (wanted) panel.querySelector<HTMLElement>('[role=group]')?.focus();
		else button?.focus();
	}
	viewer.on('uiRegister', () => {
		viewer.element?.setAttribute('aria-label', t('viewer'));
		viewer.ui?.registerElement({
			name: 'details',
			title: t('photo-details'),
			order: 9,
			isButton: true,
			html: { isCustomSVG: true, inner: `<path d="${ICON}" fill-rule="evenodd" id="pswp__icn-details"/>`, outlineID: 'pswp__icn-details' },
			onInit: (element) => {
				button = element;
				button.setAttribute('aria-expanded', 'false');
			},
			onClick: () => turn()
		});
		viewer.ui?.registerElement({
			name: 'panel',
			order: 19,
			appendTo: 'root',
			onInit: (element) => {
				panel = element;
				panel.hidden = true;
				const made = mount(Details, { target: element, props });
				viewer.on('destroy', () => void unmount(made));
			}
		});
	});
	viewer.on('change', () => (props.media = pictures[viewer.currIndex]!));
	viewer.on('keydown', (event) => {
		const { originalEvent: pressed } = event;
		if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
		const closes = pressed.key === 'Escape' && panel && !panel.hidden;
		// No letter is for the page below.
		if (/^\S$/.test(pressed.key)) pressed.preventDefault();
		if (!closes && pressed.key !== 'i' && pressed.key !== 'a') return;
		event.preventDefault();
		turn(closes ? false : undefined);
	});
	rest(viewer, () => panel === undefined || panel.hidden === true);
}

/** Shows what can be pressed while a mouse moves or keys are used, and only the picture when neither happens. */
function rest(viewer: PhotoSwipe, may: () => boolean): void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const wake = (event?: Event) => {
		if (event instanceof PointerEvent && event.pointerType !== 'mouse') return;
		clearTimeout(timer);
		viewer.element?.classList.add('pswp--ui-visible');
		timer = setTimeout(() => may() && !viewer.element?.querySelector('button:is(:hover, :focus-visible)') && viewer.element?.classList.remove('pswp--ui-visible'), REST);
	};
	viewer.on('bindEvents', () => {
		viewer.events.add(document, 'pointermove keydown focusin', wake as (event: Event) => void);
		if (matchMedia('(hover: hover)').matches) wake();
	});
	viewer.on('destroy', () => clearTimeout(timer));
}
