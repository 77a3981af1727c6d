// Times that are chosen in a field: of the place where the reader is, to the minute. Knows no post.

/** As the server asks for. */
export const SOONEST = 5;
const MINUTE = 60_000;

/** What a field for date and time holds for a moment. */
export function toField(moment: Date): string {
	const local = new Date(moment.getTime() - moment.getTimezoneOffset() * MINUTE);
	return local.toISOString().slice(0, 16);
}

export function fromField(value: string): Date {
	return new Date(value);
}

/** Whether it is too soon for the server, or no time at all. */
export function isSoon(value: string, now = Date.now()): boolean {
	const moment = fromField(value).getTime();
	return !(moment >= now + SOONEST * MINUTE);
}

/** The earliest that a field offers: a little more than the server asks for, as time goes by while one writes. */
export function earliest(now = Date.now()): string {
	return toField(new Date(now + (SOONEST + 1) * MINUTE));
}

/** Tomorrow at this hour. */
export function proposed(now = Date.now()): string {
	return toField(new Date(now + 24 * 60 * MINUTE)).slice(0, 13) + ':00';
}

export function zone(): string {
	return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
