import { AuditLogEvent } from 'discord-api-types/v10';
import type { Guild, MemberRecord } from '../state/model.js';
import { timestampOf } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import { type Actor, writeAuditLog } from './audit-log.js';
import { removeMember } from './members.js';

const DAY_MS = 86_400_000;

interface PruneTerms {
  /** Without a sign of life for this long. */
  days: number;
  /** Members may have these roles; any other role keeps them in. */
  roleIds: readonly string[];
}

/**
 * Who would be pruned. Signs of life are joining, writing, being online and being in voice: when somebody was online last, nobody
 * remembers.
 */
export function prunableMembers(world: World, guild: Guild, { days, roleIds }: PruneTerms): MemberRecord[] {
  const sinceMs = world.clock.now() - days * DAY_MS;
  const authors = recentAuthors(world, guild, sinceMs);
  return [...guild.members.values()].filter(
    (member) =>
      member.userId !== guild.ownerId &&
      member.roleIds.every((id) => roleIds.includes(id)) &&
      Date.parse(member.joinedAt) < sinceMs &&
      !authors.has(member.userId) &&
      !guild.voiceStates.has(member.userId) &&
      world.presence(member.userId).status === 'offline',
  );
}

function recentAuthors(world: World, guild: Guild, sinceMs: number): Set<string> {
  const authors = new Set<string>();
  for (const { id } of [...guild.channels.values(), ...guild.threads.values()]) {
    for (const message of world.history(id).all())
      if (timestampOf(message.id) >= sinceMs) authors.add(message.authorId);
  }
  return authors;
}

/** Removes them, under one entry of the audit log. @see https://docs.discord.com/developers/resources/guild#begin-guild-prune */
export function pruneMembers(world: World, guild: Guild, terms: PruneTerms, by: Actor): number {
  const members = prunableMembers(world, guild, terms);
  for (const { userId } of members) removeMember(world, guild, userId);
  const options = { delete_member_days: String(terms.days), members_removed: String(members.length) };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.MemberPrune, targetId: null, options, by });
  return members.length;
}
