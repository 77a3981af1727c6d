// What a photograph was taken with, as photographers write it. Knows no language: numbers and names only.

import type { Camera } from '../api/entities.ts';

const round = (number: number) => String(Math.round(number * 10) / 10);

/** The camera's name with its maker's, unless that says it already. */
export function bodyOf({ make, model }: Camera): string {
	if (!make || !model) return model ?? make ?? '';
	const [first = ''] = make.split(' ');
	return model.toLowerCase().startsWith(first.toLowerCase()) ? model : `${make} ${model}`;
}

/** Its settings: `35 mm`, `f/2`, `1/250 s`, `ISO 400`; those that are known. */
export function settingsOf({ focal_length, aperture, exposure, iso }: Camera): string[] {
	const known = [
		focal_length && `${round(focal_length)} mm`,
		aperture && `f/${round(aperture)}`,
		exposure && `${exposure} s`,
		iso && `ISO ${iso}`
	];
	return known.filter((one): one is string => Boolean(one));
}

/** What it was taken on, and how it came from there into a file. */
export function filmOf({ film }: Camera): string {
	return [film?.stock, film?.developer, film?.scanner].filter(Boolean).join(' · ');
}

/** All of it in a line of small type; none where nothing is known. */
export function lineOf(camera: Camera | null | undefined): string {
	return camera ? [camera.model ?? camera.make ?? '', ...settingsOf(camera)].filter(Boolean).join(' · ') : '';
}
