import type { WebSocket } from 'ws';
import { type Compression, createCompressor, type FrameCompressor } from './compression.js';
import type { Session } from './session.js';

export interface ConnectionTerms {
  /** Authority part of the URL the client used, so that it is sent back to the same place. */
  host: string;
  /** Of the Discord Gateway. */
  version: number;
  compression: Compression | null;
}

/** One socket of a client, with its compression; which session it belongs to changes with IDENTIFY and RESUME. */
export class Connection {
  session: Session | null = null;
  /** Whether the last heartbeat interval saw a heartbeat. */
  isAlive = true;
  /** Whether it was ended from here: what the client then says is an echo, and no farewell. */
  isDismissed = false;
  private readonly compressor: FrameCompressor | null;
  private waiting: string[] = [];
  private isCompressing = false;
  private isFrozen = false;

  constructor(
    readonly socket: WebSocket,
    readonly terms: ConnectionTerms,
  ) {
    this.compressor = terms.compression && createCompressor(terms.compression);
  }

  send(frame: string): void {
    if (this.compressor || this.isFrozen) {
      this.waiting.push(frame);
      this.drain();
    } else if (this.isOpen) this.socket.send(frame);
  }

  sendJson(payload: object): void {
    this.send(JSON.stringify(payload));
  }

  close(code: number, reason: string): void {
    this.isDismissed = true;
    this.socket.close(code, reason);
  }

  /** The socket is gone: what waits for it is forgotten. */
  release(): void {
    this.waiting = [];
    if (!this.isCompressing) this.compressor?.close();
  }

  /** While frozen, nothing is sent: the socket stays open and silent. */
  setFrozen(isFrozen: boolean): void {
    this.isFrozen = isFrozen;
    this.drain();
  }

  private get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  private drain(): void {
    while (!this.isFrozen && !this.isCompressing) {
      const frame = this.waiting.shift();
      if (frame === undefined) return;
      if (this.compressor) this.compressAndSend(this.compressor, frame);
      else if (this.isOpen) this.socket.send(frame);
    }
  }

  private compressAndSend(compressor: FrameCompressor, frame: string): void {
    this.isCompressing = true;
    compressor.compress(frame, (bytes) => {
      this.isCompressing = false;
      if (this.isOpen) this.socket.send(bytes);
      if (this.socket.readyState === this.socket.CLOSED) compressor.close();
      else this.drain();
    });
  }
}
