import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MessageHistory, Snowflake } from '@guildhall/contracts';
import { demoApplication } from '@guildhall/discord-simulator';
import { OverwriteType, PermissionFlagsBits, REST, Routes } from 'discord.js';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Stage, type Guild } from '../../test/stage.js';
import { createMetrics } from '../metrics.js';
import { laneOf } from '../pipeline/lanes.js';
import { Outbox } from '../pipeline/outbox.js';
import { HistoryImport } from './history-import.js';

/** Generous, as other work may be going on on the machine; no expectation is about time. */
const soon = { timeout: 15_000, interval: 20 };
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

let stage: Stage;

beforeEach(async () => {
  stage = await Stage.set();
});

afterEach(() => stage.strike());

/** Writes a message as it was said so many days ago. */
function saidDaysAgo(days: number, content: string, { channelId }: Pick<Guild, 'channelId'>): string {
  const sentAt = new Date(Date.now() - days * DAY_MS);
  return stage.simulator.control.sendMessage(stage.people.ada, channelId, content, { sentAt }).id;
}

/** A message a minute, the last one a minute ago. */
function saidOfLate(count: number, where: Pick<Guild, 'channelId'>): string[] {
  const daysPerMinute = MINUTE_MS / DAY_MS;
  return Array.from({ length: count }, (_, n) => saidDaysAgo((count - n) * daysPerMinute, `earlier ${n}`, where));
}

const sorted = (ids: string[]) => ids.toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
const idsOf = (histories: MessageHistory[]) => histories.flatMap(({ messages }) => messages.map(({ id }) => id));

