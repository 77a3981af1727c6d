// How the web app is built: one page that the server fills in, and files that never change under their names.
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// A server of one's own behind `npm run dev`.
const server = process.env.TINTYPE_DEV_SERVER ?? 'http://localhost:3000';
const behind = { target: server, changeOrigin: true, headers: { origin: server } };
const proxy = Object.fromEntries(['/api', '/media', '/assets', '/auth'].map((path) => [path, behind]));

/** The kit hides its announcer by an inline style, which our policy forbids; ours hides it in `base.css`. */
const plainAnnouncer: Plugin = {
	name: 'plain-announcer',
	enforce: 'pre',
	transform(code, id) {
		if (!id.endsWith('/components/root.svelte')) return undefined;
		return code.replace(/(id="svelte-announcer"[^>]*?)\s+style="[^"]*"/, '$1');
	}
};

/** What is always needed together comes in one file: many small ones are larger, and so are the lists of them. */
const groups = [
	{ name: 'frame', test: /\/src\/routes\/\+layout\.(svelte|ts)|\/kit\/src\/runtime\/client\/client\.js/, priority: 2 },
	{ name: 'post', test: /\/src\/lib\/post\/Post\.svelte/, priority: 1 }
];

export default defineConfig({
	plugins: [plainAnnouncer, sveltekit({ adapter: adapter({ fallback: 'index.html', precompress: true }) })],
	build: { target: 'es2023' },
	environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } } },
	server: { proxy },
	preview: { proxy },
	test: {
		projects: [
			{ extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
			{
				extends: true,
				test: {
					name: 'browser',
					include: ['tests/browser/**/*.test.ts'],
					globalSetup: 'tests/browser/server.ts',
					testTimeout: 120_000,
					hookTimeout: 240_000,
					fileParallelism: false
				}
			}
		]
	}
});
