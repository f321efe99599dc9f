import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { type Client, type ClientEvents, Events, GatewayIntentBits as Intent, type Snowflake } from 'discord.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { demoApplication, type Person } from '../index.js';

const ALL_INTENTS = Object.values(Intent).filter((bit) => typeof bit === 'number');

/** Asserts that the unmodified discord.js emits an event while `act` happens, and gives what it emitted. */
async function emitted<Name extends keyof ClientEvents>(
  client: Client,
  name: Name,
  act: () => unknown,
): Promise<ClientEvents[Name]> {
  const event = new Promise<ClientEvents[Name]>((resolve) => {
    client.once(name, (...args: ClientEvents[Name]) => resolve(args));
  });
  await act();
  return event;
}

describe('what people do reaches discord.js', () => {
  let bench: Bench;
  let client: Client<true>;
  let person: Person;
  let personId: Snowflake;
  beforeAll(async () => {
    bench = await Bench.start({ botPermissions: Permission.Administrator });
    client = await bench.login({ intents: ALL_INTENTS });
  });
  beforeEach(() => {
    const { id } = bench.control.createUser({ username: 'person' });
    person = bench.simulator.scenario().person(id, { in: 'Bench' });
    personId = id;
  });
  afterAll(() => bench.close());

  const hour = () => new Date(Date.now() + 3_600_000).toISOString();

  it('bans and unbans', async () => {
    const [ban] = await emitted(client, Events.GuildBanAdd, () => bench.control.ban(bench.guildId, personId, 'spam'));
    expect(ban.user.id).toBe(personId);
    const [unban] = await emitted(client, Events.GuildBanRemove, () => bench.control.unban(bench.guildId, personId));
    expect(unban.user.id).toBe(personId);
  });

  it('audit log entries with their reason', async () => {
    const act = () => bench.control.kick(bench.guildId, personId, { byUserId: bench.ownerId, reason: 'rude' });
    const [entry, guild] = await emitted(client, Events.GuildAuditLogEntryCreate, act);
    expect(entry).toMatchObject({ executorId: bench.ownerId, targetId: personId, reason: 'rude' });
    expect(guild.id).toBe(bench.guildId);
  });

  it('presences', async () => {
    const [, presence] = await emitted(client, Events.PresenceUpdate, () => person.goes('dnd'));
    expect(presence).toMatchObject({ userId: personId, status: 'dnd' });
  });

  it('joining, changing and leaving voice', async () => {
    const [first, second] = ['One', 'Two'].map((name) => bench.control.createChannel(bench.guildId, { name, type: 2 }));
    const moves = [() => person.joins(first!), () => person.joins(second!), () => person.leaves(second!)];
    const seen: (string | null)[] = [];
    for (const move of moves) seen.push((await emitted(client, Events.VoiceStateUpdate, move))[1].channelId);
    expect(seen).toEqual([first!.id, second!.id, null]);
    await person.joins(first!);
    const act = () => bench.control.deleteChannel(first!.id);
    expect((await emitted(client, Events.VoiceStateUpdate, act))[1]).toMatchObject({ id: personId, channelId: null });
  });

  it('invites', async () => {
    const create = () => person.invites({ to: 'general', maxUses: 1 });
    const [invite] = await emitted(client, Events.InviteCreate, create);
    expect(invite).toMatchObject({ inviterId: personId, maxUses: 1 });
    const guest = bench.simulator.scenario().person('guest');
    const follow = () => guest.joins(invite.code);
    expect((await emitted(client, Events.InviteDelete, follow))[0].code).toBe(invite.code);
  });

  it('scheduled events and who comes', async () => {
    const draft = { name: 'Party', startAt: hour(), endAt: hour(), location: 'Here' };
    const create = () => bench.control.createScheduledEvent(bench.guildId, draft);
    const [event] = await emitted(client, Events.GuildScheduledEventCreate, create);
    expect(event).toMatchObject({ name: 'Party', entityMetadata: { location: 'Here' } });
    const interest = (isInterested: boolean) => () =>
      bench.control.setInterest(bench.guildId, event.id, { userId: personId, isInterested });
    expect((await emitted(client, Events.GuildScheduledEventUserAdd, interest(true)))[1].id).toBe(personId);
    expect((await emitted(client, Events.GuildScheduledEventUserRemove, interest(false)))[1].id).toBe(personId);
    const start = () => bench.control.updateScheduledEvent(bench.guildId, event.id, { status: 2 });
    expect((await emitted(client, Events.GuildScheduledEventUpdate, start))[1].isActive()).toBe(true);
    const remove = () => bench.control.deleteScheduledEvent(bench.guildId, event.id);
    expect((await emitted(client, Events.GuildScheduledEventDelete, remove))[0].id).toBe(event.id);
  });

  it('what AutoMod does, and its rules', async () => {
    const draft = { name: 'No spam', keywords: ['spam'], actions: [{ type: 1 }] };
    const create = () => bench.control.createAutoModerationRule(bench.guildId, draft);
    const [rule] = await emitted(client, Events.AutoModerationRuleCreate, create);
    const say = () => expect(person.writes('my spam', { in: 'general' })).rejects.toThrow('blocked');
    const [execution] = await emitted(client, Events.AutoModerationActionExecution, say);
    expect(execution).toMatchObject({ ruleId: rule.id, userId: personId, content: 'my spam', matchedKeyword: 'spam' });
    const remove = () => bench.control.deleteAutoModerationRule(bench.guildId, rule.id);
    expect((await emitted(client, Events.AutoModerationRuleDelete, remove))[0].id).toBe(rule.id);
  });

  it('threads and who is in them', async () => {
    const owner = bench.simulator.scenario().person('owner');
    const start = () => person.startsThread('Topic', { in: 'general' });
    const [thread, isNew] = await emitted(client, Events.ThreadCreate, start);
    expect([thread.name, thread.ownerId, isNew]).toEqual(['Topic', personId, true]);
    const join = () => owner.joins(thread);
    expect([...(await emitted(client, Events.ThreadMembersUpdate, join))[0].keys()]).toEqual([bench.ownerId]);
    const leave = () => owner.leaves(thread);
    expect([...(await emitted(client, Events.ThreadMembersUpdate, leave))[1].keys()]).toEqual([bench.ownerId]);
    const archive = () => bench.control.updateThread(thread.id, { isArchived: true });
    expect((await emitted(client, Events.ThreadUpdate, archive))[1].archived).toBe(true);
    const revive = () => person.writes('still here', { in: thread });
    expect((await emitted(client, Events.ThreadUpdate, revive))[1].archived).toBe(false);
    const remove = () => bench.control.deleteThread(thread.id);
    expect((await emitted(client, Events.ThreadDelete, remove))[0].id).toBe(thread.id);
  });

  it('what it was told when it connected: threads, voice, presences and events', async () => {
    const voice = bench.control.createChannel(bench.guildId, { name: 'Voice', type: 2 });
    await person.joins(voice);
    await person.goes('idle');
    const { id: threadId } = await person.startsThread('Before', { in: 'general' });
    const { id: eventId } = bench.control.createScheduledEvent(bench.guildId, {
      name: 'Later',
      startAt: hour(),
      channelId: voice.id,
    });
    const late = await bench.login({ intents: ALL_INTENTS });
    const guild = late.guilds.cache.get(bench.guildId)!;
    expect(guild.voiceStates.cache.get(personId)?.channelId).toBe(voice.id);
    expect(guild.presences.cache.get(personId)?.status).toBe('idle');
    expect(guild.channels.cache.get(threadId)?.name).toBe('Before');
    expect(guild.scheduledEvents.cache.get(eventId)?.name).toBe('Later');
    await late.destroy();
  });
});

