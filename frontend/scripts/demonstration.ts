// The demonstration server of the tests, for what is run by hand.

import type { TestProject } from 'vitest/node';

export interface Demonstration {
	base: string;
	password: string;
	stop: () => Promise<void>;
}

export async function demonstrate(posts: number): Promise<Demonstration> {
	process.env.DEMO_POSTS = String(posts);
	// Only now, as it reads that when it is loaded.
	const { default: setup } = await import('../tests/browser/server.ts');
	const told = new Map<string, string>();
	const stop = await setup({ provide: (name: string, value: string) => told.set(name, value) } as unknown as TestProject);
	return { base: told.get('base') ?? '', password: told.get('password') ?? '', stop };
}
