/** IDENTIFYs a bot may send in a day, whichever shards they are for. @see https://docs.discord.com/developers/events/gateway#identifying */
const SESSIONS_PER_DAY = 1_000;
const DAY_MS = 86_400_000;
/** @see https://docs.discord.com/developers/events/gateway#sharding-max-concurrency */
const IDENTIFY_WINDOW_MS = 5_000;
/** What Discord gives to bots in fewer than 150,000 guilds. */
const MAX_CONCURRENCY = 1;
/** Without limits nobody has to wait for the next five seconds. */
const UNLIMITED_CONCURRENCY = 16;
/** Frames a client may send. @see https://docs.discord.com/developers/events/gateway#rate-limiting */
const FRAMES = { limit: 120, windowMs: 60_000 };
/** @see https://docs.discord.com/developers/change-log#introducing-rate-limit-when-requesting-all-guild-members */
const MEMBER_LIST_WINDOW_MS = 30_000;

interface Window {
  used: number;
  resetsAtMs: number;
}

/** What an IDENTIFY may do: begin a session, come back later, or never again, as the day's sessions are used up. */
export type IdentifyVerdict = 'granted' | 'tooSoon' | 'usedUp';

/** @see https://docs.discord.com/developers/events/gateway#session-start-limit-object */
export interface SessionStartLimit {
  total: number;
  remaining: number;
  reset_after: number;
  max_concurrency: number;
}

/** What Discord lets a client do on the Discord Gateway in a given time. Clients wait in real time, so it does not follow the clock. */
export class GatewayLimits {
  private readonly frames = new WeakMap<object, Window>();
  private readonly memberLists = new WeakMap<object, Map<string, number>>();
  private readonly identifies = new Map<string, Window>();
  private readonly days = new Map<string, Window>();

  /**
   * @param isEnforced without it nothing is refused
   * @param now epoch milliseconds
   */
  constructor(
    readonly isEnforced: boolean,
    private readonly now: () => number = Date.now,
  ) {}

  /** Counts a frame of a connection; false when it is one too many. */
  takeFrame(connection: object): boolean {
    if (!this.isEnforced) return true;
    const window = this.running(this.frames.get(connection), FRAMES.windowMs);
    this.frames.set(connection, window);
    window.used += 1;
    return window.used <= FRAMES.limit;
  }

  takeIdentify(applicationId: string, shardId: number): IdentifyVerdict {
    if (!this.isEnforced) return 'granted';
    const day = this.dayOf(applicationId);
    day.used += 1;
    if (day.used > SESSIONS_PER_DAY) return 'usedUp';
    const key = `${applicationId} ${shardId % MAX_CONCURRENCY}`;
    const window = this.running(this.identifies.get(key), IDENTIFY_WINDOW_MS);
    this.identifies.set(key, window);
    window.used += 1;
    return window.used > 1 ? 'tooSoon' : 'granted';
  }

  sessionStartLimit(applicationId: string): SessionStartLimit {
    const day = this.dayOf(applicationId);
    return {
      total: SESSIONS_PER_DAY,
      remaining: Math.max(0, SESSIONS_PER_DAY - day.used),
      reset_after: day.used === 0 ? DAY_MS : day.resetsAtMs - this.now(),
      max_concurrency: this.isEnforced ? MAX_CONCURRENCY : UNLIMITED_CONCURRENCY,
    };
  }

  /** Counts a request for all members of a guild; gives the seconds to wait before it is allowed, 0 when it is. */
  takeMemberList(session: object, guildId: string): number {
    if (!this.isEnforced) return 0;
    let byGuild = this.memberLists.get(session);
    if (!byGuild) this.memberLists.set(session, (byGuild = new Map()));
    const waitMs = (byGuild.get(guildId) ?? 0) - this.now();
    if (waitMs > 0) return waitMs / 1_000;
    byGuild.set(guildId, this.now() + MEMBER_LIST_WINDOW_MS);
    return 0;
  }

  private dayOf(applicationId: string): Window {
    const day = this.running(this.days.get(applicationId), DAY_MS);
    this.days.set(applicationId, day);
    return day;
  }

  private running(window: Window | undefined, windowMs: number): Window {
    return window && window.resetsAtMs > this.now() ? window : { used: 0, resetsAtMs: this.now() + windowMs };
  }
}
