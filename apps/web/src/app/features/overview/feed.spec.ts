import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Member, Message, RealtimeEventName, RealtimePayload, Topic } from '@guildhall/contracts';
import {
  emptyFeed,
  feedEntries,
  withEvent,
  withFetched,
  withHold,
  withOlder,
  withVersions,
  type FeedState,
} from './feed';

const START_MS = Date.UTC(2026, 0, 1);

// The casts stand for what the schemas would brand: these ids are written the way Discord writes them.
const message = (number: number, content = 'hello') =>
  ({
    id: String(900 + number),
    channelId: '1',
    author: { id: '1000007', username: 'nora', globalName: null, avatar: null, isBot: false },
    content,
    attachments: [],
    replyToId: null,
    createdAt: new Date(START_MS + number * 1000).toISOString(),
    editedAt: null,
  }) as unknown as Message;

const member = (number: number, joinedAtMs = START_MS + number * 1000) =>
  ({
    user: { id: String(number), username: `user${number}`, globalName: null, avatar: null, isBot: false },
    nickname: null,
    avatar: null,
    roleIds: [],
    joinedAt: new Date(joinedAtMs).toISOString(),
    timeoutUntil: null,
  }) as unknown as Member;

const payload = (topic: Topic, version: number, items: unknown[], skipped = 0) =>
  ({ guildId: '1', topic, version, items, skipped }) as RealtimePayload;

const stream = (items: Message[], nextCursor: string | null = null) =>
  ({ items, nextCursor }) as Parameters<typeof withFetched>[1];

const keys = (state: FeedState) => feedEntries(state).map(({ key }) => key);

/** A subscribed feed that shows these messages. */
const feedOf = (messages: Message[], nextCursor: string | null = null) =>
  withVersions(withFetched(emptyFeed, stream(messages, nextCursor), []), { messages: 10, members: 10 });

/** What a person would see, without what is only about how it came. */
const shown = (state: FeedState) =>
  feedEntries(state)
    .filter((entry) => entry.kind === 'join' || !entry.isDeleted)
    .map((entry) => (entry.kind === 'message' ? entry.message : entry.member));

describe('the feed', () => {
  it('equals a fresh fetch after any run of events', () => {
    const change = fc.record({
      kind: fc.constantFrom('create', 'edit', 'delete', 'join', 'rename', 'leave'),
      pick: fc.nat(30),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), fc.nat(8), (changes, initial) => {
        const server = new FakeGuild(initial);
        let state = withVersions(withFetched(emptyFeed, server.messages(), server.joins()), {
          messages: 0,
          members: 0,
        });
        for (const { kind, pick } of changes) {
          const event = server.change(kind, pick);
          if (event) state = withEvent(state, event.name, event.payload);
        }
        expect(state.isStale).toBe(false);
        expect(shown(state)).toEqual(shown(withFetched(emptyFeed, server.messages(), server.joins())));
      }),
    );
  });

  it('is stale after a missing version and whole again after a fetch', () => {
    const gap = withEvent(feedOf([message(1)]), 'message.created', payload('messages', 12, [message(3)]));
    expect(gap.isStale).toBe(true);
    const healed = withFetched(gap, stream([message(3), message(2), message(1)]), []);
    expect(healed.isStale).toBe(false);
    expect(keys(healed)).toEqual(['message:903', 'message:902', 'message:901']);
  });

  it('is whole after several emissions that were sent as one', () => {
    const merged = { ...payload('messages', 14, [message(1), message(2)]), previousVersion: 10 };
    expect(withEvent(feedOf([]), 'message.created', merged).isStale).toBe(false);
    expect(withEvent(feedOf([]), 'message.created', { ...merged, previousVersion: 11 }).isStale).toBe(true);
  });

  it('is stale when a flood was cut', () => {
    expect(withEvent(feedOf([]), 'message.created', payload('messages', 11, [message(1)], 40)).isStale).toBe(true);
  });

  it('counts the versions of each topic apart', () => {
    const state = withEvent(feedOf([]), 'message.created', payload('messages', 11, [message(1)]));
    expect(withEvent(state, 'member.joined', payload('members', 11, [member(5)])).isStale).toBe(false);
  });

  it('ignores an event it has already applied', () => {
    const state = feedOf([message(2, 'new')]);
    expect(withEvent(state, 'message.updated', payload('messages', 10, [message(2, 'old')]))).toBe(state);
  });

  it('keeps what is on screen in place while held', () => {
    const held = withHold(feedOf([message(1)]), true);
    const later = withEvent(held, 'message.created', payload('messages', 11, [message(2)]));
    expect(keys(later)).toEqual(['message:901']);
    expect(later.waitingKeys.size).toBe(1);
    expect(keys(withHold(later, false))).toEqual(['message:902', 'message:901']);
  });

  it('lets what a fetch finds wait as well while held', () => {
    const held = withHold(feedOf([message(1)]), true);
    const fetched = withFetched(held, stream([message(2), message(1)]), [member(9, START_MS + 9000)]);
    expect(keys(fetched)).toEqual(['message:901']);
    expect(fetched.waitingKeys.size).toBe(2);
  });

  it('leaves a deleted message in place, marked', () => {
    const state = withEvent(
      feedOf([message(2), message(1)]),
      'message.deleted',
      payload('messages', 11, [{ id: '902' }]),
    );
    expect(feedEntries(state)[0]).toMatchObject({ key: 'message:902', isDeleted: true });
  });

  it('leaves messages older than its oldest to the next page', () => {
    const state = withEvent(feedOf([message(5)], '905'), 'message.updated', payload('messages', 11, [message(3)]));
    expect(keys(state)).toEqual(['message:905']);
    expect(keys(withOlder(state, stream([message(4), message(3)])))).toEqual([
      'message:905',
      'message:904',
      'message:903',
    ]);
  });

  it('orders ids of different lengths as Discord made them', () => {
    const state = withEvent(feedOf([message(99)], '999'), 'message.created', payload('messages', 11, [message(100)]));
    expect(keys(state)).toEqual(['message:1000', 'message:999']);
  });

  it('holds joins back until the messages around them are here', () => {
    const early = member(3, START_MS);
    const state = withFetched(emptyFeed, stream([message(5)], '905'), [early]);
    expect(keys(state)).toEqual(['message:905']);
    expect(keys(withOlder(state, stream([message(1)])))).toHaveLength(3);
  });
});

