import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyRequest } from 'fastify';
import type { Guild } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderUser, userOf } from '../views/users.js';
import { requireBot } from './access.js';
import { missingPermissions } from './errors.js';

const EITHER = Permission.CreateGuildExpressions | Permission.ManageGuildExpressions;

/** Who made an emoji, sticker or sound may change it as long as they may create; for those of others it takes more. */
export function requireMayChange(guild: Guild, request: FastifyRequest, { creatorId }: { creatorId: string }): void {
  const { userId } = requireBot(request);
  const needed = creatorId === userId ? EITHER : Permission.ManageGuildExpressions;
  if (!(guildPermissions(guild, userId) & needed)) throw missingPermissions();
}

/** The `user` of an emoji, sticker or sound: shown to those who may create or manage them. */
export function creatorFor(
  world: World,
  guild: Guild,
  request: FastifyRequest,
  { creatorId }: { creatorId: string },
): { user?: object } {
  const isShown = (guildPermissions(guild, requireBot(request).userId) & EITHER) !== 0n;
  return isShown ? { user: renderUser(userOf(world, creatorId)) } : {};
}
