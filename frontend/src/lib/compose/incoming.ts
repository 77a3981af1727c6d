// Pictures that were dropped or pasted somewhere in the app, on their way to the draft.

let waiting: File[] = [];

export function pictures(data: DataTransfer | null): File[] {
	return [...(data?.files ?? [])].filter(({ type }) => /^(image|video)\//.test(type));
}

export function leave(files: File[]): void {
	waiting = [...waiting, ...files];
}

export function fetchLeft(): File[] {
	const left = waiting;
	waiting = [];
	return left;
}
