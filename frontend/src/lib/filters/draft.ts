// A filter while it is written, and what is asked of the server for it. Pure.

import type { Filter, FilterAction, FilterContext } from '../api/entities.ts';

export const CONTEXTS: readonly FilterContext[] = ['home', 'notifications', 'public', 'thread', 'account'];
export const ACTIONS: readonly FilterAction[] = ['warn', 'blur', 'hide'];
/** In seconds. */
export const SPANS: readonly number[] = [1_800, 3_600, 21_600, 43_200, 86_400, 604_800, 2_592_000];
export const FOR_EVER = 'never';
export const AS_IT_IS = 'same';

export interface Word {
	/** Of one that the server has. */
	id?: string;
	keyword: string;
	whole: boolean;
}

export interface Draft {
	title: string;
	words: Word[];
	contexts: FilterContext[];
	action: FilterAction;
	/** Seconds from now, or one of the two above. */
	span: string;
}

export function draftOf(filter?: Filter): Draft {
	if (!filter) return { title: '', words: [{ keyword: '', whole: true }], contexts: ['home', 'public'], action: 'warn', span: FOR_EVER };
	return {
		title: filter.title,
		words: filter.keywords.map(({ id, keyword, whole_word }) => ({ id, keyword, whole: whole_word })),
		contexts: [...filter.context],
		action: filter.filter_action,
		span: filter.expires_at ? AS_IT_IS : FOR_EVER
	};
}

/** Words that were there and are not any more are named as well, to go. */
export function asked(draft: Draft, before?: Filter) {
	const words = draft.words.filter(({ keyword }) => keyword.trim() !== '');
	const kept = new Set(words.map(({ id }) => id));
	const gone = (before?.keywords ?? []).filter(({ id }) => !kept.has(id));
	return {
		title: draft.title.trim(),
		context: CONTEXTS.filter((context) => draft.contexts.includes(context)),
		filter_action: draft.action,
		...(draft.span === AS_IT_IS ? {} : { expires_in: draft.span === FOR_EVER ? '' : Number(draft.span) }),
		keywords_attributes: [...words.map(({ id, keyword, whole }) => ({ id, keyword: keyword.trim(), whole_word: whole })), ...gone.map(({ id }) => ({ id, _destroy: true }))]
	};
}
