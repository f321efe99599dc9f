import { AuditLogEvent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { demoApplication } from '../index.js';

const BUILDER = BOT_PERMISSIONS | Permission.ManageChannels | Permission.ViewAuditLog;

interface Tag {
  id: string;
  name: string;
}

interface Made {
  id: string;
  available_tags: Tag[];
  applied_tags?: string[];
  [field: string]: unknown;
}

interface Found {
  threads: Made[];
  first_messages: Made[];
  has_more: boolean;
  total_results: number;
}

describe('forums over REST', () => {
  let bench: Bench;
  let guild: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: BUILDER });
    guild = `/guilds/${bench.guildId}`;
  });
  afterEach(() => bench.close());

  const tags = [
    { name: 'Question', emoji_name: '❓' },
    { name: 'Solved', moderated: true },
  ];
  const createForum = (changes: object = {}) =>
    bench.json<Made>(
      bench.rest('POST', `${guild}/channels`, { name: 'Help Desk', type: 15, available_tags: tags, ...changes }),
      201,
    );
  const posting = (forum: Made, changes: object = {}) =>
    bench.rest('POST', `/channels/${forum.id}/threads`, {
      name: 'How do I start?',
      message: { content: 'I do not know.' },
      ...changes,
    });
  const post = (forum: Made, changes: object = {}) => bench.json<Made>(posting(forum, changes), 201);
  const makeModerator = () => {
    const role = bench.control.createRole(bench.guildId, { name: 'Threads', permissions: Permission.ManageThreads });
    bench.control.giveRole(bench.guildId, demoApplication.id, role.id);
  };

  it('keeps tags, default reaction, order and layout', async () => {
    const forum = await createForum({
      topic: 'g'.repeat(4_096),
      default_reaction_emoji: { emoji_name: '👍' },
      default_sort_order: 1,
      default_forum_layout: 2,
      default_thread_rate_limit_per_user: 30,
      default_auto_archive_duration: 60,
    });
    expect(forum).toMatchObject({
      type: 15,
      name: 'help-desk',
      available_tags: [
        { name: 'Question', emoji_name: '❓', moderated: false },
        { name: 'Solved', moderated: true },
      ],
      default_reaction_emoji: { emoji_id: null, emoji_name: '👍' },
      default_sort_order: 1,
      default_forum_layout: 2,
    });
    const [question] = forum.available_tags;
    const changes = { available_tags: [{ id: question?.id, name: 'Ask' }], default_reaction_emoji: null };
    expect(await bench.json(bench.rest('PATCH', `/channels/${forum.id}`, changes))).toMatchObject({
      available_tags: [{ id: question?.id, name: 'Ask' }],
      default_reaction_emoji: null,
      default_sort_order: 1,
    });
    const log = await bench.json<{ audit_log_entries: unknown[] }>(
      bench.rest('GET', `${guild}/audit-logs?action_type=${AuditLogEvent.ChannelUpdate}`),
    );
    expect(log.audit_log_entries).toMatchObject([{ target_id: forum.id }]);
    expect(await post(forum)).toMatchObject({
      rate_limit_per_user: 30,
      thread_metadata: { auto_archive_duration: 60 },
    });
  });

  it('starts a post with its first message, which has its id and is not counted', async () => {
    const forum = await createForum();
    const [question] = forum.available_tags;
    const thread = await post(forum, { applied_tags: [question?.id] });
    expect(thread).toMatchObject({
      type: 11,
      parent_id: forum.id,
      applied_tags: [question?.id],
      message_count: 0,
      message: { id: thread.id, channel_id: thread.id, content: 'I do not know.' },
      member: { user_id: demoApplication.id },
    });
    expect(await bench.json(bench.rest('GET', `/channels/${forum.id}`))).toMatchObject({ last_message_id: thread.id });
    bench.control.sendMessage(bench.ownerId, thread.id, 'Begin.');
    expect(await bench.json(bench.rest('GET', `/channels/${thread.id}`))).toMatchObject({ message_count: 1 });
    const send = bench.rest('POST', `/channels/${forum.id}/messages`, { content: 'hello' });
    expect(await bench.refusal(send)).toEqual([400, 40_058]);
  });

  it('asks for a tag where one is required, and for a moderator to set those of moderators', async () => {
    const forum = await createForum();
    const [question, solved] = forum.available_tags;
    await bench.json(bench.rest('PATCH', `/channels/${forum.id}`, { flags: 16 }));
    expect(await bench.refusal(posting(forum))).toEqual([400, 40_067]);
    expect(await bench.refusal(posting(forum, { applied_tags: [solved?.id] }))).toEqual([403, 50_013]);
    expect(await bench.refusal(posting(forum, { applied_tags: ['1'] }))).toEqual([404, 10_087]);
    expect(bench.control.guilds()[0]!.threads.size).toBe(0);
    const thread = await post(forum, { applied_tags: [question?.id] });
    const retag = (ids: (string | undefined)[]) => bench.rest('PATCH', `/channels/${thread.id}`, { applied_tags: ids });
    expect(await bench.refusal(retag([]))).toEqual([400, 40_067]);
    expect(await bench.refusal(retag([solved?.id]))).toEqual([403, 50_013]);
    makeModerator();
    expect((await bench.json<Made>(retag([solved?.id]))).applied_tags).toEqual([solved?.id]);
  });

  it('pins one post', async () => {
    const forum = await createForum();
    const [first, second] = [await post(forum), await post(forum)];
    const pin = (thread: Made, flags = 2) => bench.rest('PATCH', `/channels/${thread.id}`, { flags });
    expect(await bench.refusal(pin(first))).toEqual([403, 50_013]);
    makeModerator();
    expect(await bench.json(pin(first))).toMatchObject({ flags: 2 });
    expect(await bench.refusal(pin(second))).toEqual([400, 30_047]);
    await bench.json(pin(first, 0));
    expect(await bench.json(pin(second))).toMatchObject({ flags: 2 });
    expect(await bench.refusal(pin(second, 4))).toEqual([400, 50_035]);
  });

  it('finds posts by words, tags and state, a page at a time', async () => {
    const forum = await createForum();
    const [question] = forum.available_tags;
    const start = await post(forum, { name: 'How do I start the engine', applied_tags: [question?.id] });
    const stop = await post(forum, { name: 'Stopping' });
    const find = (query: string) =>
      bench.json<Found>(bench.rest('GET', `/channels/${forum.id}/threads/search?${query}`));
    const ids = async (query: string) => (await find(query)).threads.map(({ id }) => id);
    expect(await find('')).toMatchObject({
      threads: [{ id: stop.id }, { id: start.id }],
      first_messages: [{ id: stop.id }, { id: start.id }],
      total_results: 2,
      has_more: false,
    });
    expect(await ids('name=start%20eng')).toEqual([start.id]);
    expect(await ids('name=how%20engine&slop=4')).toEqual([start.id]);
    expect(await ids('name=how%20engine&slop=3')).toEqual([]);
    expect(await ids(`tag=${question?.id}`)).toEqual([start.id]);
    expect(await find('limit=1&sort_by=creation_time&sort_order=asc')).toMatchObject({
      threads: [{ id: start.id }],
      has_more: true,
    });
    bench.control.updateThread(stop.id, { isArchived: true });
    expect(await ids('archived=false')).toEqual([start.id]);
    expect(await ids('sort_by=archive_time')).toEqual([stop.id, start.id]);
    expect(await bench.refusal(bench.rest('GET', `/channels/${forum.id}/threads/search?limit=26`))).toEqual([
      400, 50_035,
    ]);
  });

  const letters = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `tag ${index}` }));

  it.each<[fault: string, form: object, answer: [number, number]]>([
    ['21 tags', { available_tags: letters(21) }, [400, 50_035]],
    ['a tag of 51 characters', { available_tags: [{ name: 't'.repeat(51) }] }, [400, 50_035]],
    ['two tags of one name', { available_tags: [{ name: 'a' }, { name: 'a' }] }, [400, 40_061]],
    ['guidelines of 4,097 characters', { topic: 'g'.repeat(4_097) }, [400, 50_035]],
    ['a layout that does not exist', { default_forum_layout: 3 }, [400, 50_035]],
    ['a layout for media', { type: 16, default_forum_layout: 1 }, [400, 50_035]],
    ['tags in a text channel', { type: 0, available_tags: letters(1) }, [400, 50_035]],
    [
      'a required tag that nobody may set',
      { available_tags: [{ name: 'a', moderated: true }], flags: 16 },
      [400, 40_066],
    ],
    ['a flag of another channel', { flags: 2 }, [400, 50_035]],
  ])('refuses %s', async (_fault, form, answer) => {
    const before = bench.control.snapshot(bench.guildId);
    const body = { name: 'forum', type: 15, ...form };
    expect(await bench.refusal(bench.rest('POST', `${guild}/channels`, body))).toEqual(answer);
    expect(bench.control.snapshot(bench.guildId)).toEqual(before);
  });

  it('takes what is just within the limits, and no sixth tag on a post', async () => {
    const forum = await createForum({ available_tags: letters(20) });
    const ids = forum.available_tags.map(({ id }) => id);
    expect(await bench.refusal(posting(forum, { applied_tags: ids.slice(0, 6) }))).toEqual([400, 50_035]);
    expect((await post(forum, { applied_tags: ids.slice(0, 5) })).applied_tags).toHaveLength(5);
    expect(await bench.refusal(posting(forum, { message: {} }))).toEqual([400, 50_006]);
    expect(await bench.refusal(posting(forum, { message: undefined }))).toEqual([400, 50_035]);
  });
});
