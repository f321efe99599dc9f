import { MessageFlags } from 'discord-api-types/v10';
import type { z } from 'zod';
import { openPoll } from '../actions/polls.js';
import type { ChannelRecord, MessageRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { keptComponents, requireLayout } from './component-rules.js';
import { keptEmbed } from './embed-schemas.js';
import { formError, refused, refuseUnserved } from './errors.js';
import { allowedMentionsFrom } from './mention-schemas.js';
import { pollDraftFrom } from './poll-schemas.js';
import type { messageCreateBody, messageEditBody } from './schemas.js';

type CreateBody = z.infer<typeof messageCreateBody>;
type EditBody = z.infer<typeof messageEditBody>;

/** What an edit cannot take off a message. */
const LASTING_FLAGS = ~MessageFlags.SuppressEmbeds;

/** What a bot may set on a message it sends. @see https://docs.discord.com/developers/resources/message#create-message */
const SETTABLE_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsVoiceMessage |
  MessageFlags.IsComponentsV2;

/** @throws DiscordError 50006 for a message that says nothing */
export function requireSubstance(
  body: Partial<Pick<CreateBody, 'content' | 'embeds' | 'components' | 'sticker_ids' | 'poll'>>,
  uploads: readonly unknown[] = [],
): void {
  const { content, embeds, components, sticker_ids: stickers } = body;
  const isEmpty = [embeds, components, stickers, uploads].every((part) => (part ?? []).length === 0);
  if (isEmpty && !content?.trim() && !body.poll) throw refused.emptyMessage();
}

/** @throws DiscordError 50035 for flags that only Discord sets */
export function requireSettableFlags({ flags }: Pick<CreateBody, 'flags'>): void {
  if ((flags ?? 0) & ~SETTABLE_FLAGS) throw formError(['flags'], 'BASE_TYPE_BAD_VALUE', 'These flags cannot be set.');
}

/** Translates a validated body into what the world stores, but for its files and what it refers to. */
export function draftFrom(world: World, channel: ChannelRecord, body: CreateBody) {
  refuseUnserved(body, ['shared_client_theme']);
  return {
    ...changesFrom(body),
    nonce: body.nonce,
    isTts: body.tts ?? undefined,
    stickers: stickersFrom(world, channel, body.sticker_ids ?? []),
    poll: body.poll ? openPoll(world, pollDraftFrom(body.poll)) : undefined,
  };
}

/** Bots send stickers of the guild they write in. @throws DiscordError 50081 */
function stickersFrom(
  world: World,
  { guildId }: ChannelRecord,
  ids: readonly string[],
): NonNullable<MessageRecord['stickers']> {
  return ids.map((wanted) => {
    const sticker = world.guilds.get(guildId ?? '')?.stickers.find(({ id }) => id === wanted);
    if (!sticker) throw refused.sticker();
    return { id: sticker.id, name: sticker.name, formatType: sticker.formatType };
  });
}

/** `null` clears a part, an absent one stays as it is. @param standing the message that is edited */
export function changesFrom(body: EditBody, standing?: MessageRecord) {
  requireLayout(body, standing);
  return {
    content: body.content === null ? '' : body.content?.trim(),
    embeds: body.embeds === null ? [] : body.embeds?.map(keptEmbed),
    components: body.components === null ? [] : body.components && keptComponents(body.components),
    flags: typeof body.flags === 'number' ? flagsFrom(body.flags, standing) : undefined,
    allowedMentions: allowedMentionsFrom(body.allowed_mentions),
  };
}

/** On an edit, what cannot be changed is ignored; Components V2 come and never go. */
function flagsFrom(flags: number, standing: MessageRecord | undefined): number {
  if (!standing) return flags;
  return (standing.flags & LASTING_FLAGS) | (flags & (MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2));
}
