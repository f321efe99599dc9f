import { GatewayIntentBits as Intent, GatewayOpcodes } from 'discord-api-types/v10';
import type { Logger } from '../logger.js';
import type { Dispatch } from '../state/dispatch.js';
import { channelPermissions, guildPermissions, canView } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderGuildCreate } from '../views/guild-create.js';
import { withholdContent } from '../views/messages.js';
import { renderUser, userOf } from '../views/users.js';
import { Session } from './session.js';
import type { Connection } from './connection.js';
import type { SessionTerms } from './session.js';

/** A lost session may be resumed for this long. */
const RESUME_WINDOW_MS = 180_000;

export interface DropFault {
  /** Only this shard; all when absent. */
  shard?: number | undefined;
  /** WebSocket close code; 1006 (an abrupt cut) when absent. */
  code?: number | undefined;
}

/** All Discord Gateway sessions: brings every dispatch to those that may see it. */
export class GatewayHub {
  private readonly sessions = new Map<string, Session>();
  private resumesToRefuse = 0;
  private isFrozen = false;

  constructor(
    private readonly world: World,
    private readonly logger: Logger,
  ) {
    world.on('dispatch', (dispatch) => this.deliver(dispatch));
  }

  get connectedSessions(): Session[] {
    return [...this.sessions.values()].filter((session) => session.connection);
  }

  /** Begins a session: READY, then every guild of the shard. */
  open(connection: Connection, terms: SessionTerms): void {
    this.forgetStaleSessions();
    const session = new Session(terms);
    this.sessions.set(session.id, session);
    this.attach(session, connection);
    const guilds = this.world.guildsOf(session.botId).filter((guild) => session.coversGuild(guild.id));
    session.dispatch(
      'READY',
      JSON.stringify(
        this.ready(
          session,
          connection,
          guilds.map((guild) => guild.id),
        ),
      ),
    );
    for (const guild of guilds) session.dispatch('GUILD_CREATE', this.guildCreate(session, guild.id));
    this.logger.info({
      event: 'gateway.identified',
      shard: terms.shard,
      intents: terms.intents,
      guilds: guilds.length,
    });
  }

  private ready(session: Session, connection: Connection, guildIds: readonly string[]): object {
    const { application, shard } = session.terms;
    return {
      v: 10,
      user: { ...renderUser(userOf(this.world, session.botId)), verified: true, mfa_enabled: false, email: null },
      guilds: guildIds.map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: `ws://${connection.host}/gateway`,
      shard,
      application: { id: application.id, flags: 0 },
      session_type: 'normal',
      private_channels: [],
      relationships: [],
      presences: [],
      _trace: [],
    };
  }

  private guildCreate(session: Session, guildId: string): string {
    const guild = this.world.guilds.get(guildId);
    if (!guild) return JSON.stringify({ id: guildId, unavailable: true });
    const view = {
      botId: session.botId,
      includesPresences: session.holds(Intent.GuildPresences),
      includesVoiceStates: session.holds(Intent.GuildVoiceStates),
      includesScheduledEvents: session.holds(Intent.GuildScheduledEvents),
      largeThreshold: session.terms.largeThreshold,
    };
    return JSON.stringify(renderGuildCreate(this.world, guild, view));
  }

  /** Takes up a session again; returns false when the client has to identify anew. */
  resume(connection: Connection, sessionId: string, request: { token: string; seq: number }): boolean {
    const session = this.sessions.get(sessionId);
    if (this.resumesToRefuse > 0) {
      this.resumesToRefuse -= 1;
      if (session) this.forget(session);
      return false;
    }
    if (session?.terms.application.botToken !== request.token || !session.canReplayFrom(request.seq)) return false;
    session.connection?.close(4000, 'Resumed elsewhere.');
    const missed = session.framesAfter(request.seq);
    this.attach(session, connection);
    for (const frame of missed) connection.send(frame);
    session.dispatch('RESUMED', '{"_trace":[]}');
    this.logger.info({ event: 'gateway.resumed', shard: session.terms.shard, replayed: missed.length });
    return true;
  }

