// The two programs of the graphics card. All numbers come from `tone.ts` and `crop.ts`; none is decided here.

export const VERTEX = `#version 300 es
in vec2 corner;
out vec2 place;
void main() {
	place = corner;
	gl_Position = vec4(corner.x * 2.0 - 1.0, 1.0 - corner.y * 2.0, 0.0, 1.0);
}`;

/*
 * `place` is within the tile that is drawn; `within` brings it to where it is in the whole of what is cut out, by which the
 * rim and the grain are laid, so that neither shows where one tile ends and another begins.
 */
export const FRAGMENT = `#version 300 es
precision highp float;
precision highp sampler2D;
uniform sampler2D picture;
uniform sampler2D tables;
uniform mat3 sampling;
uniform vec2 texel;
uniform mat3 mixing;
uniform vec4 within;
uniform vec2 shape;
uniform float vignette;
uniform float grain;
uniform float sharpen;
in vec2 place;
out vec4 colour;

vec3 curve(vec3 value, float row) {
	vec3 at = (clamp(value, 0.0, 1.0) * 255.0 + 0.5) / 256.0;
	return vec3(texture(tables, vec2(at.r, row)).r, texture(tables, vec2(at.g, row)).g, texture(tables, vec2(at.b, row)).b);
}
float luck(vec2 cell, float plane) {
	uvec3 q = uvec3(uint(int(cell.x) + 32768), uint(int(cell.y) + 32768), uint(plane));
	q = q * 1664525u + 1013904223u;
	q.x += q.y * q.z;
	q.y += q.z * q.x;
	q.z += q.x * q.y;
	q ^= q >> 16u;
	q.x += q.y * q.z;
	return float(q.x >> 8u) / 16777216.0;
}
float cloud(vec2 at, float plane) {
	vec2 cell = floor(at);
	vec2 part = smoothstep(0.0, 1.0, at - cell);
	float upper = mix(luck(cell, plane), luck(cell + vec2(1.0, 0.0), plane), part.x);
	float lower = mix(luck(cell + vec2(0.0, 1.0), plane), luck(cell + vec2(1.0, 1.0), plane), part.x);
	return mix(upper, lower, part.y);
}
/* Clumps of silver, and smaller ones between them. */
float speck(vec2 at) {
	return cloud(at, 1.0) + cloud(at * 2.1, 2.0) - 1.0;
}
void main() {
	vec2 from = (sampling * vec3(place, 1.0)).xy;
	if (from.x < 0.0 || from.y < 0.0 || from.x > 1.0 || from.y > 1.0) {
		colour = vec4(0.0);
		return;
	}
	vec4 stored = texture(picture, from);
	vec3 value = stored.rgb;
	if (sharpen > 0.0) {
		vec3 around = texture(picture, from + vec2(texel.x, 0.0)).rgb + texture(picture, from - vec2(texel.x, 0.0)).rgb
			+ texture(picture, from + vec2(0.0, texel.y)).rgb + texture(picture, from - vec2(0.0, texel.y)).rgb;
		value = clamp(value + sharpen * (value - around * 0.25), 0.0, 1.0);
	}
	value = curve(value, 0.25);
	value = mixing * value;
	value = curve(value, 0.75);
	vec2 whole = within.xy + place * within.zw;
	vec2 out_from_middle = (whole - 0.5) * shape;
	float distance = length(out_from_middle) / length(shape * 0.5);
	float rim = smoothstep(0.35, 1.05, distance);
	value = vignette > 0.0 ? value * (1.0 - 0.75 * vignette * rim) : value + (1.0 - value) * -vignette * 0.7 * rim;
	float bright = dot(value, vec3(0.2126, 0.7152, 0.0722));
	value += grain * 0.28 * speck(whole * shape) * (0.2 + 2.4 * bright * (1.0 - bright));
	/* Half a step of noise, so that skies show no bands. */
	value += (luck(floor(whole * shape * 16.0), 3.0) - 0.5) / 255.0;
	colour = vec4(clamp(value, 0.0, 1.0), stored.a);
}`;
