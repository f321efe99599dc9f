import { botEventDataSchemas, botEventEnvelopeSchema, type BotEventType } from '@guildhall/contracts';
import { describe, expect, it } from 'vitest';
import { translate, type TranslationContext } from './index.js';

const GUILD = '800000000000000001';
const CHANNEL = '800000000000000002';
const USER = '800000000000000003';
const MESSAGE = '900000000000000004';

const context: TranslationContext = {
  isInitialGuild: () => false,
  hasMessageContent: true,
  messageContentOf: () => 'full',
};

const user = { id: USER, username: 'ada', discriminator: '0', global_name: 'Ada', avatar: null };
const bot = { ...user, bot: true };
const member = {
  user,
  nick: null,
  avatar: null,
  roles: ['800000000000000009'],
  joined_at: '2026-01-02T03:04:05.678000+00:00',
  deaf: false,
  mute: false,
  flags: 0,
  communication_disabled_until: null,
};
const role = {
  id: GUILD,
  name: '@everyone',
  color: 0,
  position: 0,
  permissions: '1071698660929',
  managed: false,
  hoist: false,
  mentionable: false,
  flags: 0,
};
const channel = {
  id: CHANNEL,
  type: 0,
  guild_id: GUILD,
  name: 'general',
  position: 1,
  permission_overwrites: [{ id: GUILD, type: 0, allow: '0', deny: '1024' }],
  rate_limit_per_user: 5,
  nsfw: true,
  parent_id: null,
};
const thread = {
  id: '800000000000000005',
  type: 11,
  guild_id: GUILD,
  name: 'a thread',
  parent_id: CHANNEL,
  rate_limit_per_user: 0,
};
const guild = { id: GUILD, name: 'Pixel Tavern', icon: null, owner_id: USER, preferred_locale: 'en-US' };
const voiceState = {
  user_id: USER,
  channel_id: CHANNEL,
  session_id: 's',
  mute: false,
  deaf: false,
  self_mute: true,
  self_deaf: false,
  self_video: false,
  suppress: false,
  request_to_speak_timestamp: null,
};
const scheduledEvent = {
  id: '800000000000000007',
  guild_id: GUILD,
  channel_id: null,
  creator_id: USER,
  name: 'Meeting',
  description: 'Bring cake',
  scheduled_start_time: '2026-12-01T18:00:00+00:00',
  scheduled_end_time: '2026-12-01T19:00:00+00:00',
  privacy_level: 2,
  status: 1,
  entity_type: 3,
  entity_id: null,
  entity_metadata: { location: 'Lyon' },
};
const invite = {
  channel_id: CHANNEL,
  guild_id: GUILD,
  code: 'abc',
  created_at: '2026-01-02T03:04:05.678000+00:00',
  inviter: user,
  max_age: 3600,
  max_uses: 5,
  temporary: false,
  uses: 0,
};
const execution = {
  guild_id: GUILD,
  action: { type: 1, metadata: {} },
  rule_id: '800000000000000008',
  rule_trigger_type: 1,
  user_id: USER,
  channel_id: CHANNEL,
  message_id: MESSAGE,
  content: 'buy my secret coins',
  matched_keyword: 'coin*',
  matched_content: 'secret coins',
};
const auditEntry = {
  guild_id: GUILD,
  id: '800000000000000006',
  user_id: USER,
  target_id: USER,
  action_type: 22,
  reason: 'spam',
};
const wholeGuild = {
  ...guild,
  member_count: 3,
  roles: [role],
  channels: [channel],
  threads: [thread],
  voice_states: [voiceState],
  guild_scheduled_events: [scheduledEvent],
  presences: [{ user: { id: USER }, status: 'dnd', activities: [], client_status: {} }],
};
const message = {
  id: MESSAGE,
  type: 0,
  channel_id: CHANNEL,
  guild_id: GUILD,
  author: user,
  member: { ...member, user: undefined },
  content: 'hello',
  timestamp: '2026-01-02T03:04:05.678000+00:00',
  edited_timestamp: null,
  attachments: [
    { id: '900000000000000009', filename: 'cat.png', size: 12, url: 'https://cdn/x', proxy_url: 'https://cdn/x' },
  ],
  embeds: [],
  mentions: [],
  mention_roles: [],
  pinned: false,
  tts: false,
};
const edited = { ...message, content: 'hello!', edited_timestamp: '2026-01-02T03:05:00.000000+00:00' };

