import { createEmoji, deleteEmoji } from '../actions/emojis.js';
import { createSticker } from '../actions/stickers.js';
import { createSound } from '../actions/soundboard.js';
import { plainPng } from '../media/png.js';
import type { EmojiRecord, SoundRecord, StickerRecord } from '../state/guild-records.js';
import { GuildControl } from './guild-control.js';
import { found } from './lookups.js';

/** Pixels of a sticker that nobody drew. */
const STICKER_SIZE = { width: 320, height: 320 };
const EMOJI_SIZE = { width: 128, height: 128 };
const COLOR = 0x58_65_f2;

interface Naming {
  name: string;
  /** The file; something plain, if absent. */
  content?: Buffer | undefined;
  /** Who makes it: the owner, if absent. */
  byUserId?: string | undefined;
}

/** People give their guild emojis, stickers and sounds. */
export class ExpressionControl extends GuildControl {
  createEmoji(guildId: string, draft: Naming & { isAnimated?: boolean; roleIds?: string[] }): EmojiRecord {
    const guild = this.guild(guildId);
    const { name, content = plainPng(EMOJI_SIZE, COLOR), isAnimated = false, roleIds = [] } = draft;
    const by = this.actor(guild, draft.byUserId);
    return createEmoji(this.world, guild, { name, content, isAnimated, roleIds }, by);
  }

  deleteEmoji(guildId: string, emojiId: string): void {
    const guild = this.guild(guildId);
    const emoji = found(
      guild.emojis.find((it) => it.id === emojiId),
      'emoji',
    );
    deleteEmoji(this.world, guild, emoji, this.actor(guild, undefined));
  }

  createSticker(guildId: string, draft: Naming & { tags?: string; description?: string }): StickerRecord {
    const guild = this.guild(guildId);
    const { name, content = plainPng(STICKER_SIZE, COLOR), tags = name, description = '' } = draft;
    const by = this.actor(guild, draft.byUserId);
    return createSticker(this.world, guild, { name, content, tags, description, formatType: 1 }, by);
  }

  createSound(guildId: string, { name, content = Buffer.alloc(0), byUserId }: Naming): SoundRecord {
    const guild = this.guild(guildId);
    const draft = { name, content, volume: 1, emojiId: null, emojiName: null };
    return createSound(this.world, guild, draft, this.actor(guild, byUserId));
  }
}
