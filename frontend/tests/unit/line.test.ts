import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Line, pause } from '#lib/live/line.ts';

/** A socket that does what the test says. */
class Fake {
	onopen?: () => void;
	onmessage?: (message: { data: string }) => void;
	onclose?: (close: { code: number }) => void;
	sent: unknown[] = [];
	closed = false;

	send(text: string) {
		this.sent.push(JSON.parse(text));
	}
	close() {
		this.closed = true;
	}
	says(said: object) {
		this.onmessage?.({ data: JSON.stringify(said) });
	}
}

function scene() {
	const sockets: Fake[] = [];
	const changes: boolean[] = [];
	const line = new Line(
		() => {
			const socket = new Fake();
			sockets.push(socket);
			return socket as unknown as WebSocket;
		},
		(isOpen) => changes.push(isOpen),
		() => 1
	);
	return { line, sockets, changes };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const USER = { stream: 'user' };
const LIST = { stream: 'list', list: '7' };

test('pauses grow to a minute, and differ from browser to browser', () => {
	expect([0, 1, 2, 10].map((failures) => pause(failures, 1))).toEqual([1_000, 2_000, 4_000, 60_000]);
	expect(pause(2, 0)).toBe(2_000);
});

test('one connection carries all streams, each told to those who listen to it', () => {
	const { line, sockets } = scene();
	const heard: string[] = [];
	line.hear(USER, (event, payload) => heard.push(`user ${event} ${payload}`));
	line.hear(LIST, (event) => heard.push(`list ${event}`));
	expect(sockets).toHaveLength(1);
	sockets[0]!.onopen?.();
	expect(sockets[0]!.sent).toEqual([
		{ type: 'subscribe', stream: 'user' },
		{ type: 'subscribe', stream: 'list', list: '7' }
	]);
	sockets[0]!.says({ stream: ['user'], event: 'update', payload: '{}' });
	sockets[0]!.says({ stream: ['list', '7'], event: 'delete', payload: '3' });
	sockets[0]!.says({ stream: ['list', '8'], event: 'delete', payload: '3' });
	sockets[0]!.says({ error: 'Not found', status: 404 });
	expect(heard).toEqual(['user update {}', 'list delete']);
});

test('a stream ends when the last one stops listening', () => {
	const { line, sockets } = scene();
	const [one, other] = [line.hear(LIST, () => {}), line.hear(LIST, () => {})];
	sockets[0]!.onopen?.();
	one();
	expect(sockets[0]!.sent).toHaveLength(1);
	other();
	other();
	expect(sockets[0]!.sent).toEqual([
		{ type: 'subscribe', stream: 'list', list: '7' },
		{ type: 'unsubscribe', stream: 'list', list: '7' }
	]);
});

test('what breaks is opened again with longer pauses, and all streams with it', () => {
	const { line, sockets, changes } = scene();
	line.hear(USER, () => {});
	sockets[0]!.onopen?.();
	sockets[0]!.onclose?.({ code: 1006 });
	vi.advanceTimersByTime(999);
	expect(sockets).toHaveLength(1);
	vi.advanceTimersByTime(1);
	sockets[1]!.onclose?.({ code: 1006 });
	vi.advanceTimersByTime(2_000);
	sockets[2]!.onopen?.();
	expect(sockets[2]!.sent).toEqual([{ type: 'subscribe', stream: 'user' }]);
	expect(changes).toEqual([true, false, true]);
	vi.advanceTimersByTime(10_000);
	sockets[2]!.onclose?.({ code: 1012 });
	vi.advanceTimersByTime(1_000);
	expect(sockets).toHaveLength(4);
});

test('whoever may not listen any more is not asked for again', () => {
	const { line, sockets } = scene();
	line.hear(USER, () => {});
	sockets[0]!.onopen?.();
	sockets[0]!.onclose?.({ code: 1008 });
	vi.advanceTimersByTime(600_000);
	line.open();
	expect(sockets).toHaveLength(1);
});

test('a line that rests waits until it is opened', () => {
	const { line, sockets, changes } = scene();
	line.hear(USER, () => {});
	sockets[0]!.onopen?.();
	line.rest();
	expect([sockets[0]!.closed, changes]).toEqual([true, [true, false]]);
	sockets[0]!.onclose?.({ code: 1000 });
	vi.advanceTimersByTime(600_000);
	expect(sockets).toHaveLength(1);
	line.open();
	expect(sockets).toHaveLength(2);
});
