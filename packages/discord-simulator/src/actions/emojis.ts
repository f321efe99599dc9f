import { AuditLogEvent } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { EmojiRecord } from '../state/guild-records.js';
import type { Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderEmoji } from '../views/expressions.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';

type EmojiDraft = Pick<EmojiRecord, 'name' | 'isAnimated' | 'roleIds'> & { content: Buffer };
type EmojiChanges = { [Key in 'name' | 'roleIds']?: EmojiRecord[Key] | undefined };

/** @see https://docs.discord.com/developers/resources/emoji#create-guild-emoji */
export function createEmoji(world: World, guild: Guild, draft: EmojiDraft, by: Actor): EmojiRecord {
  const emoji = makeEmoji(world, draft, by.userId);
  guild.emojis.push(emoji);
  announceEmojis(world, guild);
  const changes = differences({}, loggedEmoji(emoji));
  writeAuditLog(world, guild, { actionType: AuditLogEvent.EmojiCreate, targetId: emoji.id, changes, by });
  return emoji;
}

export function updateEmoji(
  world: World,
  guild: Guild,
  emoji: EmojiRecord,
  { changes, by }: { changes: EmojiChanges; by: Actor },
): void {
  const before = loggedEmoji(emoji);
  applyEmojiChanges(emoji, changes);
  announceEmojis(world, guild);
  const entry = { targetId: emoji.id, changes: differences(before, loggedEmoji(emoji)), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.EmojiUpdate, ...entry });
}

export function deleteEmoji(world: World, guild: Guild, emoji: EmojiRecord, by: Actor): void {
  guild.emojis = guild.emojis.filter((it) => it !== emoji);
  world.files.remove(`emojis/${emoji.id}`);
  announceEmojis(world, guild);
  const changes = differences(loggedEmoji(emoji), {});
  writeAuditLog(world, guild, { actionType: AuditLogEvent.EmojiDelete, targetId: emoji.id, changes, by });
}

/** An emoji that one application may use everywhere; nobody is told of it. */
export function createApplicationEmoji(world: World, applicationId: string, draft: EmojiDraft): EmojiRecord {
  const emoji = makeEmoji(world, draft, applicationId);
  world.applicationEmojis.set(applicationId, [...(world.applicationEmojis.get(applicationId) ?? []), emoji]);
  world.touch();
  return emoji;
}

export function updateApplicationEmoji(world: World, emoji: EmojiRecord, changes: EmojiChanges): void {
  applyEmojiChanges(emoji, changes);
  world.touch();
}

export function deleteApplicationEmoji(world: World, applicationId: string, emoji: EmojiRecord): void {
  const others = (world.applicationEmojis.get(applicationId) ?? []).filter((it) => it !== emoji);
  world.applicationEmojis.set(applicationId, others);
  world.files.remove(`emojis/${emoji.id}`);
  world.touch();
}

function makeEmoji(world: World, { content, ...draft }: EmojiDraft, creatorId: string): EmojiRecord {
  const emoji = { ...draft, id: world.snowflakes.next(), creatorId };
  world.files.put(`emojis/${emoji.id}`, content);
  return emoji;
}

function applyEmojiChanges(emoji: EmojiRecord, { name = emoji.name, roleIds = emoji.roleIds }: EmojiChanges): void {
  Object.assign(emoji, { name, roleIds });
}

function loggedEmoji({ name, roleIds }: EmojiRecord): object {
  return { name, ...(roleIds.length > 0 ? { roles: roleIds } : {}) };
}

function announceEmojis(world: World, guild: Guild): void {
  world.touch();
  world.publish({
    name: 'GUILD_EMOJIS_UPDATE',
    data: { guild_id: guild.id, emojis: guild.emojis.map(renderEmoji) },
    guildId: guild.id,
    intents: intents.expressions,
  });
}
