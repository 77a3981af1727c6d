// How the web app is built: one page that the server fills in, and files that never change under their names.
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

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

/** An icon of Lucide's takes whatever it is given, which costs more than the post around it. Ours take what the app gives them. */
const plainIcons: Plugin = {
	name: 'plain-icons',
	enforce: 'pre',
	transform(code, id) {
		if (!/@lucide\/svelte\/dist\/icons\/[\w-]+\.svelte$/.test(id)) return undefined;
		const data = /const iconData = (\{.*\});/.exec(code)?.[1];
		if (!data) throw new Error(`${id} is written in another way than before`);
		const { node } = JSON.parse(data) as { node: [string, Record<string, string>][] };
		const shapes = node.map(([name, attributes]) => `<${name} ${Object.entries(attributes).map(([key, value]) => `${key}="${value}"`).join(' ')} />`);
		const made = `<script>
	const { size = 24, strokeWidth = 2, color = 'currentColor', fill = 'none', role, 'aria-hidden': hidden, 'aria-label': label } = $props();
</script>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width={size} height={size} {fill} stroke={color} stroke-width={strokeWidth} stroke-linecap="round" stroke-linejoin="round" {role} aria-hidden={hidden} aria-label={label}>${shapes.join('')}</svg>`;
		return { code: made, map: { mappings: '' } };
	}
};

/**
 * What is always needed together comes in one file: many small ones are larger, and so are the lists of them. The styles of
 * a first screen most of all, since nothing is seen before the last of them.
 */
const groups = [
	{ name: 'style', test: /\/src\/(style\/|lib\/(compose\/Incoming|(frame|media|people|post|posts|ui)\/)|routes\/\+)[^?]*(\.css$|\?svelte&type=style)/, priority: 3 },
	{ name: 'frame', test: /\/src\/routes\/\+layout\.(svelte|ts)|\/kit\/src\/runtime\/client\/client\.js/, priority: 2 },
	{ name: 'post', test: /\/src\/lib\/post\/Post\.svelte/, priority: 1 }
];

/** Nearly all of what is in these runs for a first screen. */
const FIRST = new Set(['frame', 'post', 'Feed', 'Column']);

/**
 * A browser that knows this comment makes all functions of a file ready beside the page, and not in it when each is called.
 * It has to be the first line, so it comes after everything else that Vite writes there.
 */
const ready: Plugin = {
	name: 'ready',
	applyToEnvironment: ({ name }) => name === 'client',
	generateBundle: {
		order: 'post',
		handler(_options, bundle) {
			for (const file of Object.values(bundle)) {
				if (file.type === 'chunk' && FIRST.has(file.name)) file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
			}
		}
	}
};

/** What a file leaves on the server is there for the next: in one order everywhere, not in that of the last run's times. */
class ByName extends BaseSequencer {
	override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
		return files.toSorted((a, b) => a.moduleId.localeCompare(b.moduleId, 'en'));
	}
}

export default defineConfig({
	plugins: [plainAnnouncer, plainIcons, sveltekit({ adapter: adapter({ fallback: 'index.html', precompress: true }), serviceWorker: { register: false } }), ready],
	build: { target: 'es2023' },
	environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } } },
	server: { proxy },
	preview: { proxy },
	test: {
		sequence: { sequencer: ByName },
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
