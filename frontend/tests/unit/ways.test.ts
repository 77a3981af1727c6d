import { expect, test } from 'vitest';
import { type Way, waysOf } from '../../src/service-worker/ways.ts';

const HERE = 'https://photos.example';

function way(path: string, mode: RequestMode = 'cors', method = 'GET'): Way {
	return waysOf({ url: new URL(path, HERE).href, mode, method }, HERE);
}

test('files of the app come from what is kept, its pages from the network first', () => {
	expect(way('/_app/immutable/entry/start.abc.js')).toBe('file');
	expect(way('/', 'navigate')).toBe('page');
	expect(way('/@ines/123', 'navigate')).toBe('page');
	expect(way('/settings/appearance', 'navigate')).toBe('page');
	expect(way('/settings/data', 'navigate')).toBe('page');
	expect(way('/_app/version.json')).toBe('network');
});

test('pages that are not the app’s, pictures, and other hosts are left to the network', () => {
	for (const path of ['/auth/sign_in', '/oauth/authorize', '/settings/account', '/settings/sessions', '/api/docs']) expect(way(path, 'navigate'), path).toBe('network');
	expect(way('/media/a.webp', 'no-cors')).toBe('network');
	expect(way('https://cdn.example/_app/immutable/x.js', 'no-cors')).toBe('network');
});

test('of the API only who one is and the newest page of what one follows are kept', () => {
	for (const path of ['/api/v1/accounts/verify_credentials', '/api/v2/instance', '/api/v1/timelines/home?limit=20']) expect(way(path), path).toBe('own');
	for (const path of ['/api/v1/timelines/home?max_id=5', '/api/v1/conversations', '/api/v1/accounts/5', '/api/v1/timelines/public']) expect(way(path), path).toBe('network');
	expect(way('/api/v1/accounts/verify_credentials', 'cors', 'PATCH')).toBe('network');
});

test('what is shared goes into a post, and whoever passes a door leaves nothing behind', () => {
	expect(way('/compose', 'navigate', 'POST')).toBe('share');
	expect(way('/auth/sign_out', 'navigate', 'POST')).toBe('door');
	expect(way('/auth/sign_in', 'navigate', 'POST')).toBe('door');
	expect(way('/compose', 'cors', 'POST')).toBe('network');
	expect(way('/api/v1/statuses', 'cors', 'POST')).toBe('network');
});
