import { botEventDataSchemas, type BotEventType } from '@guildhall/contracts';
import { PermissionFlagsBits } from 'discord.js';
import { demoApplication } from '@guildhall/discord-simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Stage } from '../test/stage.js';

/** Generous, as other work may be going on on the machine; no expectation is about time. */
const soon = { timeout: 15_000, interval: 20 };

let stage: Stage;

beforeEach(async () => {
  stage = await Stage.set();
});

afterEach(() => stage.strike());

/** A guild in which the bot may do everything. */
function openGuild(): { guildId: string; channelId: string; voiceId: string } {
  const { control } = stage.simulator;
  const ownerId = stage.people.luc;
  const guildId = control.createGuild({
    name: 'Open',
    ownerId,
    botPermissions: PermissionFlagsBits.Administrator,
  }).id;
  control.addMember(guildId, stage.people.ada);
  const channelId = control.createChannel(guildId, { name: 'general' }).id;
  return { guildId, channelId, voiceId: control.createChannel(guildId, { name: 'Lounge', type: 2 }).id };
}

const dataOf = (type: BotEventType, guildId: string) =>
  stage.backend.ofType(type).flatMap((event) => (event.guildId === guildId ? [event.data] : []));

describe('what happens in a guild', () => {
  it('is told to the API, each kind of event in its contract', async () => {
    const { control } = stage.simulator;
    const { ada, luc } = stage.people;
    const { guildId, channelId, voiceId } = openGuild();
    await stage.startBot();
    const { code } = control.createInvite(ada, { channelId, maxUses: 5 });
    control.deleteInvite(code);
    const startAt = new Date(Date.now() + 86_400_000).toISOString();
    const endAt = new Date(Date.now() + 90_000_000).toISOString();
    const event = control.createScheduledEvent(guildId, { name: 'Meeting', startAt, endAt, location: 'Lyon' });
    control.updateScheduledEvent(guildId, event.id, { name: 'Party' });
    control.deleteScheduledEvent(guildId, event.id);
    control.joinVoice(voiceId, ada);
    control.leaveVoice(guildId, ada);
    const actions = [{ type: 1 as const }];
    control.createAutoModerationRule(guildId, { name: 'No scams', keywords: ['scam'], actions });
    control.setPresence(ada, { status: 'dnd' });
    control.ban(guildId, ada, 'spam', luc);
    control.unban(guildId, ada, luc);

    const told = (type: BotEventType) => expect.poll(() => dataOf(type, guildId), soon);
    await told('invite_create').toMatchObject([{ code, channelId, inviterId: ada, maxUses: 5 }]);
    await told('invite_delete').toMatchObject([{ code }]);
    await told('scheduled_event_create').toMatchObject([{ id: event.id, name: 'Meeting', location: 'Lyon' }]);
    await told('scheduled_event_update').toMatchObject([{ id: event.id, name: 'Party' }]);
    await told('scheduled_event_delete').toMatchObject([{ id: event.id }]);
    await told('voice_state_update').toMatchObject([
      { userId: ada, channelId: voiceId },
      { userId: ada, channelId: null },
    ]);
    await told('ban_add').toMatchObject([{ user: { id: ada, username: 'ada' } }]);
    await told('ban_remove').toMatchObject([{ user: { id: ada } }]);
    await expect
      .poll(() => dataOf('audit_log_entry', guildId), soon)
      .toContainEqual(expect.objectContaining({ actionType: 22, targetId: ada, userId: luc, reason: 'spam' }));
    // The bot itself comes online at about the same moment.
    const statuses = () =>
      (dataOf('presence_update', guildId) as { presences: object[] }[]).flatMap((one) => one.presences);
    await expect.poll(statuses, soon).toContainEqual({ userId: ada, status: 'dnd' });
    for (const { type, data } of stage.backend.events) {
      expect([type, botEventDataSchemas[type as BotEventType].safeParse(data).error]).toEqual([type, undefined]);
    }
  });

  it('is told of AutoMod without what was written', async () => {
    const { control } = stage.simulator;
    const { guildId, channelId } = openGuild();
    control.createAutoModerationRule(guildId, { name: 'No scams', keywords: ['scam'], actions: [{ type: 1 }] });
    await stage.startBot();
    expect(() => control.sendMessage(stage.people.ada, channelId, 'a scam for you')).toThrow();
    await expect
      .poll(() => dataOf('automod_execution', guildId), soon)
      .toMatchObject([{ userId: stage.people.ada, channelId, actionType: 1, messageId: null, matchedKeyword: 'scam' }]);
    expect(JSON.stringify(stage.backend.events)).not.toContain('for you');
  });
});

describe('a guild that the bot meets', () => {
  it('is told with who is online, who talks, what is to come and who is banned', async () => {
    const { control } = stage.simulator;
    const { ada } = stage.people;
    const { guildId, voiceId } = openGuild();
    const startAt = new Date(Date.now() + 86_400_000).toISOString();
    const endAt = new Date(Date.now() + 90_000_000).toISOString();
    const { id } = control.createScheduledEvent(guildId, { name: 'Meeting', startAt, endAt, location: 'Lyon' });
    control.joinVoice(voiceId, ada);
    control.setPresence(ada, { status: 'idle' });
    const banned = Array.from({ length: 3 }, (_, n) => control.createUser({ username: `banned${n}` }).id);
    for (const userId of banned) control.ban(guildId, userId, 'raid');
    await stage.startBot();
    const told = (type: BotEventType) => expect.poll(() => dataOf(type, guildId), soon);
    await told('voice_state_list').toMatchObject([{ voiceStates: [{ userId: ada, channelId: voiceId }] }]);
    await told('scheduled_event_list').toMatchObject([{ scheduledEvents: [{ id }] }]);
    const [chunk] = dataOf('presence_chunk', guildId) as { presences: object[] }[];
    expect(chunk?.presences).toContainEqual({ userId: ada, status: 'idle' });
    await told('ban_chunk').toMatchObject([{ after: '0', through: null, bans: { length: 3 } }]);
    const [{ bans }] = dataOf('ban_chunk', guildId) as [{ bans: { user: { id: string }; reason: string }[] }];
    expect(bans.map(({ user, reason }) => [user.id, reason]).toSorted()).toEqual(
      banned.map((userId) => [userId, 'raid']).toSorted(),
    );
  });

  it('is not asked for its bans where the bot may not read them', async () => {
    await stage.startBot();
    await expect.poll(() => stage.backend.ofType('member_chunk').length, soon).toBe(2);
    expect(stage.backend.ofType('ban_chunk')).toEqual([]);
  });
});

describe('a bot that is not granted the presence intent', () => {
  it('starts without it', async () => {
    await stage.strike();
    const privilegedIntents = { members: true, presence: false, messageContent: true };
    stage = await Stage.set({ application: { ...demoApplication, privilegedIntents } });
    await stage.startBot();
    stage.simulator.control.setPresence(stage.people.ada, { status: 'dnd' });
    stage.say('hello');
    await expect.poll(() => stage.backend.contents, soon).toEqual(['hello']);
    const chunks = stage.backend
      .ofType('presence_chunk')
      .map(({ data }) => (data as { presences: object[] }).presences);
    expect(chunks).toEqual([[], []]);
  });
});
