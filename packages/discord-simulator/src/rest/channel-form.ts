import { ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import { type ChannelChanges, isForum } from '../actions/channels.js';
import { type ChannelRecord, type Guild, snowflake } from '../state/model.js';
import type { World } from '../state/world.js';
import { formError, refused } from './errors.js';
import { forumChangesFrom, forumFields } from './forum-form.js';
import { permissionBits } from './overwrites.js';
import { voiceRegionIds } from './voice-regions.js';

/** Channels in a category. */
const MAX_CHILDREN = 50;
/** Characters of a topic; forums have room for their guidelines. */
const TOPIC_LENGTH = 1_024;
const GUIDELINES_LENGTH = 4_096;
/** Bits per second, in guilds without boosts. */
const MAX_BITRATE = 96_000;
const MAX_STAGE_BITRATE = 64_000;
const MAX_USERS = 99;
const MAX_STAGE_USERS = 10_000;

const TYPES: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.GuildVoice,
  ChannelType.GuildCategory,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildStageVoice,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
];
const CONVERTIBLE: readonly ChannelType[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];
const CALLS: readonly ChannelType[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];

export const archiveMinutes = z.union([60, 1_440, 4_320, 10_080].map((minutes) => z.literal(minutes)));
export const slowmodeSeconds = z.number().int().min(0).max(21_600);

const overwriteBody = z.looseObject({
  id: snowflake,
  type: z.union([z.literal(0), z.literal(1)]),
  allow: permissionBits,
  deny: permissionBits,
});

export const channelPatchBody = z.looseObject({
  name: z.string().min(1).max(100).optional(),
  type: z.number().int().nullish(),
  position: z.number().int().min(0).nullish(),
  topic: z.string().max(GUIDELINES_LENGTH).nullish(),
  bitrate: z.number().int().min(8_000).nullish(),
  user_limit: z.number().int().min(0).nullish(),
  rtc_region: z.string().nullish(),
  video_quality_mode: z.number().int().min(1).max(2).nullish(),
  nsfw: z.boolean().nullish(),
  rate_limit_per_user: slowmodeSeconds.nullish(),
  default_auto_archive_duration: archiveMinutes.nullish(),
  default_thread_rate_limit_per_user: slowmodeSeconds.nullish(),
  parent_id: snowflake.nullish(),
  permission_overwrites: z.array(overwriteBody).max(100).nullish(),
  ...forumFields,
});
export const channelCreateBody = channelPatchBody.required({ name: true });

type ChannelForm = z.infer<typeof channelPatchBody>;

interface Place {
  guild: Guild;
  /** Absent for a new one. */
  channel?: ChannelRecord;
}

/** Reads the fields that are there; `null` puts a field back to its default. */
export function channelChangesFrom(world: World, body: ChannelForm, { guild, channel }: Place): ChannelChanges {
  const type = typeOf(body.type, channel);
  requireLimits(type, body);
  const parent = body.parent_id;
  if (parent && parent !== channel?.parentId) requireCategory(guild, parent, channel);
  if (parent && type === ChannelType.GuildCategory) throw wrongParent();
  return {
    ...(body.name === undefined ? {} : { name: nameFor(type, body.name) }),
    ...(channel && type === channel.type ? {} : { type }),
    ...plainChangesFrom(body),
    ...(body.permission_overwrites === undefined
      ? {}
      : {
          overwrites: (body.permission_overwrites ?? []).map(({ id, type, allow, deny }) => ({
            id,
            type,
            allow,
            deny,
          })),
        }),
    ...forumChangesFrom(world, body, { type, channel }),
  };
}

