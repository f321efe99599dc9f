import { WebSocketServer } from 'ws';
import { serveTasks, withUsage } from '../workers.ts';

/** As finely as the simulator's own bursts. */
const TICK_MS = 5;

const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });

/** Sends one ready-made frame again and again: what a message costs at the least. */
function burst({ messagesPerSecond, count, frame }: { messagesPerSecond: number; count: number; frame: string }) {
  const [socket] = server.clients;
  return withUsage(
    () =>
      new Promise<number>((resolve) => {
        const startedAtMs = performance.now();
        let sent = 0;
        const timer = setInterval(() => {
          const elapsedMs = performance.now() - startedAtMs;
          const due = Math.min(count, Math.ceil((elapsedMs / 1_000) * messagesPerSecond));
          for (; sent < due; sent += 1) socket?.send(frame);
          if (sent < count) return;
          clearInterval(timer);
          resolve(elapsedMs);
        }, TICK_MS);
      }),
  );
}

serveTasks({
  start: () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the bare server has no port');
    return `ws://127.0.0.1:${address.port}`;
  },
  burst,
});
