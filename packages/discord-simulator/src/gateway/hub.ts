import { GatewayOpcodes } from 'discord-api-types/v10';
import { setPresence } from '../actions/members.js';
import type { Logger } from '../logger.js';
import type { Dispatch } from '../state/dispatch.js';
import type { ApplicationRecord, Guild } from '../state/model.js';
import type { Randomness } from '../state/randomness.js';
import type { World } from '../state/world.js';
import { withholdContent } from '../views/messages.js';
import { mayReceive, seesContent } from './audience.js';
import type { Connection } from './connection.js';
import type { GatewayLimits } from './limits.js';
import { Outages } from './outages.js';
import { closeCodes } from './payloads.js';
import { guildCreateFor, renderReady } from './ready.js';
import { Session, type SessionTerms } from './session.js';

/** A lost session may be resumed for this long. */
const RESUME_WINDOW_MS = 180_000;
/** Guilds one shard may handle. @see https://docs.discord.com/developers/events/gateway#sharding */
const MAX_GUILDS_PER_SHARD = 2_500;

export interface DropFault {
  /** Only this shard; all when absent. */
  shard?: number | undefined;
  /** WebSocket close code; 1006 (an abrupt cut) when absent. */
  code?: number | undefined;
}

export interface InvalidationFault {
  /** Only this shard; all when absent. */
  shard?: number | undefined;
  /** Whether the client is told that it may resume; the session ends where it may not. */
  isResumable: boolean;
}

export interface ResumeRequest {
  application: ApplicationRecord;
  sessionId: string;
  /** The last sequence number the client has. */
  seq: number;
}

/** All Discord Gateway sessions: brings every dispatch to those that may see it. */
export class GatewayHub {
  private readonly sessions = new Map<string, Session>();
  private readonly outages: Outages;
  private resumesToRefuse = 0;
  private isFrozen = false;
  /** Apart from what is state: a client that connects once more changes no token or code. */
  private readonly sessionIds: Randomness;

  constructor(
    private readonly world: World,
    private readonly logger: Logger,
    readonly limits: GatewayLimits,
  ) {
    this.sessionIds = world.randomness.branch('gateway');
    this.outages = new Outages(world);
    world.on('dispatch', (dispatch) => this.deliver(dispatch));
    // The clock of another state has forgotten when the lost sessions were to end.
    world.on('replaced', () => {
      for (const session of this.sessions.values()) if (!session.connection) this.letExpire(session);
    });
  }

  get connectedSessions(): Session[] {
    return [...this.sessions.values()].filter((session) => session.connection);
  }

  /** Begins a session: READY, then every guild of the shard. Returns false when those are too many. */
  open(connection: Connection, terms: SessionTerms): boolean {
    const session = new Session(this.sessionIds.hex(16), terms);
    const guilds = this.world.guildsOf(session.botId).filter((guild) => session.coversGuild(guild.id));
    if (guilds.length > MAX_GUILDS_PER_SHARD) return false;
    this.sessions.set(session.id, session);
    this.attach(session, connection);
    const guildIds = guilds.map((guild) => guild.id);
    session.dispatch(
      'READY',
      JSON.stringify(renderReady(this.world, session, { guildIds, connection: connection.terms })),
    );
    for (const id of guildIds) {
      if (!this.outages.has(id)) session.dispatch('GUILD_CREATE', guildCreateFor(this.world, session, id));
    }
    const { shard, intents } = terms;
    this.logger.info({ event: 'gateway.identified', shard, intents, guilds: guilds.length });
    return true;
  }

  /** Takes up a session again, or says why the client has to identify anew. */
  resume(
    connection: Connection,
    { application, sessionId, seq }: ResumeRequest,
  ): 'resumed' | 'lost' | 'invalidSequence' {
    const session = this.sessions.get(sessionId);
    if (session?.botId !== application.id) return 'lost';
    const isRefused = this.resumesToRefuse > 0;
    if (isRefused) this.resumesToRefuse -= 1;
    if (isRefused || !session.canReplayFrom(seq)) {
      this.forget(session);
      return !isRefused && seq > session.lastSeq ? 'invalidSequence' : 'lost';
    }
    session.connection?.close(...closeCodes.unknownError);
    const missed = session.framesAfter(seq);
    this.attach(session, connection);
    for (const frame of missed) connection.send(frame);
    session.dispatch('RESUMED', '{"_trace":[]}');
    this.logger.info({ event: 'gateway.resumed', shard: session.terms.shard, replayed: missed.length });
    return 'resumed';
  }

