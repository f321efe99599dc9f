import type { BotAnswer, BotCommand, BotPong } from '@guildhall/contracts';
import { ShardClientUtil, type Client } from 'discord.js';
import type { ConfigurationReader } from './configuration/configuration-reader.js';
import type { MemberLists } from './discord/member-lists.js';
import { readWholeGuild } from './discord/guild-reader.js';
import type { MemberStage } from './pipeline/member-stage.js';
import type { Outbox } from './pipeline/outbox.js';
import { translateWholeGuild } from './pipeline/translate/guilds.js';
import { envelop } from './pipeline/translate/index.js';

export interface BotCommandParts {
  botId: string;
  client: Client;
  outbox: Outbox;
  memberLists: MemberLists;
  memberStage: MemberStage;
  structure: GuildStructureWatch;
  configuration: Pick<ConfigurationReader, 'refresh'>;
}

/** Counts what Discord said about a guild's roles and channels. */
export interface GuildStructureWatch {
  structureVersion: (guildId: string) => number;
}

const READ_ATTEMPTS = 5;

/** Does what the API asks of the bot. @throws DiscordAPIError, ApiProblem when Discord or the API refuses what it needs */
export async function answerCommand(command: BotCommand, parts: BotCommandParts): Promise<BotAnswer> {
  switch (command.type) {
    case 'ping':
      return { ok: true, result: pong(parts) };
    case 'resync-guild':
      return resyncGuild(command.guildId, parts);
    case 'configuration-changed':
      await parts.configuration.refresh(command.guildId);
      return { ok: true, result: null };
  }
}

function pong({ botId, client, outbox }: BotCommandParts): BotPong {
  const shards = client.ws.shards.map(({ id, ping }) => ({ id, latencyMs: ping }));
  return { botId, shards, outboxDepth: outbox.depth };
}

async function resyncGuild(
  guildId: string,
  { client, outbox, memberLists, memberStage, structure }: BotCommandParts,
): Promise<BotAnswer> {
  const shard = ShardClientUtil.shardIdForGuildId(guildId, client.options.shardCount ?? 1);
  if (!client.ws.shards.has(shard)) return { ok: false, code: 'refused', detail: `shard ${shard} is not served here` };
  const guild = await readUnchanged(guildId, client, structure);
  if (!guild) return { ok: false, code: 'failed', detail: 'the guild changes too fast to be read; try again' };
  memberStage.drop(guildId);
  outbox.append({
    events: [envelop({ type: 'guild_sync', guildId, data: translateWholeGuild(guild) })],
    memberList: { guildId, isWanted: true },
  });
  memberLists.want(shard, guildId);
  return { ok: true, result: null };
}

/**
 * Reads a guild such that no change of it was dispatched meanwhile: that change would precede the older snapshot in the
 * outbox, and be undone by it. Undefined when every attempt met a change.
 */
async function readUnchanged(guildId: string, client: Client, structure: GuildStructureWatch) {
  for (let attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
    const version = structure.structureVersion(guildId);
    const guild = await readWholeGuild(client.rest, guildId);
    if (structure.structureVersion(guildId) === version) return guild;
  }
  return undefined;
}
