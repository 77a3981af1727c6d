// Whether a picture has colours that sRGB has not, by the profile it carries. Reads the file's head; decodes nothing.

/** A head that is long enough for the profiles of phones and cameras. */
export const HEAD = 1 << 18;

const WIDE = ['Display P3', 'DCI-P3', 'P3', 'Adobe RGB', 'ProPhoto', 'Rec2020', 'Rec. 2020', 'BT.2020', 'Wide Gamut'];

/** Red of sRGB is at x = 0.436 in a profile's own space; that of a wider one lies further out. */
const RED_OF_SRGB = 0.436;

export function isWide(head: Uint8Array): boolean {
	const at = find(head, [0x61, 0x63, 0x73, 0x70]);
	// "acsp" stands 36 bytes into every profile; before it is its length.
	if (at < 36) return false;
	const profile = head.subarray(at - 36);
	const red = redOf(profile);
	if (red !== null) return Math.abs(red - RED_OF_SRGB) > 0.02;
	const text = new TextDecoder('latin1').decode(profile.subarray(0, 4_096)).replaceAll('\0', '');
	return WIDE.some((name) => text.includes(name));
}

/** The x of the profile's red, out of its table of tags. */
function redOf(profile: Uint8Array): number | null {
	const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
	if (view.byteLength < 132) return null;
	const count = Math.min(view.getUint32(128), 100);
	for (let tag = 0; tag < count; tag += 1) {
		const entry = 132 + tag * 12;
		if (entry + 12 > view.byteLength) return null;
		// "rXYZ"
		if (view.getUint32(entry) !== 0x7258595a) continue;
		const place = view.getUint32(entry + 4) + 8;
		return place + 4 <= view.byteLength ? view.getInt32(place) / 65_536 : null;
	}
	return null;
}

function find(bytes: Uint8Array, needle: readonly number[]): number {
	for (let at = bytes.indexOf(needle[0]!); at >= 0; at = bytes.indexOf(needle[0]!, at + 1)) {
		if (needle.every((byte, place) => bytes[at + place] === byte)) return at;
	}
	return -1;
}