function plainChangesFrom(body: ChannelForm): ChannelChanges {
  const {
    default_auto_archive_duration: defaultAutoArchiveMinutes,
    default_thread_rate_limit_per_user: threadSlowmodeSeconds,
    video_quality_mode: videoQualityMode,
  } = body;
  return {
    ...(typeof body.position === 'number' ? { position: body.position } : {}),
    ...(body.topic === undefined ? {} : { topic: body.topic }),
    ...(typeof body.bitrate === 'number' ? { bitrate: body.bitrate } : {}),
    ...(body.user_limit === undefined ? {} : { userLimit: body.user_limit ?? 0 }),
    ...(body.rtc_region === undefined ? {} : { rtcRegion: body.rtc_region }),
    ...(typeof videoQualityMode === 'number' ? { videoQualityMode } : {}),
    ...(body.nsfw === undefined ? {} : { isNsfw: body.nsfw ?? false }),
    ...(body.rate_limit_per_user === undefined ? {} : { slowmodeSeconds: body.rate_limit_per_user ?? 0 }),
    ...(typeof defaultAutoArchiveMinutes === 'number' ? { defaultAutoArchiveMinutes } : {}),
    ...(typeof threadSlowmodeSeconds === 'number' ? { threadSlowmodeSeconds } : {}),
    ...(body.parent_id === undefined ? {} : { parentId: body.parent_id }),
  };
}

/** What depends on the type of the channel. */
function requireLimits(type: ChannelType, body: ChannelForm): void {
  if (!isForum({ type }) && (body.topic?.length ?? 0) > TOPIC_LENGTH) {
    throw formError(['topic'], 'BASE_TYPE_MAX_LENGTH', `Must be ${TOPIC_LENGTH} or fewer in length.`);
  }
  const isStage = type === ChannelType.GuildStageVoice;
  if ((body.bitrate ?? 0) > (isStage ? MAX_STAGE_BITRATE : MAX_BITRATE)) throw refused.tooHighBitrate();
  const maxUsers = isStage ? MAX_STAGE_USERS : MAX_USERS;
  if ((body.user_limit ?? 0) > maxUsers) {
    throw formError(['user_limit'], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${maxUsers}.`);
  }
  if (typeof body.rtc_region === 'string' && !(CALLS.includes(type) && voiceRegionIds.includes(body.rtc_region))) {
    throw formError(['rtc_region'], 'BASE_TYPE_CHOICES', `Value must be one of {${voiceRegionIds.join(', ')}}.`);
  }
}

/** A channel keeps its type, but for text and announcement, which may become each other. */
function typeOf(wanted: number | null | undefined, channel: ChannelRecord | undefined): ChannelType {
  const current: ChannelType = channel?.type ?? ChannelType.GuildText;
  if (wanted === null || wanted === undefined || wanted === current) return current;
  const type = TYPES.find((it) => it === wanted);
  if (type === undefined || (channel && !(CONVERTIBLE.includes(current) && CONVERTIBLE.includes(type)))) {
    throw formError(['type'], 'BASE_TYPE_CHOICES', 'This channel cannot be changed to that type.');
  }
  return type;
}

/** Only what is spoken in, and categories, keep capitals and spaces. */
function nameFor(type: ChannelType, name: string): string {
  const keepsName = type === ChannelType.GuildCategory || CALLS.includes(type);
  return keepsName ? name : name.trim().toLowerCase().replaceAll(/\s+/g, '-');
}

/** @throws DiscordError 50035 for what is no category, or is full */
export function requireCategory(guild: Guild, parentId: string, channel?: ChannelRecord): void {
  const parent = guild.channels.get(parentId);
  if (!parent) throw formError(['parent_id'], 'CHANNEL_PARENT_INVALID', 'Category does not exist');
  if (parent.type !== ChannelType.GuildCategory || channel?.type === ChannelType.GuildCategory) throw wrongParent();
  const children = [...guild.channels.values()].filter((it) => it.parentId === parentId && it !== channel);
  if (children.length < MAX_CHILDREN) return;
  const code = 'CHANNEL_PARENT_MAX_CHANNELS';
  throw formError(['parent_id'], code, `Maximum number of channels in category reached (${MAX_CHILDREN})`);
}

const wrongParent = () => formError(['parent_id'], 'CHANNEL_PARENT_INVALID_TYPE', 'Not a category');
