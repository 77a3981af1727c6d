// How long a film lasts, as the browser finds out by itself. Plays nothing.

/** What opens no film within so long opens it never. */
const PATIENCE = 5_000;

/** In seconds; none where the browser cannot tell, and the server has to. */
export function lasts(film: Blob): Promise<number> {
	const player = document.createElement('video');
	const address = URL.createObjectURL(film);
	return new Promise<number>((resolve) => {
		player.onloadedmetadata = () => resolve(Number.isFinite(player.duration) ? player.duration : 0);
		player.onerror = () => resolve(0);
		setTimeout(resolve, PATIENCE, 0);
		player.preload = 'metadata';
		player.src = address;
	}).finally(() => {
		player.removeAttribute('src');
		// Fetches no more of what will be gone.
		player.load();
		URL.revokeObjectURL(address);
	});
}
