// Pictures that were dropped or pasted somewhere in the app, on their way to the draft.

let waiting: File[] = [];

export function pictures(data: DataTransfer | null): File[] {
	return [...(data?.files ?? [])].filter(({ type }) => /^(image|video)\//.test(type));
}

/** Of these what a server takes that takes films of such types. */
export function taken(files: Iterable<File>, films: readonly string[]): File[] {
	return [...files].filter(({ type }) => type.startsWith('image/') || films.includes(type));
}

export function leave(files: File[]): void {
	waiting = [...waiting, ...files];
}

export function fetchLeft(): File[] {
	const left = waiting;
	waiting = [];
	return left;
}
