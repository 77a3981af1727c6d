import { expect, test } from 'vitest';
import type { Filter, FilterAction, FilterContext, Status } from '#lib/api/entities.ts';
import { AS_IT_IS, asked, draftOf, FOR_EVER } from '#lib/filters/draft.ts';
import { filtering } from '#lib/posts/filtering.ts';

const met = (...filters: [string, FilterAction, FilterContext[]][]) =>
	({ filtered: filters.map(([title, filter_action, context]) => ({ filter: { id: title, title, context, expires_at: null, filter_action }, keyword_matches: null, status_matches: null })) }) as Status;

test('a filter counts only where it was made for', () => {
	const post = met(['cars', 'warn', ['home']]);
	expect(filtering(post, 'home')).toEqual({ how: 'warn', titles: ['cars'] });
	expect(filtering(post, 'public')).toBeUndefined();
	expect(filtering({} as Status, 'home')).toBeUndefined();
});

test('a warning is more than a blur, and what is to be hidden has one where it is opened', () => {
	expect(filtering(met(['a', 'blur', ['home']], ['b', 'warn', ['home']]), 'home')).toEqual({ how: 'warn', titles: ['b'] });
	expect(filtering(met(['a', 'blur', ['home']], ['b', 'blur', ['home']]), 'home')).toEqual({ how: 'blur', titles: ['a', 'b'] });
	expect(filtering(met(['a', 'hide', ['thread']]), 'thread')).toEqual({ how: 'warn', titles: ['a'] });
});

const filter: Filter = {
	id: '1',
	title: 'Cars',
	context: ['home'],
	expires_at: '2026-12-01T00:00:00Z',
	filter_action: 'hide',
	keywords: [
		{ id: '10', keyword: 'car', whole_word: true },
		{ id: '11', keyword: 'tram', whole_word: false }
	],
	statuses: []
};

test('a filter that is left as it is says its end to nobody', () => {
	const wishes = asked(draftOf(filter), filter);
	expect(wishes).toEqual({
		title: 'Cars',
		context: ['home'],
		filter_action: 'hide',
		keywords_attributes: [
			{ id: '10', keyword: 'car', whole_word: true },
			{ id: '11', keyword: 'tram', whole_word: false }
		]
	});
	expect(draftOf(filter).span).toBe(AS_IT_IS);
});

test('words that were taken out go, empty ones were never there', () => {
	const draft = draftOf(filter);
	draft.words = [{ ...draft.words[1]!, keyword: ' trams ' }, { keyword: '  ', whole: true }, { keyword: 'bus', whole: true }];
	expect(asked(draft, filter).keywords_attributes).toEqual([
		{ id: '11', keyword: 'trams', whole_word: false },
		{ id: undefined, keyword: 'bus', whole_word: true },
		{ id: '10', _destroy: true }
	]);
});

test('an end is asked for in seconds, and none by nothing', () => {
	expect(asked({ ...draftOf(), span: '3600' })).toMatchObject({ expires_in: 3_600 });
	expect(asked({ ...draftOf(filter), span: FOR_EVER }, filter)).toMatchObject({ expires_in: '' });
});
