import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { DISCORD_EPOCH_MS, snowflakeAt } from '../state/snowflake.js';

const START = new Date('2026-03-01T12:00:00Z');
const DAY_MS = 86_400_000;

const text = (length: number) => 'x'.repeat(length);
const times = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, n) => make(n));
const embed = (parts: object) => ({ embeds: [{ title: 'Title', ...parts }] });
const row = (...components: object[]) => ({ components: [{ type: 1, components }] });
const button = (parts: object = {}) => ({ type: 2, style: 1, label: 'Press', custom_id: 'press', ...parts });
const options = (count: number) => times(count, (n) => ({ label: `Option ${n}`, value: `${n}` }));
const select = (parts: object) => ({ type: 3, custom_id: 'choose', options: options(1), ...parts });
const poll = (parts: object) => ({
  poll: { question: { text: 'Which?' }, answers: [{ poll_media: { text: 'This' } }], ...parts },
});

/** The one error of a form, by its path. */
function onlyError(errors: unknown): [path: string, code: string] {
  const path: string[] = [];
  let node = errors as Record<string, unknown>;
  while (!('_errors' in node)) {
    const [key, ...others] = Object.keys(node);
    expect(others).toEqual([]);
    path.push(key!);
    node = node[key!] as Record<string, unknown>;
  }
  const [error] = node['_errors'] as { code: string }[];
  return [path.join('.'), error!.code];
}