/** The smallest server that the events could come from. */
class FakeGuild {
  private stored = new Map<string, Message>();
  private people = new Map<string, Member>();
  /** Everybody who ever was here, under the name they have now. */
  private users = new Map<string, Member['user']>();
  private versions = { messages: 0, members: 0 };
  private count = 0;

  constructor(initial: number) {
    for (let index = 0; index < initial; index++) {
      this.create();
      this.join();
    }
  }

  messages() {
    const newestFirst = [...this.stored.values()].toSorted((a, b) => Number(b.id) - Number(a.id));
    return stream(newestFirst.map((item) => this.signed(item)));
  }

  joins() {
    return [...this.people.values()];
  }

  change(kind: string, pick: number): { name: RealtimeEventName; payload: RealtimePayload } | null {
    const target = [...this.stored.values()][pick % Math.max(this.stored.size, 1)];
    const person = [...this.people.values()][pick % Math.max(this.people.size, 1)];
    if (kind === 'create') return this.emit('message.created', 'messages', this.create());
    if (kind === 'join') return this.emit('member.joined', 'members', this.join());
    if (kind === 'edit' && target)
      return this.emit('message.updated', 'messages', this.store({ ...target, content: `v${++this.count}` }));
    if (kind === 'rename' && person) return this.emit('member.updated', 'members', this.keep(this.renamed(person)));
    if (kind === 'delete' && target && this.stored.delete(target.id))
      return this.emit('message.deleted', 'messages', { id: target.id });
    if (kind === 'leave' && person && this.people.delete(person.user.id))
      return this.emit('member.left', 'members', { id: person.user.id });
    return null;
  }

  private emit(name: RealtimeEventName, topic: 'messages' | 'members', item: unknown) {
    return { name, payload: payload(topic, ++this.versions[topic], [item]) };
  }

  private create(): Message {
    const author = [...this.users.values()][this.count % Math.max(this.users.size, 1)];
    const item = message(++this.count);
    return this.store(author ? { ...item, author } : item);
  }

  private renamed(person: Member): Member {
    const name = `n${++this.count}`;
    return { ...person, nickname: name, user: { ...person.user, globalName: name } };
  }

  /** The message with the name that its author has now. */
  private signed(item: Message): Message {
    return { ...item, author: this.users.get(item.author.id) ?? item.author };
  }

  private join(): Member {
    return this.keep(member(++this.count));
  }

  private store(item: Message): Message {
    this.stored.set(item.id, item);
    return this.signed(item);
  }

  private keep(item: Member): Member {
    this.people.set(item.user.id, item);
    this.users.set(item.user.id, item.user);
    return item;
  }
}