const toEvents = (t: string, d: unknown, changes: Partial<TranslationContext> = {}) =>
  translate({ t, d }, { ...context, ...changes });

const toEvent = (t: string, d: unknown, changes: Partial<TranslationContext> = {}) => toEvents(t, d, changes)[0];

describe('a dispatch becomes an event that fits its contract', () => {
  it.each<[string, unknown, BotEventType]>([
    ['GUILD_CREATE', wholeGuild, 'guild_create'],
    ['GUILD_UPDATE', guild, 'guild_update'],
    ['GUILD_DELETE', { id: GUILD }, 'guild_delete'],
    ['CHANNEL_CREATE', channel, 'channel_create'],
    ['CHANNEL_UPDATE', channel, 'channel_update'],
    ['CHANNEL_DELETE', channel, 'channel_delete'],
    ['THREAD_CREATE', thread, 'channel_create'],
    ['THREAD_UPDATE', thread, 'channel_update'],
    ['THREAD_DELETE', { id: thread.id, guild_id: GUILD, parent_id: CHANNEL, type: 11 }, 'channel_delete'],
    ['THREAD_LIST_SYNC', { guild_id: GUILD, threads: [thread], members: [] }, 'thread_list_sync'],
    ['GUILD_BAN_ADD', { guild_id: GUILD, user }, 'ban_add'],
    ['GUILD_BAN_REMOVE', { guild_id: GUILD, user }, 'ban_remove'],
    ['VOICE_STATE_UPDATE', { ...voiceState, guild_id: GUILD }, 'voice_state_update'],
    ['INVITE_CREATE', invite, 'invite_create'],
    ['INVITE_DELETE', { channel_id: CHANNEL, guild_id: GUILD, code: 'abc' }, 'invite_delete'],
    ['GUILD_SCHEDULED_EVENT_CREATE', scheduledEvent, 'scheduled_event_create'],
    ['GUILD_SCHEDULED_EVENT_UPDATE', scheduledEvent, 'scheduled_event_update'],
    ['GUILD_SCHEDULED_EVENT_DELETE', scheduledEvent, 'scheduled_event_delete'],
    ['AUTO_MODERATION_ACTION_EXECUTION', execution, 'automod_execution'],
    ['GUILD_AUDIT_LOG_ENTRY_CREATE', auditEntry, 'audit_log_entry'],
    ['GUILD_ROLE_CREATE', { guild_id: GUILD, role }, 'role_create'],
    ['GUILD_ROLE_UPDATE', { guild_id: GUILD, role }, 'role_update'],
    ['GUILD_ROLE_DELETE', { guild_id: GUILD, role_id: role.id }, 'role_delete'],
    ['GUILD_MEMBER_ADD', { ...member, guild_id: GUILD }, 'member_add'],
    ['GUILD_MEMBER_UPDATE', { ...member, guild_id: GUILD, nick: 'Countess' }, 'member_update'],
    ['GUILD_MEMBER_REMOVE', { guild_id: GUILD, user }, 'member_remove'],
    [
      'GUILD_MEMBERS_CHUNK',
      { guild_id: GUILD, members: [member], chunk_index: 1, chunk_count: 3, nonce: 'all.0123' },
      'member_chunk',
    ],
    ['MESSAGE_CREATE', message, 'message_create'],
    ['MESSAGE_UPDATE', edited, 'message_update'],
    ['MESSAGE_DELETE', { id: MESSAGE, channel_id: CHANNEL, guild_id: GUILD }, 'message_delete'],
    ['MESSAGE_DELETE_BULK', { ids: [MESSAGE], channel_id: CHANNEL, guild_id: GUILD }, 'message_delete_bulk'],
  ])('%s', (name, data, type) => {
    const event = toEvent(name, data);
    expect(event).toMatchObject({ type, guildId: GUILD });
    expect(botEventEnvelopeSchema.safeParse(event).error).toBeUndefined();
    const parsed = botEventDataSchemas[type].safeParse(event?.data);
    expect(parsed.error).toBeUndefined();
    expect(parsed.data).toEqual(event?.data);
  });
});

