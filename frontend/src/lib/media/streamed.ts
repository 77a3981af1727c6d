// A film in the size that its line is good for, where the browser plays no streams by itself. Plays none of another host, of
// which the page may fetch nothing.

/** Puts the stream in the place of the file that the player has; says how to end that. Where nothing comes of it, the file stays. */
export async function streamed(player: HTMLVideoElement, url: string): Promise<() => void> {
	const nothing = () => undefined;
	if (new URL(url, location.href).origin !== location.origin) return nothing;
	player.pause();
	const { default: Hls } = await import('hls.js/light').catch(() => ({ default: null }));
	const file = player.src;
	if (!Hls?.isSupported()) {
		void player.play().catch(nothing);
		return nothing;
	}
	// The policy of the page lets no worker in that was made out of text.
	const hls = new Hls({ enableWorker: false, capLevelToPlayerSize: true, startPosition: player.currentTime });
	hls.on(Hls.Events.ERROR, (_, { fatal }) => {
		if (!fatal) return;
		const at = player.currentTime;
		hls.destroy();
		player.src = file;
		player.currentTime = at;
		void player.play().catch(nothing);
	});
	hls.loadSource(url);
	hls.attachMedia(player);
	void player.play().catch(nothing);
	return () => hls.destroy();
}
