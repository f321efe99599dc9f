import { ChannelType, MessageFlags, MessageType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Events, MessageReferenceType } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';

interface Message {
  id: string;
  content: string;
  flags: number;
  type: number;
  [field: string]: unknown;
}

const BOT = BOT_PERMISSIONS | Permission.ManageMessages | Permission.ManageChannels;

describe('messages over REST', () => {
  let bench: Bench;
  let path: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: BOT });
    path = `/channels/${bench.channelId}/messages`;
  });
  afterEach(() => bench.close());

  const send = (body: object, channel = bench.channelId) =>
    bench.json<Message>(bench.rest('POST', `/channels/${channel}/messages`, body));
  const refusal = (body: object, channel = bench.channelId) =>
    bench.refusal(bench.rest('POST', `/channels/${channel}/messages`, body));
  const get = (id: string) => bench.json<Message>(bench.rest('GET', `${path}/${id}`));
  const allow = (permissions: bigint) => {
    for (const { id } of bench.control.guilds()[0]!.roles.values())
      bench.control.updateRole(bench.guildId, id, { permissions: permissions.toString() });
  };

  describe('mentions', () => {
    let ada: string;
    let open: string;
    let closed: string;
    beforeEach(() => {
      ada = bench.person('ada');
      open = bench.control.createRole(bench.guildId, { name: 'open' }).id;
      bench.control.guilds()[0]!.roles.get(open)!.isMentionable = true;
      closed = bench.control.createRole(bench.guildId, { name: 'closed' }).id;
    });
    const named = ({ mentions, mention_roles: roles, mention_everyone: everyone }: Message) => ({
      users: (mentions as { id: string }[]).map(({ id }) => id),
      roles,
      everyone,
    });
    const text = () => `@everyone <@${ada}> <@!${bench.ownerId}> <@&${open}> <@&${closed}>`;

    it('notify whom the author may notify', async () => {
      const whom = [ada, bench.ownerId];
      expect(named(await send({ content: text() }))).toEqual({ users: whom, roles: [open], everyone: false });
      allow(BOT | Permission.MentionEveryone);
      expect(named(await send({ content: text() }))).toEqual({ users: whom, roles: [open, closed], everyone: true });
    });

    it('of people are held to the same', async () => {
      allow(BOT);
      const said = (userId: string) => get(bench.control.sendMessage(userId, bench.channelId, text()).id);
      expect(named(await said(ada))).toMatchObject({ roles: [open], everyone: false });
      expect(named(await said(bench.ownerId))).toMatchObject({ roles: [open, closed], everyone: true });
    });

    it.each<[allowed: object, result: [users: number, roles: number, everyone: boolean]]>([
      [{ parse: [] }, [0, 0, false]],
      [{}, [0, 0, false]],
      [{ parse: ['users'] }, [2, 0, false]],
      [{ parse: ['everyone', 'roles'] }, [0, 2, true]],
      [{ parse: ['users'], roles: [] }, [2, 0, false]],
    ])('are those that %j allows', async (allowed, [users, roles, everyone]) => {
      allow(BOT | Permission.MentionEveryone);
      const found = named(await send({ content: text(), allowed_mentions: allowed }));
      expect([found.users.length, (found.roles as string[]).length, found.everyone]).toEqual([users, roles, everyone]);
    });

    it('are those that are named one by one, if the text has them', async () => {
      const allowed = { users: [ada, '42'], roles: [open, closed] };
      expect(named(await send({ content: text(), allowed_mentions: allowed }))).toEqual({
        users: [ada],
        roles: [open],
        everyone: false,
      });
      expect(named(await send({ content: 'nobody', allowed_mentions: allowed })).users).toEqual([]);
    });

    it('are none in code', async () => {
      expect(named(await send({ content: `\`<@${ada}>\` \`\`\`\n<@${ada}>\`\`\`` })).users).toEqual([]);
    });

    it('include whom a reply answers, unless it says no', async () => {
      const message_reference = { message_id: bench.say('hello') };
      expect(named(await send({ content: 'x', message_reference })).users).toEqual([bench.ownerId]);
      const quiet = { content: 'x', message_reference, allowed_mentions: { replied_user: false } };
      expect(named(await send(quiet)).users).toEqual([]);
    });

    it('are found anew by an edit', async () => {
      const { id } = await send({ content: `<@${ada}>`, allowed_mentions: { parse: [] } });
      const edit = (body: object) => bench.json<Message>(bench.rest('PATCH', `${path}/${id}`, body));
      expect(named(await edit({ content: `<@${ada}>!` })).users).toEqual([ada]);
      expect(named(await edit({ content: `<@${ada}>?`, allowed_mentions: { parse: [] } })).users).toEqual([]);
    });
  });

  describe('flags', () => {
    it('suppress embeds and notifications', async () => {
      const flags = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications;
      const message = await send({ embeds: [{ title: 'Hidden' }], content: 'x', flags });
      expect(message).toMatchObject({ flags, embeds: [] });
      const shown = await bench.json<Message>(bench.rest('PATCH', `${path}/${message.id}`, { flags: 0 }));
      expect(shown).toMatchObject({ flags: MessageFlags.SuppressNotifications, embeds: [{ title: 'Hidden' }] });
    });

    it('of foreign messages are changed by those who manage messages, and nothing else is', async () => {
      const id = bench.say('hello');
      const edit = (body: object) => bench.rest('PATCH', `${path}/${id}`, body);
      expect(await bench.refusal(edit({ content: 'x' }))).toEqual([403, 50_005]);
      expect(await bench.refusal(edit({ content: 'x', flags: 4 }))).toEqual([403, 50_005]);
      expect(await bench.json<Message>(edit({ flags: 4 }))).toMatchObject({ flags: 4, content: 'hello' });
      allow(BOT_PERMISSIONS);
      expect(await bench.refusal(edit({ flags: 0 }))).toEqual([403, 50_013]);
    });
  });

  describe('replies', () => {
    it('show what they answer until it is deleted', async () => {
      const original = bench.say('hello');
      const { id } = await send({ content: 'hi', message_reference: { message_id: original } });
      expect(await get(id)).toMatchObject({ type: MessageType.Reply, referenced_message: { content: 'hello' } });
      bench.control.deleteMessage(bench.channelId, original);
      expect(await get(id)).toMatchObject({
        message_reference: { type: 0, message_id: original },
        referenced_message: null,
      });
      const gone = { content: 'x', message_reference: { message_id: original } };
      expect(await refusal(gone)).toEqual([400, 50_035]);
      const { message_reference: reference } = gone;
      expect(
        await send({ content: 'x', message_reference: { ...reference, fail_if_not_exists: false } }),
      ).toMatchObject({
        type: MessageType.Default,
      });
    });

    it('answer no system message, and need the history', async () => {
      const id = bench.say('hello');
      bench.control.pinMessage(bench.ownerId, bench.channelId, id);
      const notice = bench.control.listSentMessages().at(-1)!;
      const response = await bench.rest('POST', path, { content: 'x', message_reference: { message_id: notice.id } });
      expect(await response.json()).toMatchObject({
        errors: { message_reference: { _errors: [{ code: 'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE' }] } },
      });
      expect(await bench.refusal(bench.rest('PATCH', `${path}/${notice.id}`, { flags: 4 }))).toEqual([403, 50_021]);
      allow(BOT & ~Permission.ReadMessageHistory);
      expect(await refusal({ content: 'x', message_reference: { message_id: id } })).toEqual([403, 160_002]);
    });
  });

  describe('forwards', () => {
    let source: string;
    beforeEach(() => {
      source = bench.control.createChannel(bench.guildId, { name: 'source' }).id;
    });
    const forward = (messageId: string, channelId = source) => ({
      message_reference: { type: 1, message_id: messageId, channel_id: channelId },
    });
    const written = (options = {}) => bench.control.sendMessage(bench.ownerId, source, 'original', options).id;

    it('show what a message was, whatever becomes of it', async () => {
      const files = [{ filename: 'note.txt', bytes: Buffer.from('x') }];
      const original = written({ files });
      const first = await send(forward(original));
      expect(first).toMatchObject({
        content: '',
        flags: MessageFlags.HasSnapshot,
        message_reference: { type: 1, message_id: original, channel_id: source, guild_id: bench.guildId },
        message_snapshots: [{ message: { content: 'original', attachments: [{ filename: 'note.txt' }] } }],
      });
      bench.control.editMessage(source, original, 'changed');
      expect(await get(first.id)).toMatchObject({ message_snapshots: [{ message: { content: 'original' } }] });
      const second = await send(forward(first.id, bench.channelId), source);
      expect(second).toMatchObject({ message_snapshots: [{ message: { content: 'original' } }] });
    });

    it('are made by discord.js', async () => {
      const client = await bench.login();
      const channel = client.channels.cache.get(source);
      if (!channel?.isTextBased()) throw new Error('The channel is not in the cache');
      const seen = new Promise<string>((resolve) =>
        client.on(Events.MessageCreate, ({ messageSnapshots: [snapshot] }) => snapshot && resolve(snapshot[1].content)),
      );
      const original = await channel.messages.fetch(written());
      const message = await original.forward(bench.channelId);
      expect(message.reference?.type).toBe(MessageReferenceType.Forward);
      expect(await seen).toBe('original');
    });

    it('refuse what the bot cannot read, and what cannot be forwarded', async () => {
      const original = written();
      expect(await refusal({ message_reference: { type: 1, message_id: original } })).toEqual([400, 50_035]);
      expect(await refusal(forward('1'))).toEqual([400, 50_035]);
      bench.control.pinMessage(bench.ownerId, source, original);
      const notice = bench.control.listSentMessages({ channelId: source }).at(-1)!;
      expect(await refusal(forward(notice.id))).toEqual([403, 50_021]);
      const poll = { question: 'x', answers: [{ text: 'y' }], hours: 1, allowsMultiselect: false };
      expect(await refusal(forward(written({ poll })))).toEqual([400, 50_068]);
      bench.control.updateChannel(source, { isNsfw: true });
      expect(await refusal(forward(original))).toEqual([400, 160_010]);
      const deny = (permission: bigint) =>
        bench.control.updateChannel(source, {
          overwrites: [{ id: bench.guildId, type: 0, allow: '0', deny: permission.toString() }],
        });
      deny(Permission.ReadMessageHistory);
      expect(await refusal(forward(original))).toEqual([403, 160_009]);
      deny(Permission.ViewChannel);
      expect(await refusal(forward(original))).toEqual([403, 50_001]);
    });
  });

  it('sends voice messages, which are one audio file and cannot be edited', async () => {
    allow(BOT | Permission.AttachFiles | Permission.SendVoiceMessages);
    const voice = async (parts: object, filename = 'voice.ogg') => {
      const form = new FormData();
      form.append('payload_json', JSON.stringify({ flags: MessageFlags.IsVoiceMessage, ...parts }));
      form.append('files[0]', new Blob(['x']), filename);
      const response = await bench.form('POST', path, form);
      return (await response.json()) as Message & { code?: number };
    };
    const attachments = [{ id: '0', duration_secs: 1.5, waveform: 'AAAA' }];
    const { id, ...message } = await voice({ attachments });
    expect(message['attachments']).toMatchObject([{ duration_secs: 1.5, waveform: 'AAAA', content_type: 'audio/ogg' }]);
    expect(await bench.refusal(bench.rest('PATCH', `${path}/${id}`, { content: 'x' }))).toEqual([400, 50_162]);
    expect((await voice({ attachments, content: 'x' })).code).toBe(50_159);
    expect((await voice({ attachments }, 'voice.txt')).code).toBe(50_160);
    expect((await voice({})).code).toBe(50_161);
    allow(BOT | Permission.AttachFiles);
    expect((await voice({ attachments })).code).toBe(50_173);
  });

  it("sends the guild's own stickers, and no others", async () => {
    const sticker = { id: '7', name: 'wave', description: '', tags: '👋', creatorId: bench.ownerId, formatType: 1 };
    bench.control.guilds()[0]!.stickers.push(sticker);
    expect(await send({ sticker_ids: ['7'] })).toMatchObject({
      content: '',
      sticker_items: [{ id: '7', name: 'wave', format_type: 1 }],
    });
    expect(await refusal({ sticker_ids: ['7', '8'] })).toEqual([400, 50_081]);
  });

  it('publishes announcements once', async () => {
    const { id: news } = bench.control.createChannel(bench.guildId, {
      name: 'news',
      type: ChannelType.GuildAnnouncement,
    });
    const { id } = await send({ content: 'news' }, news);
    const crosspost = (channel: string, message: string) =>
      bench.rest('POST', `/channels/${channel}/messages/${message}/crosspost`);
    expect(await bench.json<Message>(crosspost(news, id))).toMatchObject({ flags: MessageFlags.Crossposted });
    expect(await bench.refusal(crosspost(news, id))).toEqual([400, 40_033]);
    expect(await bench.refusal(crosspost(bench.channelId, bench.say('x')))).toEqual([400, 50_024]);
    const foreign = bench.control.sendMessage(bench.ownerId, news, 'x').id;
    allow(BOT_PERMISSIONS);
    expect(await bench.refusal(crosspost(news, foreign))).toEqual([403, 50_013]);
  });
});
