import { expect, test } from 'vitest';
import { addressed } from '#lib/messages/addressed.ts';

test('everybody in a conversation is named, and nobody twice', () => {
	expect(addressed('hello', [{ acct: 'bo' }, { acct: 'cy@h.example' }])).toBe('@bo @cy@h.example hello');
	expect(addressed('hello @bo, how are you', [{ acct: 'bo' }])).toBe('hello @bo, how are you');
	expect(addressed('@bob hello', [{ acct: 'bo' }])).toBe('@bo @bob hello');
	expect(addressed('a note', [])).toBe('a note');
});