  private attach(session: Session, connection: Connection): void {
    session.connection = connection;
    session.detachedAtMs = null;
    connection.session = session;
    connection.setFrozen(this.isFrozen);
  }

  /** The socket is gone. Codes 1000 and 1001 from the client end the session; anything else leaves it to be resumed. */
  detach(connection: Connection, isFinal: boolean): void {
    const { session } = connection;
    if (session?.connection !== connection) return;
    session.connection = null;
    session.detachedAtMs = this.world.clock.now();
    if (isFinal) this.forget(session);
    this.logger.info({ event: 'gateway.disconnected', shard: session.terms.shard, isFinal });
  }

  private forget(session: Session): void {
    this.sessions.delete(session.id);
  }

  private forgetStaleSessions(): void {
    for (const session of this.sessions.values()) {
      if (session.detachedAtMs !== null && this.world.clock.now() - session.detachedAtMs > RESUME_WINDOW_MS)
        this.forget(session);
    }
  }

  private deliver(dispatch: Dispatch): void {
    let full: string | undefined;
    let withheld: string | undefined;
    for (const session of this.sessions.values()) {
      if (!this.mayReceive(session, dispatch)) continue;
      if (dispatch.name === 'GUILD_CREATE' && dispatch.guildId) {
        // Each session's intents decide how much of the guild it is shown.
        session.dispatch(dispatch.name, this.guildCreate(session, dispatch.guildId));
      } else if (this.seesContent(session, dispatch)) {
        session.dispatch(dispatch.name, (full ??= JSON.stringify(dispatch.data)));
      } else {
        withheld ??= JSON.stringify(withholdContent(dispatch.data as Record<string, unknown>));
        session.dispatch(dispatch.name, withheld);
      }
    }
  }

  private mayReceive(session: Session, dispatch: Dispatch): boolean {
    const { guildId, channelId, userIds, intents } = dispatch;
    if (!session.holds(intents) && !this.isAboutOwnMembership(session, dispatch)) return false;
    if (!session.coversGuild(guildId)) return false;
    if (userIds) return userIds.includes(session.botId);
    const guild = guildId ? this.world.guilds.get(guildId) : undefined;
    if (guildId && !guild?.members.has(session.botId)) return false;
    const permission = dispatch.permission ?? 0n;
    if (!channelId) return !guild || (guildPermissions(guild, session.botId) & permission) === permission;
    const channel = this.world.channel(channelId);
    if (!channel || !canView(this.world, channel, session.botId)) return false;
    return (channelPermissions(this.world, channel, session.botId) & permission) === permission;
  }

  /** A bot hears of changes to its own membership whatever its intents. @see https://docs.discord.com/developers/events/gateway#list-of-intents */
  private isAboutOwnMembership(session: Session, { name, data }: Dispatch): boolean {
    return name === 'GUILD_MEMBER_UPDATE' && (data as { user?: { id: string } }).user?.id === session.botId;
  }

  private seesContent(session: Session, { contentVisibleTo }: Dispatch): boolean {
    return contentVisibleTo === undefined || session.seesContent || contentVisibleTo.includes(session.botId);
  }

  /** Fault: cuts sockets, as a network does. The sessions can be resumed. */
  dropSockets({ shard, code }: DropFault = {}): number {
    const targets = this.connectedSessions.filter((it) => shard === undefined || it.terms.shard[0] === shard);
    for (const { connection } of targets) {
      if (code === undefined) connection?.socket.terminate();
      else connection?.close(code, 'Dropped on request.');
    }
    return targets.length;
  }

  /** Fault: the next `count` RESUMEs are answered with INVALID_SESSION. */
  refuseResumes(count: number): void {
    this.resumesToRefuse = count;
  }

  /** Fault: open sockets fall silent until thawed; what happens meanwhile is delivered then. */
  freeze(isFrozen: boolean): void {
    this.isFrozen = isFrozen;
    for (const session of this.connectedSessions) session.connection?.setFrozen(isFrozen);
  }

  /** Asks every client to reconnect and resume. */
  askToReconnect(): void {
    for (const session of this.connectedSessions)
      session.connection?.sendJson({ op: GatewayOpcodes.Reconnect, d: null });
  }
}