describe('a message', () => {
  it('keeps what is needed of it', () => {
    const reply = { ...message, type: 19, message_reference: { message_id: '900000000000000001' } };
    expect(toEvent('MESSAGE_CREATE', reply)).toMatchObject({
      userId: USER,
      channelId: CHANNEL,
      data: {
        id: MESSAGE,
        channelId: CHANNEL,
        author: { id: USER, username: 'ada', globalName: 'Ada', avatar: null, isBot: false },
        content: 'hello',
        attachments: [{ id: '900000000000000009', filename: 'cat.png', sizeBytes: 12, contentType: null }],
        replyToId: '900000000000000001',
        createdAt: message.timestamp,
        editedAt: null,
      },
    });
  });

  it('has no content without the intent, rather than an empty one', () => {
    const withheld = toEvent('MESSAGE_CREATE', { ...message, content: '' }, { hasMessageContent: false });
    expect(withheld).toMatchObject({ data: { content: null } });
  });

  it.each<[string, string, unknown]>([
    ['a direct message', 'MESSAGE_CREATE', { ...message, guild_id: undefined }],
    ['the deletion of a direct message', 'MESSAGE_DELETE', { id: MESSAGE, channel_id: CHANNEL }],
    ['a system message', 'MESSAGE_CREATE', { ...message, type: 7 }],
    ['the answer of a bot', 'MESSAGE_CREATE', { ...message, type: 20, author: bot }],
    ['a message of a bot', 'MESSAGE_CREATE', { ...message, author: bot }],
    ['a message of a webhook', 'MESSAGE_CREATE', { ...message, webhook_id: '900000000000000008' }],
    ['a resolved preview', 'MESSAGE_UPDATE', { id: MESSAGE, channel_id: CHANNEL, guild_id: GUILD, embeds: [{}] }],
    ['a whole message with a resolved preview', 'MESSAGE_UPDATE', message],
    ['somebody typing', 'TYPING_START', { channel_id: CHANNEL, guild_id: GUILD, user_id: USER, timestamp: 1 }],
  ])('is not kept when it is %s', (_case, name, data) => {
    expect(toEvent(name, data)).toBeUndefined();
  });
});

describe('what a guild lets us keep of a message', () => {
  const mode = (messageContent: 'off' | 'metadata' | 'full') => ({ messageContentOf: () => messageContent });

  it('is neither the content nor the names of files, unless it is everything', () => {
    const event = toEvent('MESSAGE_CREATE', message, mode('metadata'));
    expect(event).toMatchObject({
      data: { content: null, attachments: [{ filename: '', sizeBytes: 12 }], author: { id: USER } },
    });
    expect(JSON.stringify(event)).not.toMatch(/hello|cat\.png/);
    expect(JSON.stringify(toEvent('MESSAGE_UPDATE', edited, mode('metadata')))).not.toContain('hello');
  });

  it.each<[string, unknown]>([
    ['MESSAGE_CREATE', message],
    ['MESSAGE_UPDATE', edited],
  ])('may be nothing: %s', (name, data) => {
    expect(toEvents(name, data, mode('off'))).toEqual([]);
    expect(toEvents(name, data, mode('metadata'))).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['MESSAGE_DELETE', { id: MESSAGE, channel_id: CHANNEL, guild_id: GUILD }],
    ['MESSAGE_DELETE_BULK', { ids: [MESSAGE], channel_id: CHANNEL, guild_id: GUILD }],
  ])('does not outlive its message: %s', (name, data) => {
    expect(toEvents(name, data, mode('off'))).toHaveLength(1);
  });

  it('is never what AutoMod read, whatever the guild lets us keep', () => {
    const event = toEvent('AUTO_MODERATION_ACTION_EXECUTION', execution);
    expect(event).toMatchObject({ data: { matchedKeyword: 'coin*', actionType: 1, messageId: MESSAGE } });
    expect(JSON.stringify(event)).not.toContain('secret');
  });
});

