import type { Member, Message, RealtimeEventName, RealtimePayload, Stream, Topic } from '@guildhall/contracts';

/** The newest messages and joins of a guild, newest first, as far back as they were asked for. */
export interface FeedState {
  messages: readonly Message[];
  joins: readonly Member[];
  /** Messages that went while they were on screen; they stay in place as "deleted" until the next fetch. */
  deletedIds: ReadonlySet<string>;
  /** Continues into older messages; null when there are none. */
  nextCursor: Stream<Message>['nextCursor'];
  /** The version each topic stands at; absent before the first subscription. */
  versions: Partial<Record<Topic, number>>;
  /** An emission was missed or cut: what is here may be wrong until the next fetch. */
  isStale: boolean;
  /** While held, what is new waits instead of moving what is on screen. */
  isHeld: boolean;
  waitingKeys: ReadonlySet<string>;
  /** What came while watching, for the soft highlight. */
  liveKeys: ReadonlySet<string>;
}

export type FeedEntry =
  | { kind: 'message'; key: string; at: string; message: Message; isDeleted: boolean; isLive: boolean }
  | { kind: 'join'; key: string; at: string; member: Member; isLive: boolean };

/** Beyond this many, the oldest messages are let go while nobody reads them. */
const MAX_LIVE_MESSAGES = 300;

export const emptyFeed: FeedState = {
  messages: [],
  joins: [],
  deletedIds: new Set(),
  nextCursor: null,
  versions: {},
  isStale: false,
  isHeld: false,
  waitingKeys: new Set(),
  liveKeys: new Set(),
};

/** The feed as just fetched. What the fetch adds at the top waits like anything new when the feed is held. */
export function withFetched(state: FeedState, messages: Stream<Message>, joins: readonly Member[]): FeedState {
  const fetched = {
    ...state,
    messages: messages.items,
    nextCursor: messages.nextCursor,
    joins: byJoin(joins),
    deletedIds: new Set<string>(),
    isStale: false,
  };
  const isFirst = state.messages.length === 0 && state.joins.length === 0;
  if (isFirst) return fetched;
  const known = new Set([...state.messages.map(messageKey), ...state.joins.map(joinKey)]);
  const newestAtMs = Math.max(instantMs(state.messages[0]?.createdAt), instantMs(state.joins[0]?.joinedAt));
  const isNew = (key: string, at: string | null) => !known.has(key) && instantMs(at) >= newestAtMs;
  return withArrivals(fetched, [
    ...messages.items.filter((message) => isNew(messageKey(message), message.createdAt)).map(messageKey),
    ...joins.filter((member) => isNew(joinKey(member), member.joinedAt)).map(joinKey),
  ]);
}

/** The versions a subscription starts at. */
export function withVersions(state: FeedState, versions: FeedState['versions']): FeedState {
  return { ...state, versions: { ...state.versions, ...versions } };
}

/** Older messages, below the ones that are here. */
export function withOlder(state: FeedState, older: Stream<Message>): FeedState {
  const known = new Set(state.messages.map((message) => message.id));
  const added = older.items.filter((message) => !known.has(message.id));
  return { ...state, messages: sorted([...state.messages, ...added]), nextCursor: older.nextCursor };
}

/** Applies an event. Applying all of them to an old state gives what a fresh fetch would. */
export function withEvent(state: FeedState, name: RealtimeEventName, payload: RealtimePayload): FeedState {
  const known = state.versions[payload.topic];
  if (known !== undefined && payload.version <= known) return state;
  const before = payload.previousVersion ?? payload.version - 1;
  const hasGap = payload.skipped > 0 || (known !== undefined && before > known);
  const applied = withItems(state, name, payload);
  return {
    ...applied,
    versions: { ...state.versions, [payload.topic]: payload.version },
    isStale: state.isStale || hasGap,
  };
}

/** Stops or lets go of the feed; letting go shows what was waiting. */
export function withHold(state: FeedState, isHeld: boolean): FeedState {
  if (isHeld) return { ...state, isHeld };
  return trimmed({ ...state, isHeld, waitingKeys: new Set() });
}

/** Shows what was waiting, without letting go. */
export function withWaitingShown(state: FeedState): FeedState {
  return { ...state, waitingKeys: new Set() };
}