describe('every limit of messages, exceeded by one', () => {
  let bench: Bench;
  let messageId: string;
  let before: string;
  const snapshot = () => JSON.stringify(bench.control.snapshot(bench.guildId));
  const path = () => `/channels/${bench.channelId}/messages`;

  beforeAll(async () => {
    bench = await Bench.start({
      startAt: START,
      botPermissions: BOT_PERMISSIONS | Permission.ManageMessages | Permission.SendPolls,
    });
    messageId = (await bench.json<{ id: string }>(bench.rest('POST', path(), { content: 'hello' }))).id;
    bench.say('somebody else');
    before = snapshot();
  });
  afterAll(() => bench.close());

  const LONGEST = 'BASE_TYPE_MAX_LENGTH';
  it.each<[limit: string, body: object, path: string, code: string]>([
    ['2,000 characters', { content: text(2_001) }, 'content', LONGEST],
    ['10 embeds', { embeds: times(11, () => ({ title: 'x' })) }, 'embeds', LONGEST],
    ['256 characters of a title', embed({ title: text(257) }), 'embeds.0.title', LONGEST],
    ['4,096 of a description', embed({ description: text(4_097) }), 'embeds.0.description', LONGEST],
    ['25 fields', embed({ fields: times(26, () => ({ name: 'a', value: 'b' })) }), 'embeds.0.fields', LONGEST],
    ['256 of a name', embed({ fields: [{ name: text(257), value: 'b' }] }), 'embeds.0.fields.0.name', LONGEST],
    ['1,024 of a value', embed({ fields: [{ name: 'a', value: text(1_025) }] }), 'embeds.0.fields.0.value', LONGEST],
    ['2,048 of a footer', embed({ footer: { text: text(2_049) } }), 'embeds.0.footer.text', LONGEST],
    ['256 of an author', embed({ author: { name: text(257) } }), 'embeds.0.author.name', LONGEST],
    ['2,048 of an address', embed({ url: `https://x.y/${text(2_037)}` }), 'embeds.0.url', LONGEST],
    ['0xffffff as a color', embed({ color: 0x1000000 }), 'embeds.0.color', 'NUMBER_TYPE_MAX'],
    [
      '6,000 characters in all embeds',
      { embeds: [{ description: text(4_096) }, { description: text(1_905) }] },
      'embeds',
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    [
      '5 rows',
      { components: times(6, (n) => row(button({ custom_id: `${n}` })).components[0]) },
      'components',
      LONGEST,
    ],
    [
      '5 buttons',
      row(...times(6, (n) => button({ custom_id: `${n}` }))),
      'components.0.components',
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['80 of a label', row(button({ label: text(81) })), 'components.0.components.0.label', LONGEST],
    [
      '100 of a custom id',
      row(button({ custom_id: text(101) })),
      'components.0.components.0.custom_id',
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['25 options', row(select({ options: options(26) })), 'components.0.components.0.options', 'BASE_TYPE_BAD_LENGTH'],
    ['150 of a placeholder', row(select({ placeholder: text(151) })), 'components.0.components.0.placeholder', LONGEST],
    ['25 of a nonce', { content: 'x', nonce: text(26) }, 'nonce', LONGEST],
    ['3 stickers', { sticker_ids: ['1', '2', '3', '4'] }, 'sticker_ids', LONGEST],
    [
      '100 mentioned users',
      { content: 'x', allowed_mentions: { users: times(101, (n) => `${n + 1}`) } },
      'allowed_mentions.users',
      LONGEST,
    ],
    [
      '100 mentioned roles',
      { content: 'x', allowed_mentions: { roles: times(101, (n) => `${n + 1}`) } },
      'allowed_mentions.roles',
      LONGEST,
    ],
    ['10 attachments', { content: 'x', attachments: times(11, (n) => ({ id: `${n}` })) }, 'attachments', LONGEST],
    [
      '1,024 of a description of a file',
      { content: 'x', attachments: [{ id: '0', description: text(1_025) }] },
      'attachments.0.description',
      LONGEST,
    ],
    ['300 of a question', poll({ question: { text: text(301) } }), 'poll.question.text', 'BASE_TYPE_BAD_LENGTH'],
    [
      '55 of an answer',
      poll({ answers: [{ poll_media: { text: text(56) } }] }),
      'poll.answers.0.poll_media.text',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      '10 answers',
      poll({ answers: times(11, (n) => ({ poll_media: { text: `${n}` } })) }),
      'poll.answers',
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['32 days', poll({ duration: 32 * 24 + 1 }), 'poll.duration', 'NUMBER_TYPE_MAX'],
  ])('%s', async (_limit, body, where, code) => {
    const response = await bench.rest('POST', path(), body);
    const answer = (await response.json()) as { code: number; message: string; errors: unknown };
    expect([response.status, answer.code, answer.message]).toEqual([400, 50_035, 'Invalid Form Body']);
    expect(onlyError(answer.errors)).toEqual([where, code]);
    expect(snapshot()).toBe(before);
  });

  it.each<[fault: string, body: object, path: string, code: string]>([
    ['an embed without anything', { embeds: [{}] }, 'embeds.0.description', 'BASE_TYPE_REQUIRED'],
    ['an address of another scheme', embed({ url: 'ftp://x.y' }), 'embeds.0.url', 'URL_TYPE_INVALID_SCHEME'],
    ['an address that is none', embed({ image: { url: 'x' } }), 'embeds.0.image.url', 'URL_TYPE_INVALID_URL'],
    ['a field without a value', embed({ fields: [{ name: 'a' }] }), 'embeds.0.fields.0.value', 'BASE_TYPE_REQUIRED'],
    [
      'a button without an id',
      row(button({ custom_id: undefined })),
      'components.0.components.0.custom_id',
      'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
    ],
    [
      'one custom id twice',
      row(button(), button()),
      'components.0.components.1.custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'a reply to nothing',
      { content: 'x', message_reference: { message_id: '1' } },
      'message_reference',
      'MESSAGE_REFERENCE_UNKNOWN_MESSAGE',
    ],
    ['flags that only Discord sets', { content: 'x', flags: 64 }, 'flags', 'BASE_TYPE_BAD_VALUE'],
    [
      'a mention that is both parsed and named',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      'allowed_mentions',
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
    [
      'a user named twice',
      { content: 'x', allowed_mentions: { users: ['1', '1'] } },
      'allowed_mentions.users.1',
      'SET_TYPE_ALREADY_CONTAINS_VALUE',
    ],
    [
      'a forward that says something',
      { content: 'x', message_reference: { type: 1, message_id: '1', channel_id: '1' } },
      'message_reference',
      'FORWARD_CONTAINS_UNSUPPORTED_CONTENT',
    ],
    [
      'a poll without a question',
      { poll: { question: {}, answers: [{ poll_media: { text: 'x' } }] } },
      'poll.question.text',
      'BASE_TYPE_REQUIRED',
    ],
    ['a file that was not sent', { content: 'x', attachments: [{ id: '0' }] }, 'attachments.0', 'ATTACHMENT_NOT_FOUND'],
  ])('refuses %s', async (_fault, body, where, code) => {
    const response = await bench.rest('POST', path(), body);
    const answer = (await response.json()) as { code: number; errors: unknown };
    expect([response.status, answer.code]).toEqual([400, 50_035]);
    expect(onlyError(answer.errors)).toEqual([where, code]);
    expect(snapshot()).toBe(before);
  });

  it('says nothing', async () => {
    for (const body of [{}, { content: '' }, { content: ' \n' }, { embeds: [], components: [], content: null }])
      expect(await bench.refusal(bench.rest('POST', path(), body))).toEqual([400, 50_006]);
    expect(await bench.refusal(bench.rest('PATCH', `${path()}/${messageId}`, { content: '' }))).toEqual([400, 50_006]);
    expect(await bench.refusal(bench.rest('POST', path(), { sticker_ids: ['1'] }))).toEqual([400, 50_081]);
    expect(snapshot()).toBe(before);
  });

  it('checks edits as it checks messages', async () => {
    const edit = (body: object) => bench.refusal(bench.rest('PATCH', `${path()}/${messageId}`, body));
    expect(await edit({ content: text(2_001) })).toEqual([400, 50_035]);
    expect(await edit({ embeds: times(11, () => ({ title: 'x' })) })).toEqual([400, 50_035]);
    expect(await edit({ components: times(6, (n) => row(button({ custom_id: `${n}` })).components[0]) })).toEqual([
      400, 50_035,
    ]);
    expect(snapshot()).toBe(before);
  });

  describe('deletion in bulk', () => {
    const remove = async (messages: string[]) => {
      const response = await bench.rest('POST', `${path()}/bulk-delete`, { messages });
      const body = (await response.json()) as { code: number; errors?: unknown };
      expect(snapshot()).toBe(before);
      return [response.status, body.code, ...(body.errors ? onlyError(body.errors) : [])];
    };
    const recent = (count: number) => times(count, (n) => snowflakeAt(START.getTime(), n + 50));

    it('takes 2 to 100 messages', async () => {
      expect(await remove([messageId])).toEqual([400, 50_016]);
      expect(await remove(recent(101))).toEqual([400, 50_016]);
    });

    it('takes no message twice', async () => {
      expect(await remove([messageId, messageId])).toEqual([
        400,
        50_035,
        'messages.1',
        'SET_TYPE_ALREADY_CONTAINS_VALUE',
      ]);
    });

    it('takes none that is older than 14 days', async () => {
      const old = snowflakeAt(START.getTime() - 14 * DAY_MS - 1);
      expect(await remove([messageId, old])).toEqual([400, 50_034]);
      expect(await remove([messageId, snowflakeAt(DISCORD_EPOCH_MS + 1)])).toEqual([400, 50_034]);
    });
  });

  it.each([
    ['limit=0', 'limit', 'NUMBER_TYPE_MIN'],
    ['limit=101', 'limit', 'NUMBER_TYPE_MAX'],
    ['before=x', 'before', 'STRING_TYPE_REGEX'],
  ])('refuses the history of %s', async (query, where, code) => {
    const response = await bench.rest('GET', `${path()}?${query}`);
    const answer = (await response.json()) as { code: number; errors: unknown };
    expect([response.status, answer.code, ...onlyError(answer.errors)]).toEqual([400, 50_035, where, code]);
  });

  it('takes the most that there may be', async () => {
    const body = {
      content: text(2_000),
      nonce: text(25),
      embeds: [
        { title: text(256), description: text(4_096), author: { name: text(256) } },
        { fields: [{ name: text(256), value: text(1_024) }], footer: { text: text(112) } },
        ...times(8, () => ({ image: { url: 'https://x.y/z.png' } })),
      ],
      components: times(5, (n) => ({
        type: 1,
        components: times(5, (m) => button({ label: text(80), custom_id: `${n}${m}${text(98)}` })),
      })),
    };
    await bench.json(bench.rest('POST', path(), body));
    const ids = times(99, (n) => snowflakeAt(START.getTime(), n + 50));
    expect((await bench.rest('POST', `${path()}/bulk-delete`, { messages: [messageId, ...ids] })).status).toBe(204);
  });
});
