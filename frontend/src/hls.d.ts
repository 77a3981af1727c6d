// What is left out of hls.js in its light build is nothing that this app names, so its types are those of the whole.
declare module 'hls.js/light' {
	export { default } from 'hls.js';
}
