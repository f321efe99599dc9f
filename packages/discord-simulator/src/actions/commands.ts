import { AuditLogEvent } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { CommandRecord, Guild } from '../state/model.js';
import type { CommandPermissionsRecord } from '../state/webhook-records.js';
import type { World } from '../state/world.js';
import { renderCommandPermissions } from '../views/commands.js';
import { writeAuditLog } from './audit-log.js';

interface CommandDraft {
  name: string;
  type: number;
  /** The rest of it, as Discord's JSON has it. */
  definition: Record<string, unknown>;
}

/** Registers a command, or replaces what it was; it keeps its id, and gets another version. */
export function storeCommand(
  world: World,
  command: Pick<CommandRecord, 'id' | 'applicationId' | 'guildId'>,
  draft: CommandDraft,
): CommandRecord {
  const stored: CommandRecord = { ...command, ...draft, version: world.snowflakes.next() };
  world.commands.set(stored.id, stored);
  world.touch();
  return stored;
}

export function deleteCommand(world: World, command: CommandRecord): void {
  world.commands.delete(command.id);
  for (const guild of world.guilds.values())
    guild.commandPermissions = guild.commandPermissions.filter(({ id }) => id !== command.id);
  world.touch();
}

/** Who may use a command in a guild, or those of an application that say nothing of their own. Its bot is told. */
export function setCommandPermissions(
  world: World,
  guild: Guild,
  { record, userId }: { record: CommandPermissionsRecord; userId: string },
): void {
  const before = guild.commandPermissions.find(({ id }) => id === record.id)?.permissions ?? [];
  const others = guild.commandPermissions.filter(({ id }) => id !== record.id);
  guild.commandPermissions = record.permissions.length > 0 ? [...others, record] : others;
  world.touch();
  world.publish({
    name: 'APPLICATION_COMMAND_PERMISSIONS_UPDATE',
    data: renderCommandPermissions(guild.id, record),
    guildId: guild.id,
    intents: intents.none,
    userIds: [record.applicationId],
  });
  const changes = permissionChanges(before, record.permissions);
  if (changes.length === 0) return;
  writeAuditLog(world, guild, {
    actionType: AuditLogEvent.ApplicationCommandPermissionUpdate,
    targetId: record.id,
    changes,
    options: { application_id: record.applicationId },
    by: { userId },
  });
}

/** One change for each entity, under its id. @see https://docs.discord.com/developers/resources/audit-log#audit-log-change-object */
function permissionChanges(
  before: CommandPermissionsRecord['permissions'],
  after: CommandPermissionsRecord['permissions'],
): Record<string, unknown>[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const [old, young] = [before.find((it) => it.id === id), after.find((it) => it.id === id)];
    if (old?.permission === young?.permission) return [];
    return [{ key: id, ...(old ? { old_value: old } : {}), ...(young ? { new_value: young } : {}) }];
  });
}
