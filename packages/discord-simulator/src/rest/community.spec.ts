import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { MessageBlocked } from '../actions/speech.js';

const HOST =
  BOT_PERMISSIONS |
  Permission.ManageGuild |
  Permission.ManageEvents |
  Permission.CreateEvents |
  Permission.ModerateMembers;

interface Made {
  id: string;
  [field: string]: unknown;
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

describe('scheduled events over REST', () => {
  let bench: Bench;
  let events: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: HOST });
    events = `/guilds/${bench.guildId}/scheduled-events`;
  });
  afterEach(() => bench.close());

  const party = (changes: object = {}) => ({
    name: 'Party',
    privacy_level: 2,
    entity_type: 3,
    scheduled_start_time: inHours(1),
    scheduled_end_time: inHours(2),
    entity_metadata: { location: 'The yard' },
    ...changes,
  });
  const create = (body: object) => bench.json<Made>(bench.rest('POST', events, body));

  it('creates, starts, ends and deletes, outside Discord and in voice', async () => {
    const voice = bench.control.createChannel(bench.guildId, { name: 'Stage', type: 2 });
    const inVoice = { entity_type: 2, entity_metadata: null, scheduled_end_time: null, channel_id: voice.id };
    const [outside, inside] = [await create(party()), await create(party(inVoice))];
    expect(inside).toMatchObject({ channel_id: voice.id, entity_metadata: null, status: 1 });
    const setStatus = (status: number) => bench.rest('PATCH', `${events}/${outside.id}`, { status });
    expect(await bench.refusal(setStatus(3))).toEqual([400, 50_035]);
    await bench.json(setStatus(2));
    expect(await bench.json(setStatus(3))).toMatchObject({ status: 3 });
    expect(await bench.json(bench.rest('GET', events))).toHaveLength(2);
    expect((await bench.rest('DELETE', `${events}/${inside.id}`)).status).toBe(204);
    expect(await bench.refusal(bench.rest('GET', `${events}/${inside.id}`))).toEqual([404, 10_070]);
  });

  it.each<[fault: string, changes: object]>([
    ['without a place', { entity_metadata: null }],
    ['without an end', { scheduled_end_time: null }],
    ['that ends before it starts', { scheduled_end_time: inHours(0.5) }],
    ['in the past', { scheduled_start_time: inHours(-1) }],
    ['in voice without a channel', { entity_type: 2 }],
  ])('refuses an event %s', async (_fault, changes) => {
    expect(await bench.refusal(bench.rest('POST', events, party(changes)))).toEqual([400, 50_035]);
  });

  it('lists who is interested', async () => {
    const event = await create(party());
    const ids = [bench.person('one'), bench.person('two')];
    for (const userId of ids) bench.control.setInterest(bench.guildId, event.id, { userId, isInterested: true });
    expect(await bench.json(bench.rest('GET', `${events}/${event.id}?with_user_count=true`))).toMatchObject({
      user_count: 2,
    });
    expect(await bench.json(bench.rest('GET', `${events}/${event.id}/users?limit=1&with_member=true`))).toMatchObject([
      { user: { id: ids[0] }, member: { user: { id: ids[0] } } },
    ]);
  });
});

describe('AutoMod over REST', () => {
  let bench: Bench;
  let rules: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: HOST });
    rules = `/guilds/${bench.guildId}/auto-moderation/rules`;
  });
  afterEach(() => bench.close());

  const rule = (changes: object = {}) => ({
    name: 'No spam',
    event_type: 1,
    trigger_type: 1,
    trigger_metadata: { keyword_filter: ['spam*', 'foo'], regex_patterns: ['b[a4]d'], allow_list: ['spamalot'] },
    actions: [{ type: 1, metadata: { custom_message: 'Please not.' } }],
    enabled: true,
    ...changes,
  });
  const create = (body: object) => bench.json<Made>(bench.rest('POST', rules, body));

  it('creates, changes and deletes rules', async () => {
    const { id } = await create(rule());
    expect(await bench.json(bench.rest('PATCH', `${rules}/${id}`, { enabled: false, name: 'Off' }))).toMatchObject({
      name: 'Off',
      enabled: false,
      trigger_metadata: { keyword_filter: ['spam*', 'foo'] },
    });
    expect(await bench.json(bench.rest('GET', rules))).toMatchObject([{ id }]);
    expect((await bench.rest('DELETE', `${rules}/${id}`)).status).toBe(204);
    expect((await bench.rest('GET', `${rules}/${id}`)).status).toBe(404);
  });

  it.each<[fault: string, changes: object, answer: [number, number]]>([
    ['an invalid pattern', { trigger_metadata: { regex_patterns: ['('] } }, [400, 50_035]],
    ['no trigger', { trigger_metadata: {} }, [400, 50_035]],
    ['no action', { actions: [] }, [400, 50_035]],
    ['an alert without a channel', { actions: [{ type: 2 }] }, [400, 50_035]],
    ['a timeout without an end', { actions: [{ type: 3 }] }, [400, 50_035]],
    ['the word lists of Discord', { trigger_type: 4, trigger_metadata: { presets: [1] } }, [501, 0]],
  ])('refuses a rule with %s', async (_fault, changes, answer) => {
    expect(await bench.refusal(bench.rest('POST', rules, rule(changes)))).toEqual(answer);
  });

  it.each([
    ['buy SPAMMY things', true],
    ['no foo here', true],
    ['food is fine', false],
    ['spamalot is a musical', false],
    ['so b4d', true],
  ])('reads "%s"', async (content, isBlocked) => {
    await create(rule());
    const personId = bench.person('person');
    const say = () => bench.control.sendMessage(personId, bench.channelId, content);
    if (isBlocked) expect(say).toThrow(new MessageBlocked('Please not.'));
    else expect(say().content).toBe(content);
    expect(bench.control.listSentMessages()).toHaveLength(isBlocked ? 0 : 1);
    // The owner stands above the rules.
    bench.say(content);
  });

  it('alerts and times out, and lets the message stand where nothing blocks it', async () => {
    const alerts = bench.control.createChannel(bench.guildId, { name: 'alerts' });
    const actions = [
      { type: 2, metadata: { channel_id: alerts.id } },
      { type: 3, metadata: { duration_seconds: 60 } },
    ];
    await create(rule({ trigger_type: 5, trigger_metadata: { mention_total_limit: 1 }, actions }));
    const personId = bench.person('person');
    const content = `<@${bench.ownerId}> <@${personId}>`;
    bench.control.sendMessage(personId, bench.channelId, content);
    const messages = bench.control.listSentMessages();
    expect(messages.map((message) => message.channelId).sort()).toEqual([bench.channelId, alerts.id].sort());
    expect(await bench.json(bench.rest('GET', `/channels/${alerts.id}/messages`))).toMatchObject([
      { type: 24, author: { id: personId }, embeds: [{ description: content }] },
    ]);
    const until = bench.control.guilds()[0]!.members.get(personId)!.timeoutUntil;
    expect(Date.parse(until!)).toBeGreaterThan(Date.now());
  });
});