describe('the first contact with a guild', () => {
  // Safe enough for a test: the expectations look at every field that matters.
  const historiesOf = ({ guildId }: Pick<Guild, 'guildId'>) =>
    stage.backend
      .ofType('message_history')
      .filter((event) => event.guildId === guildId)
      .map(({ data }) => data as MessageHistory);
  const completions = (guild: Pick<Guild, 'guildId'>) =>
    historiesOf(guild).filter(({ isComplete }) => isComplete).length;

  /** Another channel of the guild; `isHidden` from everybody but its owner. */
  function addChannel({ guildId }: Guild, name: string, isHidden = false): Guild {
    const deny = String(PermissionFlagsBits.ViewChannel);
    const overwrites = isHidden ? [{ id: guildId, type: OverwriteType.Role, allow: '0', deny }] : [];
    return { guildId, channelId: stage.simulator.control.createChannel(guildId, { name, overwrites }).id };
  }

  it('imports what people wrote in the last 7 days where the bot may read, and each message once', async () => {
    const { english } = stage.guilds;
    const [second, hidden] = [addChannel(english, 'second'), addChannel(english, 'staff', true)];
    saidDaysAgo(30, 'long ago', english);
    saidDaysAgo(7.01, 'too old', english);
    saidDaysAgo(8, 'too old as well', second);
    saidDaysAgo(1, 'between us', hidden);
    const expected = [saidDaysAgo(6.99, 'just in time', english), saidDaysAgo(3, 'three days ago', second)];
    const robot = stage.simulator.control.createUser({ username: 'robot', isBot: true }).id;
    stage.simulator.control.sendMessage(robot, english.channelId, 'beep', { sentAt: new Date(Date.now() - DAY_MS) });
    expected.push(...saidOfLate(250, second));
    await stage.startBot();
    await expect.poll(() => completions(english), soon).toBe(1);
    const histories = historiesOf(english);
    expect(sorted(idsOf(histories))).toEqual(sorted(expected));
    expect(histories.at(-1)?.isComplete).toBe(true);
    for (const { channelId, messages } of histories)
      expect(messages.every((message) => message.channelId === channelId)).toBe(true);
    expect(idsOf(historiesOf(stage.guilds.french))).toEqual([]);
  });

  it('begins again when the bot was killed in the middle, and misses nothing', async () => {
    const { english } = stage.guilds;
    const expected = saidOfLate(1_500, english);
    stage.simulator.control.failRest({ times: 10_000, latencyMs: 100 });
    const killed = await stage.startBot();
    await expect.poll(() => historiesOf(english).length, soon).toBeGreaterThan(0);
    await killed.kill('SIGKILL');
    stage.simulator.control.failRest(null);
    expect(completions(english)).toBe(0);
    await stage.startBot();
    await expect.poll(() => completions(english), soon).toBe(1);
    expect(sorted([...new Set(idsOf(historiesOf(english)))])).toEqual(expected);
    expect(stage.backend.ofType('guild_sync')).toHaveLength(2);
  });

  it('is made once: the next start imports the guilds alone that are new', async () => {
    const { english } = stage.guilds;
    const { control } = stage.simulator;
    saidOfLate(3, english);
    const stopped = await stage.startBot();
    await expect.poll(() => completions(english), soon).toBe(1);
    await stopped.kill('SIGTERM');
    control.refuseResumes(1);
    await stage.startBot();
    await expect.poll(() => stage.backend.ofType('guild_sync').length, soon).toBe(4);
    const guildId = control.createGuild({ name: 'New', ownerId: stage.people.luc, withBot: false }).id;
    const added = { guildId, channelId: control.createChannel(guildId, { name: 'general' }).id };
    const expected = saidOfLate(2, added);
    control.addMember(guildId, demoApplication.id);
    // Imports are made in the order of the guilds' arrival: those known before would have come first.
    await expect.poll(() => completions(added), soon).toBe(1);
    expect(sorted(idsOf(historiesOf(added)))).toEqual(expected);
    expect(historiesOf(english)).toHaveLength(1);
  });

  it('reads threads that were archived lately, and tells about them', async () => {
    const { english } = stage.guilds;
    const { control } = stage.simulator;
    const threadId = control.startThread(stage.people.ada, english.channelId, { name: 'Plans' }).id;
    const expected = saidOfLate(2, { channelId: threadId });
    control.updateThread(threadId, { isArchived: true, isLocked: true });
    await stage.startBot();
    await expect.poll(() => completions(english), soon).toBe(1);
    expect(sorted(idsOf(historiesOf(english)))).toEqual(expected);
    const told = stage.backend.ofType('channel_update').map(({ data }) => data);
    expect(told).toMatchObject([{ id: threadId, name: 'Plans', isArchived: true, isLocked: true }]);
  });

  it('is repeated when the bot comes back to a guild that it was removed from', async () => {
    const { english } = stage.guilds;
    const { control } = stage.simulator;
    saidOfLate(2, english);
    await stage.startBot();
    await expect.poll(() => completions(english), soon).toBe(1);
    control.removeMember(english.guildId, demoApplication.id);
    await expect.poll(() => stage.backend.ofType('guild_delete').length, soon).toBe(1);
    control.addMember(english.guildId, demoApplication.id);
    await expect.poll(() => completions(english), soon).toBe(2);
  });

  it('keeps to what the guild lets us keep', async () => {
    const { english, french } = stage.guilds;
    const own = { ...stage.configuration.defaults, locale: 'en' as const, version: 1 };
    stage.configuration.guilds = [
      { ...own, guildId: english.guildId as Snowflake, messageContent: 'metadata' },
      { ...own, guildId: french.guildId as Snowflake, messageContent: 'off' },
    ];
    for (const guild of [english, french]) saidOfLate(1, guild);
    await stage.startBot();
    await expect.poll(() => historiesOf(english), soon).toMatchObject([{ messages: [{ content: null }] }]);
    for (const guild of [english, french]) stage.say('live', guild);
    await expect.poll(() => stage.backend.contents, soon).toEqual([null]);
    expect(historiesOf(french)).toEqual([]);
  });

  it('imports no content without the intent', async () => {
    saidOfLate(1, stage.guilds.english);
    await stage.startBot({ BOT_MESSAGE_CONTENT_INTENT: 'off' });
    await expect.poll(() => historiesOf(stage.guilds.english), soon).toMatchObject([{ messages: [{ content: null }] }]);
  });
});

