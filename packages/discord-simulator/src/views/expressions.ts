import type { EmojiRecord, SoundRecord, StickerRecord } from '../state/guild-records.js';
import type { Guild } from '../state/model.js';

/** @see https://docs.discord.com/developers/resources/emoji#emoji-object */
export function renderEmoji(emoji: EmojiRecord): object {
  return {
    id: emoji.id,
    name: emoji.name,
    roles: emoji.roleIds,
    require_colons: true,
    managed: false,
    animated: emoji.isAnimated,
    available: true,
  };
}

/** Stickers of guilds are of type 2. @see https://docs.discord.com/developers/resources/sticker#sticker-object */
export function renderSticker(guild: Guild, sticker: StickerRecord): object {
  return {
    id: sticker.id,
    name: sticker.name,
    description: sticker.description,
    tags: sticker.tags,
    type: 2,
    format_type: sticker.formatType,
    available: true,
    guild_id: guild.id,
  };
}

/** @see https://docs.discord.com/developers/resources/soundboard#soundboard-sound-object */
export function renderSound(guild: Guild, sound: SoundRecord): object {
  return {
    name: sound.name,
    sound_id: sound.id,
    volume: sound.volume,
    emoji_id: sound.emojiId,
    emoji_name: sound.emojiName,
    guild_id: guild.id,
    available: true,
  };
}
