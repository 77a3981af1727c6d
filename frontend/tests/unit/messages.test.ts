// The words: every language says everything, and everything that is asked for is there.

import { FluentBundle, FluentResource } from '@fluent/bundle';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '../../src');
const languages = globSync('messages/*.ftl', { cwd: source }).map((file) => basename(file, '.ftl'));
/** What every screen says, and what only some do. */
const parts = ['', 'further/', 'compose/'];

function bundle(language: string): { ids: string[]; errors: Error[]; bundle: FluentBundle } {
	const made = new FluentBundle(language);
	const resources = parts.map((part) => new FluentResource(readFileSync(join(source, `messages/${part}${language}.ftl`), 'utf8')));
	const errors = resources.flatMap((resource) => made.addResource(resource));
	return { ids: resources.flatMap(({ body }) => body.map(({ id }) => id)), errors, bundle: made };
}

const english = bundle('en');

test.each(languages)('%s says what English says, and nothing twice', (language) => {
	const { ids, errors } = bundle(language);
	expect(errors).toEqual([]);
	expect(ids.toSorted()).toEqual(english.ids.toSorted());
	expect(new Set(ids).size).toBe(ids.length);
});

test('every sentence that the screens ask for by name is there', () => {
	const missing: string[] = [];
	for (const file of globSync('**/*.{svelte,ts}', { cwd: source })) {
		const text = readFileSync(join(source, file), 'utf8');
		for (const [, id] of text.matchAll(/\bt\('([\w-]+)'/g)) if (id && !english.bundle.hasMessage(id)) missing.push(`${file}: ${id}`);
		for (const [, id, other] of text.matchAll(/\bt\([^()]*\? '([\w-]+)' : '([\w-]+)'/g)) {
			for (const one of [id, other]) if (one && !english.bundle.hasMessage(one)) missing.push(`${file}: ${one}`);
		}
	}
	expect(missing).toEqual([]);
});

test('every sentence can be said with what it is given', () => {
	const values = { count: 3, name: 'A', others: 2, second: 'B', seconds: 9, at: 1, text: 'x', date: 'd', number: 1, size: 's', limit: 'l', most: 4, host: 'h', width: 'w', height: 'h', across: 'a', down: 'd', zone: 'z', minutes: 5, left: 'l', length: '1', ago: 'g' };
	for (const language of languages) {
		const { ids, bundle: spoken } = bundle(language);
		for (const id of ids) {
			const errors: Error[] = [];
			const pattern = spoken.getMessage(id)?.value;
			if (pattern) spoken.formatPattern(pattern, values, errors);
			expect(errors, `${language}: ${id}`).toEqual([]);
		}
	}
});
