import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BotEventEnvelope, MemberChunk } from '@guildhall/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { laneOf } from './lanes.js';
import { MemberStage } from './member-stage.js';
import { Outbox } from './outbox.js';
import { memberUpdate, translateMember, type MemberPayload } from './translate/members.js';
import { envelop } from './translate/index.js';
import { snowflake } from './translate/snowflakes.js';

const GUILD = '800000000000000001';
const LANE = laneOf(GUILD);
const ROLE = '800000000000000071';

let folder: string;
let path: string;
let outbox: Outbox;
let stage: MemberStage;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guildhall-stage-'));
  path = join(folder, 'outbox.sqlite');
  open();
});

afterEach(() => {
  outbox.close();
  rmSync(folder, { recursive: true });
});

function open(): void {
  outbox = new Outbox(path, { onFailure: (error) => expect.unreachable(String(error)) });
  stage = new MemberStage(outbox);
}

/** Another guild whose events fall into the same lane. */
const NEIGHBOUR = Array.from({ length: 1_000 }, (_, n) => String(900_000 + n)).find((id) => laneOf(id) === LANE)!;

const payload = (id: number, nick: string | null = null): MemberPayload => ({
  user: { id: String(id), username: `user${id}`, discriminator: '0', global_name: null, avatar: null },
  nick,
  roles: [ROLE],
  joined_at: null,
});

const part = (index: number, count: number, people: number[], guildId = GUILD): BotEventEnvelope =>
  envelop({
    type: 'member_chunk',
    guildId,
    data: { syncId: 'list', index, count, members: people.map((id) => translateMember(payload(id))) },
  });

function take(index: number, count: number, people: number[], guildId = GUILD): void {
  outbox.append(stage.take(part(index, count, people, guildId), index === count - 1));
}

/** Lets everything be written that is to be written at once. */
function settle(): void {
  for (let turn = 0; turn < 5; turn++) outbox.commit();
}

function hear(event: BotEventEnvelope): void {
  stage.observe(event);
  outbox.append({ events: [event] });
}

const inLane = () =>
  (outbox.read(LANE, 1, { limit: 1_000, maxBytes: Number.MAX_SAFE_INTEGER })?.events ?? []) as BotEventEnvelope[];
const parts = () => inLane().filter(({ type }) => type === 'member_chunk');
const indexes = () => parts().map(({ data }) => (data as MemberChunk).index);

/** The API stores whatever is there, which stays readable to this spec by not being told to the file yet. */
function confirmAll(): number {
  const { last } = outbox.lane(LANE);
  outbox.acknowledge(LANE, last);
  return last;
}

describe('the parts of a member list', () => {
  it('enter their lane one by one, each after the API has confirmed the one before', () => {
    for (let index = 0; index < 3; index++) take(index, 3, [index]);
    settle();
    expect(indexes()).toEqual([0]);
    confirmAll();
    settle();
    expect(indexes()).toEqual([1]);
    confirmAll();
    settle();
    expect(indexes()).toEqual([2]);
  });

  it('let the events of another guild of the lane pass', () => {
    for (let index = 0; index < 50; index++) take(index, 50, [index]);
    settle();
    const message = envelop({ type: 'ban_add', guildId: NEIGHBOUR, data: { user: translateMember(payload(1)).user } });
    outbox.append({ events: [message] });
    settle();
    expect(inLane().map(({ type }) => type)).toEqual(['member_chunk', 'ban_add']);
  });

  it('take turns with those of another guild of the lane', () => {
    take(0, 2, [1]);
    take(1, 2, [2]);
    take(0, 1, [3], NEIGHBOUR);
    settle();
    confirmAll();
    settle();
    expect(parts().map(({ guildId }) => guildId)).toEqual([NEIGHBOUR]);
    confirmAll();
    settle();
    expect(parts().map(({ guildId }) => guildId)).toEqual([GUILD]);
  });

  it('say that the list is read when the last of them is in its lane, and not before', () => {
    outbox.append({ memberList: { guildId: GUILD, isWanted: true } });
    take(0, 2, [1]);
    take(1, 2, [2]);
    settle();
    expect(outbox.wantedMemberLists()).toEqual([GUILD]);
    confirmAll();
    settle();
    expect(outbox.wantedMemberLists()).toEqual([]);
  });

  it('do not undo what the API heard while they waited', () => {
    take(0, 2, [1]);
    take(1, 2, [2, 3, 4]);
    settle();
    hear(envelop(memberUpdate({ ...payload(2, 'Ann'), guild_id: GUILD })));
    hear(envelop({ type: 'member_remove', guildId: GUILD, data: { user: translateMember(payload(3)).user } }));
    hear(envelop({ type: 'role_delete', guildId: GUILD, data: { id: snowflake(ROLE) } }));
    settle();
    confirmAll();
    settle();
    const [waited] = parts();
    expect((waited?.data as MemberChunk).members).toMatchObject([
      { user: { id: '2' }, nickname: 'Ann', roleIds: [] },
      { user: { id: '4' }, nickname: null, roleIds: [] },
    ]);
  });

  it('are forgotten when the list is read anew, and when the process ended', () => {
    for (let index = 0; index < 3; index++) take(index, 3, [index]);
    settle();
    stage.drop(GUILD);
    confirmAll();
    settle();
    expect(parts()).toEqual([]);
    take(0, 2, [1]);
    take(1, 2, [2]);
    settle();
    outbox.close();
    open();
    confirmAll();
    settle();
    expect(parts()).toEqual([]);
  });
});
