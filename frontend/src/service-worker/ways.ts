// Which way a request goes. Pure: asks nothing and keeps nothing.

/** What the app tells its worker. */
export type Told = { say: 'take over' } | { say: 'here'; account: string | null; answers: Record<string, { body: unknown; link?: string }> };

export type Way = 'file' | 'page' | 'own' | 'share' | 'door' | 'network';

/** Pages that are not the app's: there is nothing to show of them without a network. */
const ELSEWHERE = /^\/(api|auth|oauth|media|assets|settings\/(account|sessions|apps|invitations|delete))(\/|$)/;
/** Who one is, where, and the newest of what one follows. */
const KEPT = new Set(['/api/v1/accounts/verify_credentials', '/api/v2/instance', '/api/v1/timelines/home', '/api/v1/notifications']);

/** Answers that are kept for their owner, and for nobody else: the first page of a list, not all that was scrolled through. */
export function own({ pathname, searchParams }: URL): boolean {
	return KEPT.has(pathname) && !['max_id', 'min_id', 'since_id'].some((name) => searchParams.has(name));
}

export function waysOf({ method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>, origin: string): Way {
	const address = new URL(url);
	if (address.origin !== origin) return 'network';
	const { pathname } = address;
	if (method === 'POST' && mode === 'navigate') return pathname === '/compose' ? 'share' : pathname.startsWith('/auth/') ? 'door' : 'network';
	if (method !== 'GET') return 'network';
	if (mode === 'navigate') return ELSEWHERE.test(pathname) ? 'network' : 'page';
	if (pathname.startsWith('/_app/immutable/')) return 'file';
	return own(address) ? 'own' : 'network';
}
