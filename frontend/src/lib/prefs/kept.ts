// Small choices of this browser, kept in it. Never holds a secret: whoever is signed in is the cookie's matter.

const PREFIX = 'tintype:';

/** What was kept, or nothing where the browser keeps nothing. */
export function read(name: string): string | null {
	try {
		return localStorage.getItem(PREFIX + name);
	} catch {
		return null;
	}
}

export function write(name: string, value: string | null): void {
	try {
		if (value === null) localStorage.removeItem(PREFIX + name);
		else localStorage.setItem(PREFIX + name, value);
	} catch {
		// A full or closed store: the choice holds until the page is left.
	}
}
