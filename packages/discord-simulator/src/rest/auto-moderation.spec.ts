import { AuditLogEvent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { MessageBlocked } from '../actions/speech.js';
import { guildPermissions } from '../state/permissions.js';

const HOST = BOT_PERMISSIONS | Permission.ManageGuild | Permission.ModerateMembers;

interface Made {
  id: string;
  [field: string]: unknown;
}

const words = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const timeout = [{ type: 3, metadata: { duration_seconds: 60 } }];

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
    ['a trigger that does not exist', { trigger_type: 2 }, [400, 50_035]],
    ['the event of names', { event_type: 2 }, [400, 50_035]],
    ['a word list that does not exist', { trigger_type: 4, trigger_metadata: { presets: [4] } }, [400, 50_035]],
    ['a pattern that looks around', { trigger_metadata: { regex_patterns: ['a(?=b)'] } }, [400, 50_035]],
    ['the action of names', { actions: [{ type: 4 }] }, [400, 50_035]],
    ['a timeout for spam', { trigger_type: 3, trigger_metadata: {}, actions: timeout }, [400, 50_035]],
    ['1,001 words', { trigger_metadata: { keyword_filter: words(1_001) } }, [400, 50_035]],
    ['a word of 61 characters', { trigger_metadata: { keyword_filter: ['w'.repeat(61)] } }, [400, 50_035]],
    ['11 patterns', { trigger_metadata: { regex_patterns: words(11) } }, [400, 50_035]],
    ['a pattern of 261 characters', { trigger_metadata: { regex_patterns: ['p'.repeat(261)] } }, [400, 50_035]],
    ['101 excused words', { trigger_metadata: { keyword_filter: ['a'], allow_list: words(101) } }, [400, 50_035]],
    ['51 mentions', { trigger_type: 5, trigger_metadata: { mention_total_limit: 51 } }, [400, 50_035]],
    ['21 exempt roles', { exempt_roles: words(21) }, [400, 50_035]],
    ['51 exempt channels', { exempt_channels: words(51) }, [400, 50_035]],
    [
      'a message of 151 characters',
      { actions: [{ type: 1, metadata: { custom_message: 'm'.repeat(151) } }] },
      [400, 50_035],
    ],
    ['a timeout over four weeks', { actions: [{ type: 3, metadata: { duration_seconds: 2_419_201 } }] }, [400, 50_035]],
    ['six actions', { actions: Array.from({ length: 6 }, () => ({ type: 1 })) }, [400, 50_035]],
  ])('refuses a rule with %s', async (_fault, changes, answer) => {
    expect(await bench.refusal(bench.rest('POST', rules, rule(changes)))).toEqual(answer);
    expect(bench.control.guilds()[0]!.autoModerationRules.size).toBe(0);
  });

  it('takes what is just within the limits, six rules on words and one of each other kind', async () => {
    const alert = [{ type: 2, metadata: { channel_id: bench.channelId } }];
    const kinds: [limit: number, form: object][] = [
      [6, { trigger_metadata: { keyword_filter: words(1_000), regex_patterns: words(10), allow_list: words(100) } }],
      [1, { trigger_type: 3, trigger_metadata: {} }],
      [1, { trigger_type: 4, trigger_metadata: { presets: [1, 2, 3], allow_list: words(1_000) } }],
      [1, { trigger_type: 5, trigger_metadata: { mention_total_limit: 50 } }],
      [1, { trigger_type: 6, event_type: 2, trigger_metadata: { keyword_filter: ['a'] }, actions: alert }],
    ];
    for (const [limit, form] of kinds) {
      for (let count = 0; count < limit; count += 1) await create(rule(form));
      expect(await bench.refusal(bench.rest('POST', rules, rule(form)))).toEqual([400, 50_035]);
    }
    expect(bench.control.guilds()[0]!.autoModerationRules.size).toBe(10);
  });

  it.each<[pattern: string, matching: string[], others: string[]]>([
    ['cat*', ['catch', 'Catapult', 'CAttLE', 'a cat'], ['wildcat', 'location']],
    ['*cat', ['wildcat', 'copyCat', 'a cat'], ['catch', 'location']],
    ['*cat*', ['location', 'eduCation', 'cat'], ['dog']],
    ['cat', ['cat', 'Cat!', 'a cat.'], ['cats', 'wildcat', 'cat_']],
    ['the mat', ['on the mat'], ['the mats', 'the  mat']],
  ])('matches %s as Discord does', async (pattern, matching, others) => {
    await create(rule({ trigger_metadata: { keyword_filter: [pattern] } }));
    const personId = bench.person('person');
    const isBlocked = (content: string) => {
      try {
        bench.control.sendMessage(personId, bench.channelId, content);
        return false;
      } catch {
        return true;
      }
    };
    expect(matching.filter((content) => !isBlocked(content))).toEqual([]);
    expect(others.filter(isBlocked)).toEqual([]);
  });

  it.each<[name: string, form: object, spoken: string[], blocked: string]>([
    ['spam', { trigger_type: 3, trigger_metadata: {} }, ['hello'], 'Get FREE NITRO now'],
    ['lines that repeat', { trigger_type: 3, trigger_metadata: {} }, ['a\na\na\na'], 'a\na\na\na\na'],
    [
      'word lists',
      { trigger_type: 4, trigger_metadata: { presets: [1], allow_list: ['smegma'] } },
      ['smegma'],
      'frakking',
    ],
    [
      'raids by mentions',
      { trigger_type: 5, trigger_metadata: { mention_total_limit: 10, mention_raid_protection_enabled: true } },
      ['<@1> <@2> <@3> <@4> <@5> <@6> <@7> <@8> <@9> <@10>', '<@1> <@2> <@3> <@4> <@5> <@6> <@7> <@8> <@9> <@10>'],
      '<@1>',
    ],
  ])('blocks %s', async (_name, form, spoken, blocked) => {
    await create(rule(form));
    const personId = bench.person('person');
    const say = (content: string) => bench.control.sendMessage(personId, bench.channelId, content);
    for (const content of spoken) say(content);
    expect(() => say(blocked)).toThrow(MessageBlocked);
    bench.control.advance(60_000);
    bench.say(blocked);
    expect(bench.control.listSentMessages()).toHaveLength(spoken.length + 1);
  });

  it('spares exempt roles, and threads of exempt channels', async () => {
    const role = bench.control.createRole(bench.guildId, { name: 'Trusted' });
    await create(rule({ exempt_roles: [role.id], exempt_channels: [bench.channelId] }));
    const other = bench.control.createChannel(bench.guildId, { name: 'other' });
    const thread = bench.control.startThread(bench.ownerId, bench.channelId, { name: 'Thread' });
    const say = (userId: string, channelId: string) => bench.control.sendMessage(userId, channelId, 'foo');
    const [plain, trusted] = [bench.person('plain'), bench.person('trusted', [role.id])];
    say(plain, thread.id);
    say(trusted, other.id);
    expect(() => say(plain, other.id)).toThrow(MessageBlocked);
  });

  it('keeps members with certain names from interacting, until they have another', async () => {
    const alerts = bench.control.createChannel(bench.guildId, { name: 'alerts' });
    const actions = [{ type: 4 }, { type: 2, metadata: { channel_id: alerts.id } }];
    const trigger_metadata = { keyword_filter: ['*villain*'] };
    await create(rule({ trigger_type: 6, event_type: 2, trigger_metadata, actions }));
    const newcomer = bench.person('supervillain');
    const personId = bench.person('person');
    const flags = async (id: string) =>
      (await bench.json<{ flags: number }>(bench.rest('GET', `/guilds/${bench.guildId}/members/${id}`))).flags;
    const canSpeak = (id: string) => {
      const guild = bench.control.guilds()[0]!;
      return (guildPermissions(guild, id) & Permission.SendMessages) !== 0n;
    };
    expect([await flags(newcomer), await flags(personId)]).toEqual([128, 0]);
    expect([canSpeak(newcomer), canSpeak(personId)]).toEqual([false, true]);
    bench.control.setNickname(bench.guildId, personId, 'Villain');
    expect([await flags(personId), canSpeak(personId)]).toEqual([128, false]);
    bench.control.setNickname(bench.guildId, personId, 'Hero');
    expect([await flags(personId), canSpeak(personId)]).toEqual([0, true]);
    expect(await bench.json(bench.rest('GET', `/channels/${alerts.id}/messages`))).toMatchObject([
      { type: 24, author: { id: personId }, embeds: [{ description: 'Villain' }] },
      { type: 24, author: { id: newcomer }, embeds: [{ description: 'supervillain' }] },
    ]);
    const kinds = bench.control.guilds()[0]!.auditLog.map(({ actionType }) => Number(actionType));
    expect(kinds.filter((kind) => kind === Number(AuditLogEvent.AutoModerationQuarantineUser))).toHaveLength(2);
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
