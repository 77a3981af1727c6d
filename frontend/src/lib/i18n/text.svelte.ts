// Words in the reader's language, from Fluent files that are loaded one language at a time, and of it those that are
// needed. Knows no sentence itself.

import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { read, write } from '../prefs/kept.ts';

export const LANGUAGES = {
	en: 'English',
	de: 'Deutsch',
	es: 'Español',
	fr: 'Français',
	ja: '日本語',
	ar: 'العربية'
} as const;
export type Language = keyof typeof LANGUAGES;

const files = import.meta.glob<string>(['../../messages/*.ftl', '../../messages/*/*.ftl'], { query: '?raw', import: 'default' });
const KEPT = 'language';

let bundle = $state.raw<FluentBundle>();
let current = $state<Language>('en');
let asked: Language | undefined;
/** What is said on every screen, and the parts that were wanted. */
const parts = new Set(['']);
let there = 0;

export const language = {
	get now(): Language {
		return current;
	},
	get isRtl(): boolean {
		return current === 'ar';
	}
};

function isLanguage(tag: string | null | undefined): tag is Language {
	return tag !== null && tag !== undefined && Object.hasOwn(LANGUAGES, tag);
}

/** The one chosen here, else the first of the browser's that there is. */
export function wanted(): Language {
	const chosen = read(KEPT);
	if (isLanguage(chosen)) return chosen;
	const tags = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
	return tags.find(isLanguage) ?? 'en';
}

export async function speak(tag: Language): Promise<void> {
	asked = tag;
	const texts = await Promise.all([...parts].map((part) => files[`../../messages/${part}${tag}.ftl`]?.()));
	// Meanwhile another part or another language was wanted.
	if (texts.length < parts.size || asked !== tag) return speak(asked);
	const spoken = new FluentBundle([tag, 'en']);
	for (const text of texts) if (text) spoken.addResource(new FluentResource(text));
	bundle = spoken;
	there = texts.length;
	current = tag;
	document.documentElement.lang = tag;
	document.documentElement.dir = tag === 'ar' ? 'rtl' : 'ltr';
}

/** Words that only some screens say. */
export async function also(part: 'further' | 'compose'): Promise<void> {
	parts.add(`${part}/`);
	if (there < parts.size) await speak(asked ?? wanted());
}

export async function choose(tag: Language): Promise<void> {
	write(KEPT, tag);
	await speak(tag);
}

/** A sentence by its name; what is not there shows its name, and a test looks for those. */
export function t(id: string, values?: Record<string, FluentVariable>): string {
	const message = bundle?.getMessage(id);
	if (!bundle || !message?.value) return id;
	return bundle.formatPattern(message.value, values);
}
