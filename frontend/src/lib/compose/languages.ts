// Languages that a post may be in, by the names that the reader's own has for them. Their order is that of those names.

/** Those that people post in, by their codes of ISO 639. */
const CODES =
	'af am ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fil fr fy ga gd gl gu he hi hr hu hy id is it ja jv ka kk km kn ko ku ' +
	'la lo lt lv mk ml mn mr ms mt my nb ne nl nn oc pa pl ps pt ro ru sa si sk sl sq sr sv sw ta te tg th tr uk ur uz vi xh yi yo zh zh-CN zh-HK zh-TW zu';

export interface Choice {
	code: string;
	name: string;
}

/** All of them, and what else is in use. */
export function choices(reader: string, used: readonly string[]): Choice[] {
	const names = new Intl.DisplayNames([reader], { type: 'language', fallback: 'code' });
	const codes = new Set([...CODES.split(' '), ...used.filter((code) => code !== '')]);
	return [...codes].map((code) => ({ code, name: nameOf(code, names) })).toSorted((a, b) => a.name.localeCompare(b.name, reader));
}

function nameOf(code: string, names: Intl.DisplayNames): string {
	try {
		return names.of(code) ?? code;
	} catch {
		// Another server may say whatever it likes.
		return code;
	}
}
