// Whether there is a network at all, as the browser says. Knows nothing of the server's health.

class Network {
	isOn = $state(navigator.onLine);
	/** Since when there is none. */
	since = $state<number | null>(navigator.onLine ? null : Date.now());

	constructor() {
		addEventListener('online', () => ((this.isOn = true), (this.since = null)));
		addEventListener('offline', () => ((this.isOn = false), (this.since = Date.now())));
	}
}

export const network = new Network();
