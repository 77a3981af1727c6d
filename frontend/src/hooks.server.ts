// How the one page that the build writes is put together. Serves nobody: the page is filled in by the program.

import type { Handle } from '@sveltejs/kit/hooks';

/** Styles before scripts: nothing is seen without the one, and where there are few connections, whoever is named first has them. */
function stylesFirst(html: string): string {
	const styles = html.match(/<link [^>]*rel="stylesheet"[^>]*>\s*/g) ?? [];
	const rest = styles.reduce((left, style) => left.replace(style, ''), html);
	return rest.replace(/(?=<link [^>]*rel="modulepreload")/, styles.join(''));
}

export const handle: Handle = ({ event, resolve }) => resolve(event, { transformPageChunk: ({ html }) => stylesFirst(html) });