describe('what a bot may not know', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
  });
  afterEach(() => bench.close());

  it('is kept from it: by permission, and by intent', async () => {
    const client = await bench.login({ intents: ALL_INTENTS });
    const modest = await bench.login({ intents: [Intent.Guilds, Intent.GuildMessages] });
    const seen: string[] = [];
    for (const [name, it] of [
      ['all', client],
      ['modest', modest],
    ] as const) {
      it.on('raw' as Events, (({ t }: { t: string }) => void seen.push(`${name} ${t}`)) as never);
    }
    const personId = bench.person('person');
    bench.control.ban(bench.guildId, personId);
    bench.control.setPresence(bench.ownerId, { status: 'online' });
    bench.control.createInvite(bench.ownerId, { channelId: bench.channelId });
    bench.control.createAutoModerationRule(bench.guildId, { name: 'x', keywords: ['x'], actions: [{ type: 1 }] });
    bench.say('the end');
    await vi.waitFor(() =>
      expect(seen).toEqual(expect.arrayContaining(['all MESSAGE_CREATE', 'modest MESSAGE_CREATE'])),
    );
    expect(seen.filter((it) => it.startsWith('modest'))).toEqual(['modest MESSAGE_CREATE']);
    const all = seen.filter((it) => it.startsWith('all'));
    // Before that came the bot's own presence, of its second login.
    expect(all.slice(all.indexOf('all GUILD_MEMBER_ADD'))).toEqual([
      'all GUILD_MEMBER_ADD',
      'all GUILD_BAN_ADD',
      'all GUILD_MEMBER_REMOVE',
      'all PRESENCE_UPDATE',
      'all MESSAGE_CREATE',
    ]);
  });

  it('but is told of the threads in a channel that opens to it', async () => {
    const hide = (deny: bigint) => [{ id: demoApplication.id, type: 1 as const, allow: '0', deny: deny.toString() }];
    bench.control.updateChannel(bench.channelId, { overwrites: hide(Permission.ViewChannel) });
    const thread = bench.control.startThread(bench.ownerId, bench.channelId, { name: 'Secret' });
    const client = await bench.login({ intents: ALL_INTENTS });
    expect(client.guilds.cache.get(bench.guildId)!.channels.cache.has(thread.id)).toBe(false);
    const open = () => bench.control.updateChannel(bench.channelId, { overwrites: [] });
    const [threads] = await emitted(client, Events.ThreadListSync, open);
    expect([...threads.keys()]).toEqual([thread.id]);
  });
});