  private attach(session: Session, connection: Connection): void {
    session.keepAlive();
    session.connection = connection;
    connection.session = session;
    connection.setFrozen(this.isFrozen);
  }

  /** The socket is gone. Codes 1000 and 1001 from the client end the session; anything else leaves it to be resumed. */
  detach(connection: Connection, isFinal: boolean): void {
    const { session } = connection;
    if (session?.connection !== connection) return;
    this.release(session, connection, isFinal);
    this.logger.info({ event: 'gateway.disconnected', shard: session.terms.shard, isFinal });
  }

  private release(session: Session, connection: Connection, isFinal: boolean): void {
    session.connection = null;
    connection.session = null;
    connection.setFrozen(false);
    if (isFinal) this.forget(session);
    else this.letExpire(session);
  }

  private letExpire(session: Session): void {
    session.keepAlive = this.world.clock.after(RESUME_WINDOW_MS, () => this.forget(session));
  }

  /** A bot without a session appears offline. */
  private forget(session: Session): void {
    session.keepAlive();
    this.sessions.delete(session.id);
    const { botId } = session;
    if (this.world.presence(botId).status === 'offline') return;
    if ([...this.sessions.values()].some((other) => other.botId === botId)) return;
    setPresence(this.world, botId, { status: 'offline', activities: [] });
  }

  private deliver(dispatch: Dispatch): void {
    const { name, guildId } = dispatch;
    if (guildId && this.outages.has(guildId) && name !== 'GUILD_DELETE') return;
    let full: string | undefined;
    let withheld: string | undefined;
    for (const session of this.sessions.values()) {
      if (!mayReceive(this.world, session, dispatch)) continue;
      if (name === 'GUILD_CREATE' && guildId) {
        // Each session's intents decide how much of the guild it is shown.
        session.dispatch(name, guildCreateFor(this.world, session, guildId));
      } else if (seesContent(session, dispatch)) {
        session.dispatch(name, (full ??= JSON.stringify(dispatch.data)));
      } else {
        withheld ??= JSON.stringify(withholdContent(dispatch.data as Record<string, unknown>));
        session.dispatch(name, withheld);
      }
    }
  }

  /** A bot that began too many sessions in a day loses them all, and its token. @see https://docs.discord.com/developers/events/gateway#identifying */
  resetToken(application: ApplicationRecord): void {
    const botToken = `reset.${this.sessionIds.token(24)}`;
    this.world.applications.set(application.id, { ...application, botToken });
    this.logger.warn({ event: 'gateway.tokenReset', application: application.id });
    for (const session of this.sessions.values()) {
      if (session.botId !== application.id) continue;
      session.connection?.close(...closeCodes.authenticationFailed);
      this.forget(session);
    }
  }

  /** Fault: cuts sockets, as a network does. The sessions can be resumed. */
  dropSockets({ shard, code }: DropFault = {}): number {
    const targets = this.connectionsOf(shard);
    for (const connection of targets) {
      if (code === undefined) connection.socket.terminate();
      else connection.close(code, 'Dropped on request.');
    }
    return targets.length;
  }

  /** Fault: the next `count` RESUMEs are answered with INVALID_SESSION. */
  refuseResumes(count: number): void {
    this.resumesToRefuse = count;
  }

  /** Fault: open sessions turn invalid; the sockets stay open. Returns how many. */
  invalidateSessions({ shard, isResumable }: InvalidationFault): number {
    const targets = this.connectionsOf(shard);
    for (const connection of targets) {
      if (connection.session) this.release(connection.session, connection, !isResumable);
      connection.sendJson({ op: GatewayOpcodes.InvalidSession, d: isResumable });
    }
    return targets.length;
  }

  /** Fault: Discord loses a guild, or finds it again. */
  setAvailable(guild: Guild, isAvailable: boolean): void {
    if (isAvailable) this.outages.end(guild);
    else this.outages.begin(guild);
  }

  /** Fault: open sockets fall silent until thawed; what happens meanwhile is delivered then. */
  freeze(isFrozen: boolean): void {
    this.isFrozen = isFrozen;
    for (const connection of this.connectionsOf()) connection.setFrozen(isFrozen);
  }

  /** Asks every client to reconnect and resume. */
  askToReconnect(): void {
    for (const connection of this.connectionsOf()) connection.sendJson({ op: GatewayOpcodes.Reconnect, d: null });
  }

  private connectionsOf(shard?: number): Connection[] {
    return [...this.sessions.values()].flatMap(({ connection, terms }) =>
      connection && (shard === undefined || terms.shard[0] === shard) ? [connection] : [],
    );
  }
}
