import { AuditLogEvent } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { StickerRecord } from '../state/guild-records.js';
import type { Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderSticker } from '../views/expressions.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';

type StickerText = Pick<StickerRecord, 'name' | 'description' | 'tags'>;
type StickerDraft = StickerText & { formatType: number; content: Buffer };
type StickerChanges = { [Key in keyof StickerText]?: string | undefined };

/** @see https://docs.discord.com/developers/resources/sticker#create-guild-sticker */
export function createSticker(world: World, guild: Guild, draft: StickerDraft, by: Actor): StickerRecord {
  const { content, ...rest } = draft;
  const sticker = { ...rest, id: world.snowflakes.next(), creatorId: by.userId };
  world.files.put(`stickers/${sticker.id}`, content);
  guild.stickers.push(sticker);
  announceStickers(world, guild);
  const changes = differences({}, renderSticker(guild, sticker));
  writeAuditLog(world, guild, { actionType: AuditLogEvent.StickerCreate, targetId: sticker.id, changes, by });
  return sticker;
}

export function updateSticker(
  world: World,
  guild: Guild,
  sticker: StickerRecord,
  { changes, by }: { changes: StickerChanges; by: Actor },
): void {
  const before = renderSticker(guild, sticker);
  const { name = sticker.name, description = sticker.description, tags = sticker.tags } = changes;
  Object.assign(sticker, { name, description, tags });
  announceStickers(world, guild);
  const entry = { targetId: sticker.id, changes: differences(before, renderSticker(guild, sticker)), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.StickerUpdate, ...entry });
}

export function deleteSticker(world: World, guild: Guild, sticker: StickerRecord, by: Actor): void {
  guild.stickers = guild.stickers.filter((it) => it !== sticker);
  world.files.remove(`stickers/${sticker.id}`);
  announceStickers(world, guild);
  const changes = differences(renderSticker(guild, sticker), {});
  writeAuditLog(world, guild, { actionType: AuditLogEvent.StickerDelete, targetId: sticker.id, changes, by });
}

function announceStickers(world: World, guild: Guild): void {
  world.touch();
  world.publish({
    name: 'GUILD_STICKERS_UPDATE',
    data: { guild_id: guild.id, stickers: guild.stickers.map((sticker) => renderSticker(guild, sticker)) },
    guildId: guild.id,
    intents: intents.expressions,
  });
}