describe('a guild', () => {
  it('is synchronised when READY announced it', () => {
    const announced = new Set([GUILD]);
    const isInitialGuild = (guildId: string) => announced.delete(guildId);
    expect(toEvent('GUILD_CREATE', wholeGuild, { isInitialGuild })?.type).toBe('guild_sync');
    expect(toEvent('GUILD_CREATE', wholeGuild, { isInitialGuild })?.type).toBe('guild_create');
  });

  it('has all its roles, channels and threads', () => {
    expect(toEvent('GUILD_CREATE', wholeGuild)?.data).toMatchObject({
      guild: { id: GUILD, name: 'Pixel Tavern', icon: null, ownerId: USER, preferredLocale: 'en-US' },
      memberCount: 3,
      roles: [{ name: '@everyone', isManaged: false }],
      channels: [
        { id: CHANNEL, isNsfw: true, slowmodeSeconds: 5, overwrites: [{ id: GUILD, type: 'role', deny: '1024' }] },
        { id: thread.id, parentId: CHANNEL },
      ],
    });
  });

  it('tells who is online or in a voice channel, and what is to come', () => {
    const [, voice, events, presences, ...others] = toEvents('GUILD_CREATE', wholeGuild);
    expect(others).toEqual([]);
    expect(voice).toMatchObject({
      type: 'voice_state_list',
      data: { voiceStates: [{ userId: USER, channelId: CHANNEL, isMuted: true, isDeafened: false }] },
    });
    expect(events).toMatchObject({ type: 'scheduled_event_list', data: { scheduledEvents: [{ location: 'Lyon' }] } });
    expect(presences).toMatchObject({
      type: 'presence_chunk',
      data: { after: '0', through: null, presences: [{ userId: USER, status: 'dnd' }] },
    });
    for (const event of [voice, events, presences]) {
      const schema = botEventDataSchemas[event?.type as BotEventType];
      expect(schema.safeParse(event?.data).error).toBeUndefined();
    }
  });

  it('tells who is online in parts that cover all ids between them', () => {
    const ids = Array.from({ length: 2_500 }, (_, index) => String(999_000 + index));
    const presences = ids.toReversed().map((id) => ({ user: { id }, status: 'online' }));
    const parts = toEvents('GUILD_CREATE', { ...wholeGuild, presences })
      .filter(({ type }) => type === 'presence_chunk')
      .map(({ data }) => botEventDataSchemas.presence_chunk.parse(data));
    expect(parts.flatMap((part) => part.presences.map(({ userId }) => userId))).toEqual(ids);
    expect(parts.map(({ after, through }) => [after, through])).toEqual([
      ['0', '999999'],
      ['999999', '1000999'],
      ['1000999', null],
    ]);
  });

  it('that Discord lost in an outage is not deleted', () => {
    expect(toEvent('GUILD_DELETE', { id: GUILD, unavailable: true })).toBeUndefined();
    expect(toEvent('GUILD_CREATE', { id: GUILD, unavailable: true })).toBeUndefined();
  });
});

it('passes over member chunks that somebody else asked for', () => {
  const chunk = { guild_id: GUILD, members: [member], chunk_index: 0, chunk_count: 1 };
  expect(toEvent('GUILD_MEMBERS_CHUNK', chunk)).toBeUndefined();
  expect(toEvent('GUILD_MEMBERS_CHUNK', { ...chunk, nonce: '1234' })).toBeUndefined();
});
