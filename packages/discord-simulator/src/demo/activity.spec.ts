import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { demoApplication } from '../options.js';
import type { Dispatch } from '../state/dispatch.js';
import { channelPermissions } from '../state/permissions.js';
import { World } from '../state/world.js';
import { type Activity, demoIds, seedDemo, startActivity } from './index.js';

const HOUR_MS = 3_600_000;

describe('the living demo', () => {
  let world: World;
  let activity: Activity;
  let seen: Dispatch[];

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 20, 21) });
    world = new World();
    world.applications.set(demoApplication.id, demoApplication);
    seedDemo(world);
    seen = [];
    world.on('dispatch', (dispatch) => seen.push(dispatch));
    activity = startActivity(world, { seed: 42 });
  });
  afterEach(() => {
    activity.stop();
    vi.useRealTimers();
  });

  const channelNamed = (name: string) =>
    [...world.guilds.get(demoIds.pixelTavern)!.channels.values()].find((channel) => channel.name === name)!;

  const count = (name: string, guildId?: string) =>
    seen.filter((it) => it.name === name && (guildId === undefined || it.guildId === guildId)).length;

  it('keeps all guilds talking, typing first', () => {
    vi.advanceTimersByTime(HOUR_MS);
    expect(count('MESSAGE_CREATE', demoIds.pixelTavern)).toBeGreaterThan(200);
    expect(count('MESSAGE_CREATE', demoIds.volta)).toBeGreaterThan(200);
    expect(count('MESSAGE_CREATE', demoIds.launchpad)).toBeGreaterThan(200);
    expect(count('MESSAGE_CREATE')).toBeLessThan(1_800);
    const names = seen.filter((it) => it.guildId === demoIds.volta).map(({ name }) => name);
    expect(names).toContain('TYPING_START');
    expect(names.indexOf('TYPING_START')).toBeLessThan(names.indexOf('MESSAGE_CREATE'));
  });

  it('reacts, corrects and takes back, comes and goes', () => {
    vi.advanceTimersByTime(2 * HOUR_MS);
    const kinds = [
      'MESSAGE_REACTION_ADD',
      'MESSAGE_UPDATE',
      'MESSAGE_DELETE',
      'GUILD_MEMBER_ADD',
      'GUILD_MEMBER_REMOVE',
      'PRESENCE_UPDATE',
      'VOICE_STATE_UPDATE',
      'THREAD_CREATE',
    ];
    expect(kinds.filter((name) => count(name) === 0)).toEqual([]);
    expect(world.guildsOf(demoIds.outsider)).toEqual([]);
    expect(world.guilds.get(demoIds.volta)?.members.size).toBe(26);
  });

  it('lets nobody write where they may not, also when a channel is closed meanwhile', () => {
    const forbidden: string[] = [];
    world.on('messageStored', ({ channelId, authorId, content }) => {
      const channel = world.channel(channelId);
      if (!channel || !(channelPermissions(world, channel, authorId) & Permission.SendMessages))
        forbidden.push(content);
    });
    const lookingForGroup = channelNamed('looking-for-group');
    const isTypedIn = () =>
      seen.some(({ name, channelId }) => name === 'TYPING_START' && channelId === lookingForGroup.id);
    while (!isTypedIn()) vi.advanceTimersByTime(500);
    const deny = Permission.SendMessages.toString();
    lookingForGroup.overwrites.push({ id: demoIds.pixelTavern, type: 0, allow: '0', deny });
    vi.advanceTimersByTime(HOUR_MS);
    expect(forbidden).toEqual([]);
    expect(count('MESSAGE_CREATE')).toBeGreaterThan(400);
  });

  it('does not begin again with what can still be read', () => {
    // A restart knows nothing of what was dealt before it: several of them, one after the other.
    for (let seed = 0; seed < 12; seed += 1) {
      activity.stop();
      activity = startActivity(world, { seed });
      vi.advanceTimersByTime(HOUR_MS / 4);
    }
    const history = world.history(channelNamed('general').id).all();
    const texts = history.map(({ content }) => content).filter((text) => text.length > 25);
    expect(texts.length).toBeGreaterThan(200);
    expect(texts.filter((text, index) => texts.slice(Math.max(0, index - 12), index).includes(text))).toEqual([]);
  });

  it('falls silent when stopped', () => {
    vi.advanceTimersByTime(60_000);
    activity.stop();
    seen.length = 0;
    vi.advanceTimersByTime(HOUR_MS);
    expect(seen).toEqual([]);
  });

  it('goes on without a guild, a channel or a person that was removed', () => {
    world.guilds.delete(demoIds.volta);
    const tavern = world.guilds.get(demoIds.pixelTavern)!;
    tavern.members.delete(demoIds.administrator);
    world.forgetChannel(channelNamed('general'));
    vi.advanceTimersByTime(HOUR_MS);
    expect(count('MESSAGE_CREATE', demoIds.volta)).toBe(0);
    expect(count('MESSAGE_CREATE', demoIds.pixelTavern)).toBeGreaterThan(50);
    const authors = seen.map(({ data }) => (data as { author?: { id: string } }).author?.id);
    expect(authors).not.toContain(demoIds.administrator);
  });
});
