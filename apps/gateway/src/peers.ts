import { createHash } from 'node:crypto';
import type { ConnectedBot } from '@guildhall/contracts';
import type { Socket } from 'socket.io';

export interface BotPeer extends ConnectedBot {
  type: 'bot';
  socket: Socket;
}

export interface BackendPeer {
  type: 'backend';
  name: string | undefined;
  socket: Socket;
}

export type Peer = BotPeer | BackendPeer;

/** Who is registered at this gateway. */
export class Peers {
  readonly #bots = new Map<string, BotPeer>();
  readonly #backends = new Map<string, BackendPeer>();

  /** Adds a peer and returns the older connection of the same bot, which it replaces. */
  add(peer: Peer): BotPeer | undefined {
    if (peer.type === 'backend') {
      this.#backends.set(peer.socket.id, peer);
      return undefined;
    }
    const replaced = this.#bots.get(peer.botId);
    this.#bots.set(peer.botId, peer);
    return replaced;
  }

  /** Forgets a peer; false when it had been replaced by a newer connection before. */
  remove(peer: Peer): boolean {
    if (peer.type === 'backend') return this.#backends.delete(peer.socket.id);
    return this.#bots.get(peer.botId) === peer && this.#bots.delete(peer.botId);
  }

  bot(botId: string): BotPeer | undefined {
    return this.#bots.get(botId);
  }

  bots(): BotPeer[] {
    return [...this.#bots.values()];
  }

  backends(): BackendPeer[] {
    return [...this.#backends.values()];
  }

  /** The bots as the APIs are told about them. */
  connectedBots(): ConnectedBot[] {
    return this.bots().map(({ type: _type, socket: _socket, ...bot }) => bot);
  }

  /**
   * The API for a lane of a bot: the same one as long as it stays connected, and only the lanes of an API that left move
   * elsewhere (rendezvous hashing). Any API may take any batch; staying with one spares it useless collisions.
   */
  backendFor(botId: string, lane: number): BackendPeer | undefined {
    let best: { weight: string; peer: BackendPeer } | undefined;
    for (const peer of this.#backends.values()) {
      const weight = createHash('sha1').update(`${botId}:${lane}:${peer.socket.id}`).digest('hex');
      if (!best || weight > best.weight) best = { weight, peer };
    }
    return best?.peer;
  }
}
