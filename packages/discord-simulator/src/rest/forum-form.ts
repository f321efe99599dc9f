import { ChannelFlags, ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import { isForum } from '../actions/channels.js';
import { type ChannelRecord, type ForumRecord, snowflake } from '../state/model.js';
import type { World } from '../state/world.js';
import { formError, refused } from './errors.js';

/** @see https://docs.discord.com/developers/resources/channel#forum-tag-object */
const tagBody = z.looseObject({
  id: snowflake.nullish(),
  name: z.string().min(1).max(50),
  emoji_id: snowflake.nullish(),
  emoji_name: z.string().max(100).nullish(),
  moderated: z.boolean().nullish(),
});

/** The part of a channel's form that forum and media channels have. */
export const forumFields = {
  available_tags: z.array(tagBody).max(20).nullish(),
  default_reaction_emoji: z
    .looseObject({ emoji_id: snowflake.nullish(), emoji_name: z.string().max(100).nullish() })
    .nullish(),
  default_sort_order: z.number().int().min(0).max(1).nullish(),
  default_forum_layout: z.number().int().min(0).max(2).nullish(),
  default_tag_setting: z.enum(['match_all', 'match_some']).nullish(),
  flags: z.number().int().nonnegative().nullish(),
};

type ForumForm = z.infer<z.ZodObject<typeof forumFields>>;

/** What may be set by a client; both belong to forums. */
const FORUM_FLAGS = ChannelFlags.RequireTag | ChannelFlags.HideMediaDownloadOptions;

/**
 * Reads what a form says about a forum.
 * @throws DiscordError 50035 for another type of channel, 40061 for two tags of one name, 40066 where a tag is required and nobody can set one
 */
export function forumChangesFrom(
  world: World,
  body: ForumForm,
  { type, channel }: { type: ChannelType; channel: ChannelRecord | undefined },
): Partial<Pick<ChannelRecord, 'forum' | 'flags'>> {
  const given = Object.keys(forumFields).filter(
    (key) => ![undefined, null].includes((body as Record<string, null>)[key]),
  );
  if (given.length === 0) return {};
  if (!isForum({ type })) {
    throw formError([given[0] ?? ''], 'BASE_TYPE_BAD_VALUE', 'This field is for forum and media channels.');
  }
  const before = channel?.forum;
  const forum: ForumRecord = {
    tags: body.available_tags ? tagsFrom(world, body.available_tags, before) : (before?.tags ?? []),
    defaultReaction: reactionFrom(body, before),
    sortOrder: body.default_sort_order ?? before?.sortOrder ?? null,
    layout: layoutFrom(body, type, before),
    tagSetting: body.default_tag_setting ?? before?.tagSetting ?? 'match_some',
  };
  const flags = body.flags ?? channel?.flags ?? 0;
  requireFlags(flags, type);
  const isLocked = forum.tags.length > 0 && forum.tags.every((tag) => tag.isModerated);
  if (flags & ChannelFlags.RequireTag && isLocked) throw refused.noOpenTags();
  return { forum, flags };
}

function tagsFrom(world: World, tags: z.infer<typeof tagBody>[], before: ForumRecord | undefined): ForumRecord['tags'] {
  if (new Set(tags.map((tag) => tag.name)).size < tags.length) throw refused.equalTagNames();
  return tags.map((tag, index) => {
    const known = before?.tags.find(({ id }) => id === tag.id);
    if (tag.id && !known) throw refused.unknownTag();
    if (tag.emoji_id && tag.emoji_name) {
      throw formError(['available_tags', index], 'BASE_TYPE_BAD_VALUE', 'An emoji has an id or a name.');
    }
    return {
      id: known?.id ?? world.snowflakes.next(),
      name: tag.name,
      isModerated: tag.moderated ?? known?.isModerated ?? false,
      emojiId: tag.emoji_id ?? null,
      emojiName: tag.emoji_name ?? null,
    };
  });
}

function reactionFrom({ default_reaction_emoji: emoji }: ForumForm, before: ForumRecord | undefined) {
  if (emoji === undefined) return before?.defaultReaction ?? null;
  if (!emoji?.emoji_id && !emoji?.emoji_name) return null;
  return { emojiId: emoji.emoji_id ?? null, emojiName: emoji.emoji_name ?? null };
}

/** Media channels have no layout to choose. */
function layoutFrom({ default_forum_layout: layout }: ForumForm, type: ChannelType, before: ForumRecord | undefined) {
  if (typeof layout === 'number' && type === ChannelType.GuildMedia) {
    throw formError(['default_forum_layout'], 'BASE_TYPE_BAD_VALUE', 'Media channels have no layout.');
  }
  return layout ?? before?.layout ?? 0;
}

function requireFlags(flags: number, type: ChannelType): void {
  const allowed = type === ChannelType.GuildMedia ? FORUM_FLAGS : ChannelFlags.RequireTag;
  if (flags & ~allowed) throw formError(['flags'], 'BASE_TYPE_BAD_VALUE', 'Invalid flags.');
}
