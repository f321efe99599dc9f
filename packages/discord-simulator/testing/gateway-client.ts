import { createInflate, createZstdDecompress, type Inflate, type ZstdDecompress } from 'node:zlib';
import { type RawData, WebSocket } from 'ws';
import { demoApplication } from '../src/index.js';

export interface Frame {
  op: number;
  t: string | null;
  s: number | null;
  d: Record<string, unknown>;
}

/** A client of the Discord Gateway that does nothing by itself: what no library would ever send can be sent with it. */
export class GatewayClient {
  readonly frames: Frame[] = [];
  /** Settles with the close code. */
  readonly closed: Promise<number>;
  private readonly socket: WebSocket;
  private readonly waiting = new Set<() => void>();
  private readonly decompressor: Inflate | ZstdDecompress | undefined;
  private text = '';

  /** @param query of the URL, as `v=10&encoding=json` */
  constructor(simulatorUrl: string, query = 'v=10&encoding=json') {
    this.socket = new WebSocket(`${simulatorUrl.replace('http', 'ws')}/gateway?${query}`);
    if (query.includes('zlib-stream')) this.decompressor = createInflate();
    if (query.includes('zstd-stream')) this.decompressor = createZstdDecompress();
    this.decompressor?.on('data', (bytes: Buffer) => this.take((this.text += bytes.toString())));
    this.socket.on('message', (data) => this.receive(data));
    this.closed = new Promise((resolve) => this.socket.once('close', resolve));
  }

  send(op: number, d: unknown): void {
    this.sendText(JSON.stringify({ op, d }));
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** Begins a session and gives READY. */
  async identify(changes: object = {}): Promise<Frame> {
    await this.next(({ op }) => op === 10);
    this.send(2, { token: demoApplication.botToken, intents: 1, ...changes });
    return this.dispatched('READY');
  }

  /** The first frame, received already or yet to come, that fits. */
  async next(fits: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const found = this.frames.find(fits);
      if (found) return found;
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  dispatched(name: string): Promise<Frame> {
    return this.next(({ t }) => t === name);
  }

  names(): (string | null)[] {
    return this.frames.filter(({ op }) => op === 0).map(({ t }) => t);
  }

  /** Ends with a goodbye, and the session with it. */
  async leave(): Promise<void> {
    this.socket.close(1000);
    await this.closed;
  }

  /** Ends without a goodbye, so that the session can be resumed. */
  async cut(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }

  private receive(data: RawData): void {
    if (this.decompressor) this.decompressor.write(data);
    else this.take(data.toString());
  }

  private take(text: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(text) as Frame;
    } catch {
      // The rest of the frame has not been decompressed yet.
      return;
    }
    this.text = '';
    this.frames.push(frame);
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
