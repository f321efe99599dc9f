import { AuditLogEvent } from 'discord-api-types/v10';
import { type DispatchName, intents } from '../state/dispatch.js';
import type { SoundRecord } from '../state/guild-records.js';
import type { ChannelRecord, Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderSound } from '../views/expressions.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';

type SoundSettings = Pick<SoundRecord, 'name' | 'volume' | 'emojiId' | 'emojiName'>;
type SoundDraft = SoundSettings & { content: Buffer };

/** @see https://docs.discord.com/developers/resources/soundboard#create-guild-soundboard-sound */
export function createSound(world: World, guild: Guild, draft: SoundDraft, by: Actor): SoundRecord {
  const { content, ...rest } = draft;
  const sound = { ...rest, id: world.snowflakes.next(), creatorId: by.userId };
  world.files.put(`soundboard-sounds/${sound.id}`, content);
  guild.sounds.push(sound);
  publishSound(world, guild, sound, 'GUILD_SOUNDBOARD_SOUND_CREATE');
  const changes = differences({}, renderSound(guild, sound));
  writeAuditLog(world, guild, { actionType: AuditLogEvent.SoundboardSoundCreate, targetId: sound.id, changes, by });
  return sound;
}

export function updateSound(
  world: World,
  guild: Guild,
  sound: SoundRecord,
  { changes, by }: { changes: Partial<SoundSettings>; by: Actor },
): void {
  const before = renderSound(guild, sound);
  Object.assign(sound, changes);
  publishSound(world, guild, sound, 'GUILD_SOUNDBOARD_SOUND_UPDATE');
  const entry = { targetId: sound.id, changes: differences(before, renderSound(guild, sound)), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.SoundboardSoundUpdate, ...entry });
}

export function deleteSound(world: World, guild: Guild, sound: SoundRecord, by: Actor): void {
  guild.sounds = guild.sounds.filter((it) => it !== sound);
  world.files.remove(`soundboard-sounds/${sound.id}`);
  publishSound(world, guild, sound, 'GUILD_SOUNDBOARD_SOUND_DELETE');
  const changes = differences(renderSound(guild, sound), {});
  writeAuditLog(world, guild, { actionType: AuditLogEvent.SoundboardSoundDelete, targetId: sound.id, changes, by });
}

function publishSound(
  world: World,
  guild: Guild,
  sound: SoundRecord,
  name: Extract<DispatchName, `GUILD_SOUNDBOARD_${string}`>,
): void {
  world.touch();
  const isGone = name === 'GUILD_SOUNDBOARD_SOUND_DELETE';
  const data = isGone ? { sound_id: sound.id, guild_id: guild.id } : renderSound(guild, sound);
  world.publish({ name, data, guildId: guild.id, intents: intents.expressions });
}

/** Those in the voice channel hear a sound. @see https://docs.discord.com/developers/events/gateway-events#voice-channel-effect-send */
export function playSound(
  world: World,
  channel: ChannelRecord,
  { userId, soundId, volume }: { userId: string; soundId: string; volume: number },
): void {
  const where = { channel_id: channel.id, guild_id: channel.guildId };
  world.publish({
    name: 'VOICE_CHANNEL_EFFECT_SEND',
    data: { ...where, user_id: userId, emoji: null, sound_id: soundId, sound_volume: volume },
    guildId: channel.guildId,
    channelId: channel.id,
    intents: intents.voiceStates,
  });
}
