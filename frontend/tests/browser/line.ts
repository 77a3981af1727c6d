// A line between the browser and the server that breaks in the middle of an upload, and is mended when a test says so.

import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface Line extends AsyncDisposable {
	/** For the browser, which sends everything over it. */
	proxy: string;
	mend: () => void;
}

/** Breaks when so many bytes of a piece have passed, and stays broken. */
export async function lineThatBreaks(bytes: number): Promise<Line> {
	let state: 'whole' | 'broken' | 'mended' = 'whole';
	const pass = (from: IncomingMessage, to: ServerResponse) => {
		if (state === 'broken') return void from.socket.destroy();
		const { hostname, port, pathname, search } = new URL(from.url ?? '');
		const on = request({ hostname, port, path: pathname + search, method: from.method, headers: from.headers }, (answer) => {
			to.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(to);
		});
		on.on('error', () => from.socket.destroy());
		if (from.method !== 'PATCH' || state === 'mended') return void from.pipe(on);
		let passed = 0;
		from.on('data', (chunk: Buffer) => {
			passed += chunk.length;
			on.write(chunk, () => {
				if (passed < bytes || state !== 'whole') return;
				state = 'broken';
				on.destroy();
				from.socket.destroy();
			});
		});
		from.on('end', () => on.end());
	};
	const server = createServer(pass);
	server.on('connect', (from, socket) => {
		const [host, port] = (from.url ?? '').split(':');
		const on = connect(Number(port), host, () => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			socket.pipe(on).pipe(socket);
		});
		on.on('error', () => socket.destroy());
		socket.on('error', () => on.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		mend: () => (state = 'mended'),
		[Symbol.asyncDispose]: async () => {
			server.close();
			server.closeAllConnections();
		}
	};
}
