import { GatewayIntentBits as Intent, GatewayOpcodes } from 'discord-api-types/v10';
import { serveTasks } from '../workers.ts';

/** Often, so that the simulator need not keep what has arrived. */
const HEARTBEAT_MS = 1_000;
/** Discord lets one shard of a bot identify every five seconds. */
const IDENTIFY_INTERVAL_MS = 5_500;

let received = 0;
let lastFrame = '';
let expected = Number.POSITIVE_INFINITY;
let announce: () => void = () => undefined;

function note(frame: string): void {
  received += 1;
  lastFrame = frame;
  if (received >= expected) announce();
}

const opened = (socket: WebSocket) =>
  new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`no connection to ${socket.url}`)));
  });

/** The least that is a listener of the Discord Gateway: it identifies, beats and counts. */
async function connectShard({
  url,
  token,
  shard,
}: {
  url: string;
  token: string;
  shard: [number, number];
}): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/gateway?v=10&encoding=json`);
  let seq: number | null = null;
  const ready = new Promise<void>((resolve, reject) => {
    socket.addEventListener('close', ({ code, reason }) => reject(new Error(`closed with ${code} ${reason}`)));
    socket.addEventListener('message', ({ data }) => {
      const text = String(data);
      if (text.startsWith('{"t":"MESSAGE_CREATE"')) return note(text);
      const { t, s } = JSON.parse(text) as { t: string | null; s: number | null };
      seq = s ?? seq;
      if (t === 'READY') resolve();
    });
  });
  await opened(socket);
  const intents = Intent.Guilds | Intent.GuildMessages | Intent.MessageContent;
  const properties = { os: 'linux', browser: 'bench', device: 'bench' };
  socket.send(JSON.stringify({ op: GatewayOpcodes.Identify, d: { token, intents, shard, properties } }));
  await ready;
  const beat = () => {
    seq = (/"s":(\d+)/.exec(lastFrame)?.[1] as number | undefined) ?? seq;
    socket.send(JSON.stringify({ op: GatewayOpcodes.Heartbeat, d: seq === null ? null : Number(seq) }));
  };
  setInterval(beat, HEARTBEAT_MS);
}

serveTasks({
  async connect({ url, token, shards }: { url: string; token: string; shards: number }) {
    for (let id = 0; id < shards; id += 1) {
      if (id > 0) await new Promise((resolve) => setTimeout(resolve, IDENTIFY_INTERVAL_MS));
      await connectShard({ url, token, shard: [id, shards] });
    }
  },
  async connectBare(url: string) {
    const socket = new WebSocket(url);
    socket.addEventListener('message', ({ data }) => note(String(data)));
    await opened(socket);
  },
  expect(count: number) {
    [received, expected] = [0, count];
  },
  /** Resolves with the last frame once everything expected has come. */
  async allReceived() {
    if (received < expected) await new Promise<void>((resolve) => (announce = resolve));
    return lastFrame;
  },
});
