// What the reader's filters ask for where a post is shown. Leaves nothing out of a list: the server does that. Pure.

import type { FilterContext, Status } from '../api/entities.ts';

export interface Filtering {
	/** The whole post lies behind a word, or only its pictures behind a blur. */
	how: 'warn' | 'blur';
	/** Of the filters that ask for it, as their owner named them. */
	titles: string[];
}

/** None: the post is shown as it is. What is to be left out here and was opened all the same has a warning. */
export function filtering(post: Status, context: FilterContext): Filtering | undefined {
	const met = (post.filtered ?? []).map(({ filter }) => filter).filter((filter) => filter.context.includes(context));
	const whole = met.filter(({ filter_action }) => filter_action !== 'blur');
	if (whole.length > 0) return { how: 'warn', titles: whole.map(({ title }) => title) };
	return met.length > 0 ? { how: 'blur', titles: met.map(({ title }) => title) } : undefined;
}
