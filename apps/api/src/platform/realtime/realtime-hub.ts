import { REALTIME_NAMESPACE, REALTIME_REVOKED_EVENT, type RealtimeRevoked, type Topic } from '@guildhall/contracts';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server as HttpServer } from 'node:http';
import { type Namespace, Server, type Socket } from 'socket.io';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';
import type { AccountIdentity } from '../identity/identity.js';
import { EmissionQueues, roomOf } from './emission-queues.js';
import type { Emission } from './emissions.rules.js';

/** A client says which topics it wants, and nothing else. */
const MAX_CLIENT_MESSAGE_BYTES = 4 * 1024;

/** What is known of a connection: who it is, and what it joined. */
export interface RealtimeSocketData {
  person: AccountIdentity;
  /** The topics joined, by guild. */
  joined: Map<string, ReadonlySet<Topic>>;
}

type NoEvents = Record<string, never>;
// The names of emitted events are data here; `Emission` ties them to their payloads.
type AnyEvents = Record<string, (...payload: unknown[]) => void>;
export type RealtimeSocket = Socket<AnyEvents, AnyEvents, NoEvents, RealtimeSocketData>;
export type RealtimeNamespace = Namespace<AnyEvents, AnyEvents, NoEvents, RealtimeSocketData>;

/** The sockets of the dashboards: rooms for each guild and topic, and the ways to put somebody out. */
@Injectable()
export class RealtimeHub implements OnModuleInit, BeforeApplicationShutdown {
  private readonly queues = new EmissionQueues((emission) => this.send(emission));
  private readonly namespace: RealtimeNamespace;
  private readonly server: Server;

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    @Inject(API_CONFIG) config: ApiConfig,
  ) {
    const { origin } = new URL(config.WEB_URL);
    this.server = new Server({
      serveClient: false,
      maxHttpBufferSize: MAX_CLIENT_MESSAGE_BYTES,
      cors: { origin },
      // Browsers name the page's origin for every socket; others' pages have no business here.
      allowRequest: (request, decide) => decide(null, (request.headers.origin ?? origin) === origin),
    });
    this.namespace = this.server.of(REALTIME_NAMESPACE);
  }

  onModuleInit(): void {
    // Safe: Fastify is made with Node's own HTTP server.
    this.server.attach(this.adapterHost.httpAdapter.getHttpServer() as HttpServer);
  }

  /** Closes the sockets, and leaves the HTTP server to its owner. */
  beforeApplicationShutdown(): void {
    this.queues.clear();
    this.namespace.disconnectSockets(true);
    this.server.engine.close();
  }

  /** Judges each connection before it is made; an error refuses it with its message. */
  admit(judge: (socket: RealtimeSocket) => Promise<void>): void {
    this.namespace.use((socket, next) => {
      judge(socket).then(
        () => next(),
        (error: unknown) => next(error instanceof Error ? error : new Error('refused')),
      );
    });
  }

  onConnection(welcome: (socket: RealtimeSocket) => void): void {
    this.namespace.on('connection', welcome);
  }

  /** Sends to everybody in the emission's room; in a flood, soon and together with what else comes. */
  emit(emission: Emission): void {
    this.queues.push(emission);
  }

  private send({ name, payload }: Emission): void {
    this.namespace.to(roomOf(payload.guildId, payload.topic)).emit(name, payload);
  }

  /** Puts a socket into the rooms of these topics of a guild, and out of that guild's others. */
  async join(socket: RealtimeSocket, guildId: string, topics: ReadonlySet<Topic>): Promise<void> {
    const before = socket.data.joined.get(guildId) ?? new Set<Topic>();
    if (topics.size > 0) socket.data.joined.set(guildId, topics);
    else socket.data.joined.delete(guildId);
    const left = [...before].filter((topic) => !topics.has(topic));
    await Promise.all(left.map((topic) => socket.leave(roomOf(guildId, topic))));
    await socket.join([...topics].map((topic) => roomOf(guildId, topic)));
  }

  /** Puts a socket out of topics of a guild that its person may not see any more, and says so. */
  async revoke(socket: RealtimeSocket, guildId: string, remaining: ReadonlySet<Topic>): Promise<void> {
    await this.join(socket, guildId, remaining);
    socket.emit(REALTIME_REVOKED_EVENT, { guildId } satisfies RealtimeRevoked);
  }

  /** The sockets that joined topics of a guild. */
  socketsIn(guildId: string): RealtimeSocket[] {
    return this.socketsWhere(({ joined }) => joined.has(guildId));
  }

  /** Closes the sockets of a session that has ended. */
  evictSession(sessionId: string): void {
    this.evictWhere(({ person }) => person.sessionId === sessionId);
  }

  /** Closes all sockets of an account. */
  evictAccount(accountId: string): void {
    this.evictWhere(({ person }) => person.accountId === accountId);
  }

  private evictWhere(isMeant: (data: RealtimeSocketData) => boolean): void {
    for (const socket of this.socketsWhere(isMeant)) socket.disconnect(true);
  }

  private socketsWhere(isMeant: (data: RealtimeSocketData) => boolean): RealtimeSocket[] {
    return [...this.namespace.sockets.values()].filter(({ data }) => isMeant(data));
  }
}
