import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Events, GatewayIntentBits as Intent, type PollAnswer } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALL_TEST_INTENTS, Bench, BOT_PERMISSIONS } from '../../testing/bench.js';

const HOUR_MS = 3_600_000;
const START = new Date('2026-03-01T12:00:00Z');

interface Poll {
  expiry: string;
  results: { is_finalized: boolean; answer_counts: { id: number; count: number; me_voted: boolean }[] };
}
interface Message {
  id: string;
  type: number;
  poll?: Poll;
  embeds: { type: string; fields: { name: string; value: string }[] }[];
  [field: string]: unknown;
}

describe('polls', () => {
  let bench: Bench;
  let folder: string;
  let path: string;
  const start = () =>
    Bench.start({ botPermissions: BOT_PERMISSIONS | Permission.SendPolls, dataDir: folder, startAt: START });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    bench = await start();
    path = `/channels/${bench.channelId}`;
  });
  afterEach(async () => {
    await bench.close();
    rmSync(folder, { recursive: true });
  });

  const ask = (parts: object = {}) => {
    const answers = [{ poll_media: { text: 'Tea', emoji: { name: '🍵' } } }, { poll_media: { text: 'Coffee' } }];
    const poll = { question: { text: 'Tea or coffee?' }, answers, ...parts };
    return bench.json<Message & { poll: Poll }>(bench.rest('POST', `${path}/messages`, { poll }));
  };
  const messages = () => bench.json<Message[]>(bench.rest('GET', `${path}/messages`));
  const vote = (userId: string, messageId: string, ...answerIds: number[]) =>
    bench.control.votePoll(userId, bench.channelId, messageId, answerIds);
  const refusalOf = (act: () => unknown) => {
    try {
      act();
      return 'done';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('asks, counts votes, and tells who gave them', async () => {
    const { id, poll } = await ask();
    expect(poll).toMatchObject({
      question: { text: 'Tea or coffee?' },
      answers: [
        { answer_id: 1, poll_media: { text: 'Tea', emoji: { id: null, name: '🍵' } } },
        { answer_id: 2, poll_media: { text: 'Coffee' } },
      ],
      expiry: new Date(START.getTime() + 24 * HOUR_MS).toISOString(),
      allow_multiselect: false,
      layout_type: 1,
      results: { is_finalized: false, answer_counts: [] },
    });
    const people = [bench.person('ada'), bench.person('ben')];
    vote(people[0]!, id, 1);
    vote(people[1]!, id, 1);
    vote(people[0]!, id, 2);
    const [message] = await messages();
    expect(message!.poll!.results.answer_counts).toEqual([
      { id: 1, count: 1, me_voted: false },
      { id: 2, count: 1, me_voted: false },
    ]);
    const voters = (answer: number, query = '') =>
      bench.json<{ users: { id: string }[] }>(bench.rest('GET', `${path}/polls/${id}/answers/${answer}${query}`));
    expect((await voters(1)).users.map((user) => user.id)).toEqual([people[1]]);
    expect((await voters(2, `?after=${people[0]}`)).users).toEqual([]);
    expect(await bench.refusal(bench.rest('GET', `${path}/polls/${id}/answers/3`))).toEqual([404, 10_008]);
  });

  it('dispatches votes to discord.js', async () => {
    const client = await bench.login({ intents: [...ALL_TEST_INTENTS, Intent.GuildMessagePolls] });
    const { id } = await ask();
    const votes: string[] = [];
    const note = (sign: string) => (answer: Pick<PollAnswer, 'id'>, userId: string) =>
      void votes.push(`${sign}${answer.id} ${userId}`);
    client.on(Events.MessagePollVoteAdd, note('+'));
    client.on(Events.MessagePollVoteRemove, note('-'));
    const ada = bench.person('ada');
    vote(ada, id, 1);
    vote(ada, id, 2);
    const last = new Promise((resolve) =>
      client.on(Events.MessagePollVoteRemove, ({ id: answer }) => answer === 2 && resolve(0)),
    );
    vote(ada, id);
    await last;
    expect(votes).toEqual([`+1 ${ada}`, `-1 ${ada}`, `+2 ${ada}`, `-2 ${ada}`]);
  });

  it('ends by the clock with the result, also after a restart', async () => {
    const { id } = await ask({ duration: 2 });
    const ada = bench.person('ada');
    vote(ada, id, 2);
    bench.control.advance(HOUR_MS);
    const { channelId } = bench;
    await bench.simulator.close();
    bench = await Bench.start({ dataDir: folder, startAt: new Date(START.getTime() + HOUR_MS) });
    path = `/channels/${channelId}`;
    bench.control.advance(HOUR_MS - 1);
    expect(await messages()).toHaveLength(1);
    bench.control.advance(1);
    const [result, message] = await messages();
    expect(message!.poll!.results).toEqual({
      is_finalized: true,
      answer_counts: [{ id: 2, count: 1, me_voted: false }],
    });
    expect(result).toMatchObject({
      type: MessageType.PollResult,
      message_reference: { type: 0, message_id: id, channel_id: channelId },
      mentions: [{ bot: true }],
      embeds: [{ type: 'poll_result' }],
    });
    expect(Object.fromEntries(result!.embeds[0]!.fields.map(({ name, value }) => [name, value]))).toEqual({
      poll_question_text: 'Tea or coffee?',
      victor_answer_votes: '1',
      total_votes: '1',
      victor_answer_id: '2',
      victor_answer_text: 'Coffee',
    });
    expect(refusalOf(() => bench.control.votePoll(ada, channelId, id, [1]))).toBe('This poll has ended');
  });

  it('is ended by its author, once', async () => {
    const { id } = await ask();
    const ended = await bench.json<Message>(bench.rest('POST', `${path}/polls/${id}/expire`));
    expect(ended.poll).toMatchObject({ expiry: START.toISOString(), results: { is_finalized: true } });
    expect(await bench.refusal(bench.rest('POST', `${path}/polls/${id}/expire`))).toEqual([400, 520_001]);
    const said = bench.say('no poll');
    expect(await bench.refusal(bench.rest('POST', `${path}/polls/${said}/expire`))).toEqual([400, 520_006]);
    const poll = { question: 'Mine?', answers: [{ text: 'Yes' }], hours: 1, allowsMultiselect: false };
    const foreign = bench.control.sendMessage(bench.ownerId, bench.channelId, '', { poll });
    expect(await bench.refusal(bench.rest('POST', `${path}/polls/${foreign.id}/expire`))).toEqual([403, 50_005]);
    bench.control.advance(48 * HOUR_MS);
    expect((await messages()).filter(({ type }) => type === MessageType.PollResult)).toHaveLength(2);
  });

  it('takes one vote per person, or several where that is allowed', async () => {
    const [one, many] = [await ask(), await ask({ allow_multiselect: true })];
    const ada = bench.person('ada');
    expect(refusalOf(() => vote(ada, one.id, 1, 2))).toBe('One answer only');
    expect(refusalOf(() => vote(ada, one.id, 3))).toBe('No such answer');
    vote(ada, many.id, 1, 2);
    const [message] = await messages();
    expect(message!.poll!.results.answer_counts.map(({ count }) => count)).toEqual([1, 1]);
    const [botId] = bench.control.users().filter(({ isBot }) => isBot);
    expect(refusalOf(() => vote(botId!.id, many.id, 1))).toBe('Bots do not vote');
  });

  it('cannot be edited, nor reacted to with its own emojis, nor sent without the permission', async () => {
    const { id } = await ask();
    expect(await bench.refusal(bench.rest('PATCH', `${path}/messages/${id}`, { content: 'x' }))).toEqual([
      400, 520_003,
    ]);
    const tea = `${path}/messages/${id}/reactions/${encodeURIComponent('🍵')}/@me`;
    expect(await bench.refusal(bench.rest('PUT', tea))).toEqual([400, 520_004]);
    for (const role of bench.control.guilds()[0]!.roles.values())
      bench.control.updateRole(bench.guildId, role.id, { permissions: BOT_PERMISSIONS.toString() });
    const poll = { question: { text: 'x' }, answers: [{ poll_media: { text: 'y' } }] };
    expect(await bench.refusal(bench.rest('POST', `${path}/messages`, { poll }))).toEqual([403, 50_013]);
  });
});
