import { constants, createDeflate, type Deflate } from 'node:zlib';
import type { WebSocket } from 'ws';
import type { Session } from './session.js';

/** One socket of a client, with its compression; which session it belongs to changes with IDENTIFY and RESUME. */
export class Connection {
  session: Session | null = null;
  /** Whether the last heartbeat interval saw a heartbeat. */
  isAlive = true;
  private readonly deflate: Deflate | null;
  private readonly waiting: string[] = [];
  private isDeflating = false;
  private isFrozen = false;

  constructor(
    readonly socket: WebSocket,
    /** Authority part of the URL the client used, so that it is sent back to the same place. */
    readonly host: string,
    isCompressed: boolean,
  ) {
    this.deflate = isCompressed ? createDeflate() : null;
  }

  send(frame: string): void {
    if (this.deflate || this.isFrozen) {
      this.waiting.push(frame);
      this.drain();
    } else if (this.socket.readyState === this.socket.OPEN) this.socket.send(frame);
  }

  sendJson(payload: object): void {
    this.send(JSON.stringify(payload));
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  /** While frozen, nothing is sent: the socket stays open and silent. */
  setFrozen(isFrozen: boolean): void {
    this.isFrozen = isFrozen;
    this.drain();
  }

  private drain(): void {
    if (this.isFrozen || this.isDeflating) return;
    const frame = this.waiting.shift();
    if (frame === undefined) return;
    if (!this.deflate) {
      if (this.socket.readyState === this.socket.OPEN) this.socket.send(frame);
      this.drain();
    } else this.deflateAndSend(this.deflate, frame);
  }

  /** One shared zlib context per connection. @see https://docs.discord.com/developers/events/gateway#transport-compression */
  private deflateAndSend(deflate: Deflate, frame: string): void {
    this.isDeflating = true;
    const chunks: Buffer[] = [];
    const collect = (chunk: Buffer) => chunks.push(chunk);
    deflate.on('data', collect);
    deflate.write(frame);
    deflate.flush(constants.Z_SYNC_FLUSH, () => {
      deflate.off('data', collect);
      if (this.socket.readyState === this.socket.OPEN) this.socket.send(Buffer.concat(chunks));
      this.isDeflating = false;
      this.drain();
    });
  }
}
