import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LANGUAGES } from '#lib/i18n/text.svelte.ts';

test('the page knows the languages of the app before that is there', () => {
	const shell = readFileSync(join(import.meta.dirname, '../../src/app.html'), 'utf8');
	const known = /tags\.find\(tag=>(\[[^\]]*\])/.exec(shell)?.[1];
	expect(JSON.parse(known ?? '[]')).toEqual(Object.keys(LANGUAGES));
});
