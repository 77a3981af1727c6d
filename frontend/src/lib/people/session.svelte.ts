// Who is signed in, and on which server. Signs nobody in: that is the server's own page.

import { get, Refusal } from '../api/client.ts';
import type { CredentialAccount, Instance } from '../api/entities.ts';

class Session {
	me = $state<CredentialAccount | null>(null);
	instance = $state.raw<Instance | null>(null);

	async load(): Promise<void> {
		const me = get<CredentialAccount>('/api/v1/accounts/verify_credentials').catch((error: unknown) => {
			if (error instanceof Refusal && error.status < 500) return null;
			return null;
		});
		const instance = get<Instance>('/api/v2/instance').catch(() => null);
		[this.me, this.instance] = await Promise.all([me, instance]);
	}

	get isIn(): boolean {
		return this.me !== null;
	}
}

export const session = new Session();

/** Where somebody signs in, and comes back to here. */
export const SIGN_IN = '/auth/sign_in';
export const SIGN_UP = '/auth/sign_up';
