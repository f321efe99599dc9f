import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { removeOverwrite, setOverwrite } from '../actions/channels.js';
import type { SimulatorContext } from '../context.js';
import type { Guild, OverwriteRecord } from '../state/model.js';
import { ALL_PERMISSIONS, guildPermissions } from '../state/permissions.js';
import { actorOf, requireBot, requireChannel } from './access.js';
import { missingPermissions, parseForm, refused, unknown } from './errors.js';

/** Permissions travel as decimal strings, or as numbers from clients that still send them so; kept as strings. */
export const permissionBits = z
  .union([z.string().regex(/^\d{1,20}$/), z.number().int().nonnegative()])
  .nullish()
  .transform((bits) => (BigInt(bits ?? 0) & ALL_PERMISSIONS).toString());

const overwriteBody = z.looseObject({
  type: z.union([z.literal(0), z.literal(1)]),
  allow: permissionBits,
  deny: permissionBits,
});

const PATH = '/channels/:channelId/permissions/:overwriteId';

/** @see https://docs.discord.com/developers/resources/channel#edit-channel-permissions */
export function overwriteRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const place = (request: FastifyRequest) => {
    const channel = requireChannel(world, request, Permission.ManageRoles);
    const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
    if (!guild || channel.thread) throw refused.channelType();
    return { channel, guild, id: (request.params as { overwriteId: string }).overwriteId };
  };

  app.put(PATH, (request, reply) => {
    const { channel, guild, id } = place(request);
    const { type, allow, deny } = parseForm(overwriteBody, request.body);
    if (type === 0 && !guild.roles.has(id)) throw unknown.role();
    if (type === 1 && !world.users.has(id)) throw unknown.user();
    const overwrite = { id, type, allow, deny };
    requireGrantable(guild, request, [overwrite]);
    setOverwrite(world, channel, overwrite, actorOf(request));
    return reply.code(204).send();
  });

  app.delete(PATH, (request, reply) => {
    const { channel, id } = place(request);
    const overwrite = channel.overwrites.find((it) => it.id === id);
    if (!overwrite) throw unknown.overwrite();
    removeOverwrite(world, channel, overwrite, actorOf(request));
    return reply.code(204).send();
  });
}

/** Nobody allows or denies what they do not hold themselves. @throws DiscordError 50013 */
export function requireGrantable(
  guild: Guild,
  request: FastifyRequest,
  overwrites: readonly Pick<OverwriteRecord, 'allow' | 'deny'>[],
): void {
  const held = guildPermissions(guild, requireBot(request).userId);
  if (overwrites.some(({ allow, deny }) => (BigInt(allow) | BigInt(deny)) & ~held)) throw missingPermissions();
}