/** What is on screen, newest first. Joins older than the oldest message here wait for the messages around them. */
export function feedEntries(state: FeedState): FeedEntry[] {
  const oldestAtMs = state.nextCursor === null ? 0 : instantMs(state.messages.at(-1)?.createdAt);
  const entries: FeedEntry[] = state.messages.map((message) => {
    const key = messageKey(message);
    const isDeleted = state.deletedIds.has(message.id);
    return { kind: 'message', key, at: message.createdAt, message, isDeleted, isLive: state.liveKeys.has(key) };
  });
  for (const member of state.joins) {
    const key = joinKey(member);
    const at = member.joinedAt ?? '';
    if (instantMs(at) >= oldestAtMs) entries.push({ kind: 'join', key, at, member, isLive: state.liveKeys.has(key) });
  }
  return entries.filter(({ key }) => !state.waitingKeys.has(key)).sort((a, b) => instantMs(b.at) - instantMs(a.at));
}

function withItems(state: FeedState, name: RealtimeEventName, { items }: RealtimePayload): FeedState {
  switch (name) {
    case 'message.created':
      // Why the casts hold: `realtimeEvents` in the contracts ties each name to the shape of its items.
      return (items as Message[]).reduce((next, message) => withMessage(next, message, true), state);
    case 'message.updated':
      return (items as Message[]).reduce((next, message) => withMessage(next, message, false), state);
    case 'message.deleted':
      return {
        ...state,
        deletedIds: new Set([...state.deletedIds, ...(items as { id: string }[]).map(({ id }) => id)]),
      };
    case 'member.joined':
      return withNames((items as Member[]).reduce(withJoin, state), items as Member[]);
    case 'member.updated':
      return withNames(
        { ...state, joins: byJoin(state.joins.map((join) => (items as Member[]).find(isSameAs(join)) ?? join)) },
        items as Member[],
      );
    case 'member.left':
      return {
        ...state,
        joins: state.joins.filter(({ user }) => !(items as { id: string }[]).some(({ id }) => id === user.id)),
      };
    default:
      return state;
  }
}

function withMessage(state: FeedState, message: Message, isNew: boolean): FeedState {
  const index = state.messages.findIndex(({ id }) => id === message.id);
  if (index >= 0) return { ...state, messages: state.messages.with(index, message) };
  const oldest = state.messages.at(-1);
  // Below the oldest message here lies what was not asked for yet; it comes with the next page.
  if (state.nextCursor !== null && oldest && isOlder(message.id, oldest.id)) return state;
  const next = { ...state, messages: sorted([message, ...state.messages]) };
  return isNew ? trimmed(withArrivals(next, [messageKey(message)])) : next;
}

function withJoin(state: FeedState, member: Member): FeedState {
  const others = state.joins.filter((join) => !isSameAs(join)(member));
  return withArrivals({ ...state, joins: byJoin([member, ...others]) }, [joinKey(member)]);
}

/** Their messages bear the names that people have now, as a fresh fetch tells them. */
function withNames(state: FeedState, members: readonly Member[]): FeedState {
  const users = new Map(members.map(({ user }) => [user.id, user]));
  if (!state.messages.some(({ author }) => users.has(author.id))) return state;
  const messages = state.messages.map((message) => ({
    ...message,
    author: users.get(message.author.id) ?? message.author,
  }));
  return { ...state, messages };
}

function withArrivals(state: FeedState, keys: readonly string[]): FeedState {
  if (keys.length === 0) return state;
  const liveKeys = new Set([...state.liveKeys, ...keys]);
  return {
    ...state,
    liveKeys,
    waitingKeys: state.isHeld ? new Set([...state.waitingKeys, ...keys]) : state.waitingKeys,
  };
}

function trimmed(state: FeedState): FeedState {
  if (state.isHeld || state.messages.length <= MAX_LIVE_MESSAGES) return state;
  const messages = state.messages.slice(0, MAX_LIVE_MESSAGES);
  return { ...state, messages, nextCursor: messages.at(-1)?.id ?? null };
}

/** Discord's ids grow with time; as decimals of different lengths they compare by length first. */
function isOlder(id: string, than: string): boolean {
  return id.length === than.length ? id < than : id.length < than.length;
}

function sorted(messages: readonly Message[]): Message[] {
  return messages.toSorted((a, b) => (a.id === b.id ? 0 : isOlder(a.id, b.id) ? 1 : -1));
}

function byJoin(members: readonly Member[]): Member[] {
  return members.toSorted((a, b) => instantMs(b.joinedAt) - instantMs(a.joinedAt));
}

function isSameAs(one: Member): (other: Member) => boolean {
  return (other) => other.user.id === one.user.id;
}

function messageKey(message: Message): string {
  return `message:${message.id}`;
}

function joinKey(member: Member): string {
  return `join:${member.user.id}:${member.joinedAt}`;
}

/** Milliseconds since 1970; an instant that Discord did not tell counts as the oldest. */
function instantMs(at: string | null | undefined): number {
  return at ? Date.parse(at) : 0;
}