describe('an import', () => {
  const guildId = '800000000000000001';
  let folder: string;
  let outbox: Outbox;
  let history: HistoryImport;
  let channelIds: string[];
  let rest: REST;
  let isReading: boolean;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guildhall-history-'));
    outbox = new Outbox(join(folder, 'outbox.sqlite'), { onFailure: (error) => expect.unreachable(String(error)) });
    channelIds = [stage.guilds.english.channelId];
    rest = new REST({ api: stage.simulator.apiUrl, retries: 0 }).setToken(demoApplication.botToken);
    isReading = false;
    history = new HistoryImport({
      rest,
      outbox,
      readableChannels: () => {
        isReading = true;
        return Promise.resolve(
          channelIds.map((id) => ({ id, hasMessages: true, archivedThreads: ['public'] as const })),
        );
      },
      modesKnown: Promise.resolve(),
      hasMessageContent: true,
      messageContentOf: () => 'full',
      firstRetryDelayMs: 1,
      metrics: createMetrics(),
      logger: pino({ level: 'silent' }),
    });
  });

  afterEach(() => {
    history.stop();
    outbox.close();
    rmSync(folder, { recursive: true });
  });

  function want(): void {
    outbox.append({ messageHistory: { guildId, isWanted: true } });
    history.want(guildId);
  }

  const written = (): MessageHistory[] => {
    const run = outbox.read(laneOf(guildId), 1, { limit: 1_000, maxBytes: Number.MAX_SAFE_INTEGER });
    return (run?.events ?? []).map((event) => (event as { data: MessageHistory }).data);
  };

  const laneEvents = (ofGuild: string) =>
    outbox.read(laneOf(ofGuild), 1, { limit: 1_000, maxBytes: Number.MAX_SAFE_INTEGER })?.events ?? [];

  it('goes past channels that Discord refuses or does not know', async () => {
    const ids = saidOfLate(2, stage.guilds.english);
    const deny = String(PermissionFlagsBits.ViewChannel);
    const hidden = stage.simulator.control.createChannel(stage.guilds.english.guildId, {
      name: 'hidden',
      overwrites: [{ id: stage.guilds.english.guildId, type: OverwriteType.Role, allow: '0', deny }],
    });
    channelIds = [hidden.id, '1', ...channelIds];
    want();
    await expect.poll(() => outbox.isMessageHistoryImported(guildId), soon).toBe(true);
    expect(sorted(idsOf(written()))).toEqual(ids);
  });

  it('asks again when Discord fails', async () => {
    const ids = saidOfLate(2, stage.guilds.english);
    stage.simulator.control.failRest({ status: 500, times: 1 });
    want();
    await expect.poll(() => outbox.isMessageHistoryImported(guildId), soon).toBe(true);
    expect(sorted(idsOf(written()))).toEqual(ids);
  });

  it('goes past a channel that never answers, and stays wanted for it', async () => {
    const ids = saidOfLate(2, stage.guilds.english);
    const silent = stage.simulator.control.createChannel(stage.guilds.english.guildId, { name: 'silent' });
    stage.simulator.control.failRest({ path: `/channels/${silent.id}/`, status: 500, times: 10_000 });
    channelIds = [silent.id, ...channelIds];
    want();
    const other = '800000000000000002';
    outbox.append({ messageHistory: { guildId: other, isWanted: true } });
    history.want(other);
    await expect.poll(() => written().at(-1)?.isComplete, soon).toBe(true);
    expect(sorted(idsOf(written()))).toEqual(ids);
    // The guild behind it has its turn, too.
    await expect.poll(() => laneEvents(other), soon).toHaveLength(1);
    outbox.commit();
    expect(outbox.wantedMessageHistories().toSorted()).toEqual([guildId, other]);
  });

  it('of a guild in which nothing was said is done without an event', async () => {
    want();
    await expect.poll(() => outbox.isMessageHistoryImported(guildId), soon).toBe(true);
    expect(written()).toEqual([]);
    expect(outbox.wantedMessageHistories()).toEqual([]);
  });

  it('stays wanted when it is stopped before its end', async () => {
    saidOfLate(2, stage.guilds.english);
    stage.simulator.control.freeze();
    want();
    await expect.poll(() => isReading, soon).toBe(true);
    history.stop();
    stage.simulator.control.freeze(false);
    // It waits for its turn behind whatever the import has asked.
    await rest.get(Routes.channelMessages(stage.guilds.english.channelId));
    await nextTurn();
    outbox.commit();
    expect(outbox.wantedMessageHistories()).toEqual([guildId]);
    expect(written()).toEqual([]);
  });
});
