// What the server drew of the first posts, over the app until that has drawn them itself. Draws nothing.

/** How long a picture may keep the app waiting: it is what people come for, and the first thing that is fetched. */
const PATIENCE = 800;
/** The longest that what nobody waits for is put off, once the app is there. */
const REST = 2_000;

const look = () => document.querySelector('.look');

/** After the next frame was painted; at once where nobody looks. */
export function painted(): Promise<void> {
	if (document.visibilityState !== 'visible') return Promise.resolve();
	return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Something is seen already, so the app may take its time, one piece after the other. */
export function isSeen(): boolean {
	return look() !== null;
}

/** Until it is seen, with its first picture. */
export async function seen(): Promise<void> {
	const picture = look()?.querySelector<HTMLImageElement>('.look-picture img');
	if (!picture) return;
	const loaded = new Promise<unknown>((resolve) => {
		if (picture.complete) return resolve(undefined);
		for (const name of ['load', 'error']) picture.addEventListener(name, resolve, { once: true });
	});
	await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
	await painted();
}

let told: () => void = () => undefined;
const left = new Promise<void>((resolve) => (told = resolve));

/** The app is there. */
export function leave(): void {
	look()?.remove();
	told();
}

/** The app is there, and the browser has nothing else to do. */
export async function atRest(): Promise<void> {
	if (isSeen()) await left;
	return new Promise((resolve) => {
		if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: REST });
		else setTimeout(resolve, REST);
	});
}
