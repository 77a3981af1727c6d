// The real program with its demonstration in it, on a port and in a folder of its own; ended when the tests have.

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
	interface ProvidedContext {
		base: string;
		password: string;
		/** Of `ines`, whom the demo's owner follows. */
		other: string;
	}
}

const PROGRAM = process.env.TINTYPE_TEST_PROGRAM ?? join(import.meta.dirname, '../../../target/debug/tintype');
/** Enough for a second page, and quickly made. */
const POSTS = 40;
/** For a start, and for each post of the demonstration, on a machine that others use as well. */
const PATIENCE = 180_000;
const PATIENCE_EACH = 3_000;

function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			const port = typeof address === 'object' && address ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}

/** The password that the demonstration shows once, as soon as all of its posts are there. */
function ready(program: ChildProcess, patience: number): Promise<string> {
	return new Promise((resolve, reject) => {
		let said = '';
		const hear = (chunk: Buffer) => {
			said += chunk.toString();
			const password = /password: (\S+)/.exec(said)?.[1];
			if (password && said.includes('the demonstration is complete')) resolve(password);
		};
		program.stdout?.on('data', hear);
		program.stderr?.on('data', hear);
		program.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
		setTimeout(() => reject(new Error(`the server is not ready:\n${said}`)), patience).unref();
	});
}

/** One that the operator makes for somebody else of the demonstration. */
function newPassword(asked: Served['asked']): string {
	const said = asked('account', 'reset-password', 'ines');
	const password = /Password: (\S+)/.exec(said)?.[1];
	if (!password) throw new Error(`no password in: ${said}`);
	return password;
}

export interface Served {
	base: string;
	password: string;
	other: string;
	/** What the program itself says to an operator's command. */
	asked: (...words: string[]) => string;
	stop: () => Promise<void>;
}

export async function serve(posts = POSTS): Promise<Served> {
	if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not built: cargo build makes it.`);
	const folder = mkdtempSync(join(tmpdir(), 'tintype-web-'));
	// The server's own Postgres runs as somebody else when we are root.
	chmodSync(folder, 0o755);
	const base = `http://localhost:${await freePort()}`;
	const env = {
		...process.env,
		TINTYPE_LISTEN: base.replace('http://localhost', '127.0.0.1'),
		TINTYPE_PUBLIC_URL: base,
		TINTYPE_DATA_DIR: join(folder, 'data'),
		TINTYPE_RATE_LIMITS: 'off',
		TINTYPE_REGISTRATION: 'open'
	};
	const program = spawn(PROGRAM, ['serve', `--demo=${posts}`], { env, stdio: ['ignore', 'pipe', 'pipe'] });
	const ended = new Promise<void>((resolve) => program.on('exit', () => resolve()));
	const asked = (...words: string[]) => execFileSync(PROGRAM, words, { env, encoding: 'utf8' });
	const stop = async () => {
		program.kill();
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		return { base, password: await ready(program, PATIENCE + posts * PATIENCE_EACH), other: newPassword(asked), asked, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const { base, password, other, stop } = await serve();
	project.provide('base', base);
	project.provide('password', password);
	project.provide('other', other);
	return stop;
}
