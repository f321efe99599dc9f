import { AuditLogEvent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { demoApplication } from '../index.js';

const MODERATOR = Permission.ManageChannels | Permission.MuteMembers | Permission.MoveMembers;
const startAt = new Date('2026-03-01T12:00:00Z');

describe('stages over REST', () => {
  let bench: Bench;
  let stageId: string;
  beforeEach(async () => {
    bench = await Bench.start({ startAt, botPermissions: BOT_PERMISSIONS | MODERATOR });
    stageId = bench.control.createChannel(bench.guildId, { name: 'Stage', type: 13 }).id;
  });
  afterEach(() => bench.close());

  const open = (changes: object = {}) =>
    bench.rest('POST', '/stage-instances', { channel_id: stageId, topic: 'News', ...changes });
  const guild = () => bench.control.guilds()[0]!;
  const setBotPermissions = (permissions: bigint) => {
    const role = guild()
      .roles.values()
      .find((it) => it.botId !== null)!;
    bench.control.updateRole(bench.guildId, role.id, { permissions: permissions.toString() });
  };

  it('go live, change their topic and end; bots and the audit log hear of it', async () => {
    const client = await bench.login();
    const heard: string[] = [];
    client.on('stageInstanceCreate', (stage) => heard.push(`create ${stage.topic}`));
    client.on('stageInstanceUpdate', (_before, stage) => heard.push(`update ${stage.topic}`));
    client.on('stageInstanceDelete', (stage) => heard.push(`delete ${stage.topic}`));
    const stage = await bench.json(open());
    expect(stage).toMatchObject({ channel_id: stageId, guild_id: bench.guildId, topic: 'News', privacy_level: 2 });
    expect(await bench.refusal(open())).toEqual([400, 150_006]);
    const path = `/stage-instances/${stageId}`;
    expect(await bench.json(bench.rest('GET', path))).toEqual(stage);
    expect(await bench.json(bench.rest('PATCH', path, { topic: 'Later' }))).toMatchObject({ topic: 'Later' });
    expect((await bench.rest('DELETE', path)).status).toBe(204);
    expect(await bench.refusal(bench.rest('GET', path))).toEqual([404, 10_067]);
    await expect.poll(() => heard).toEqual(['create News', 'update Later', 'delete Later']);
    expect(guild().auditLog.slice(-3)).toMatchObject(
      [AuditLogEvent.StageInstanceCreate, AuditLogEvent.StageInstanceUpdate, AuditLogEvent.StageInstanceDelete].map(
        (actionType) => ({ actionType, targetId: stage['id'], options: { channel_id: stageId } }),
      ),
    );
  });

  it.each<[fault: string, form: object, answer: [number, number]]>([
    ['no topic', { topic: undefined }, [400, 50_035]],
    ['a topic of 121 characters', { topic: 't'.repeat(121) }, [400, 50_035]],
    ['an unknown event', { guild_scheduled_event_id: '1' }, [404, 10_070]],
    ['a call to everyone by who may not', { send_start_notification: true }, [403, 50_013]],
  ])('do not go live with %s', async (_fault, form, answer) => {
    expect(await bench.refusal(open(form))).toEqual(answer);
    expect(guild().stageInstances.size).toBe(0);
  });

  it('need a stage channel, and a stage moderator', async () => {
    expect(await bench.refusal(open({ channel_id: bench.channelId }))).toEqual([400, 50_024]);
    expect(await bench.refusal(open({ channel_id: '1' }))).toEqual([404, 10_003]);
    await bench.json(open({ topic: 't'.repeat(120) }));
    setBotPermissions(BOT_PERMISSIONS | Permission.ManageChannels);
    expect(await bench.refusal(bench.rest('DELETE', `/stage-instances/${stageId}`))).toEqual([403, 50_013]);
    expect(guild().stageInstances.size).toBe(1);
    bench.control.deleteChannel(stageId);
    expect(guild().stageInstances.size).toBe(0);
  });

  it('let the audience ask to speak, and moderators decide who does', async () => {
    const personId = bench.person('person');
    for (const userId of [personId, demoApplication.id]) bench.control.joinVoice(stageId, userId);
    const states = `/guilds/${bench.guildId}/voice-states`;
    const seat = (userId: string) => bench.json(bench.rest('GET', `${states}/${userId}`));
    const change = async (userId: string, body: object) =>
      expect((await bench.rest('PATCH', `${states}/${userId}`, body)).status).toBe(204);
    expect(await seat(personId)).toMatchObject({ suppress: true, request_to_speak_timestamp: null });
    await change(personId, { channel_id: stageId, suppress: false });
    expect(await seat(personId)).toMatchObject({ suppress: false, request_to_speak_timestamp: startAt.toISOString() });
    bench.control.joinVoice(stageId, personId);
    expect(await seat(personId)).toMatchObject({ suppress: false });
    await change('@me', { suppress: false });
    expect(await seat('@me')).toMatchObject({ suppress: false, request_to_speak_timestamp: null });
    await change('@me', { suppress: true });
    setBotPermissions(BOT_PERMISSIONS);
    const refused = (userId: string, body: object) => bench.refusal(bench.rest('PATCH', `${states}/${userId}`, body));
    expect(await refused('@me', { suppress: false })).toEqual([403, 50_013]);
    expect(await refused(personId, { suppress: true })).toEqual([403, 50_013]);
    const wish = { request_to_speak_timestamp: startAt.toISOString() };
    expect(await refused('@me', wish)).toEqual([403, 50_013]);
    setBotPermissions(BOT_PERMISSIONS | Permission.RequestToSpeak);
    await change('@me', wish);
    expect(await seat('@me')).toMatchObject({ suppress: true, ...wish });
    expect(await refused('@me', { request_to_speak_timestamp: '2026-03-01T11:59:59Z' })).toEqual([400, 50_035]);
    expect(await refused('@me', { channel_id: bench.channelId })).toEqual([400, 50_035]);
    const voice = bench.control.createChannel(bench.guildId, { name: 'Voice', type: 2 });
    bench.control.moveVoice(voice.id, personId);
    expect(await seat(personId)).toMatchObject({ suppress: false, request_to_speak_timestamp: null });
    bench.control.moveVoice(stageId, personId);
    expect(await seat(personId)).toMatchObject({ suppress: true });
    bench.control.leaveVoice(bench.guildId, demoApplication.id);
    expect(await refused('@me', wish)).toEqual([404, 10_065]);
  });
});
