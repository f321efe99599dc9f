import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type ChannelChanges, updateChannel } from '../actions/channels.js';
import type { SimulatorContext } from '../context.js';
import { type ChannelRecord, type Guild, snowflake } from '../state/model.js';
import { actorOf, requireGuildPermission } from './access.js';
import { requireCategory } from './channel-form.js';
import { formError, parseForm, refused } from './errors.js';

const moveBody = z.looseObject({
  id: snowflake,
  position: z.number().int().min(0).nullish(),
  parent_id: snowflake.nullish(),
  lock_permissions: z.boolean().nullish(),
});

type Move = z.infer<typeof moveBody>;

/** @see https://docs.discord.com/developers/resources/guild#modify-guild-channel-positions */
export function channelPositionRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.patch('/guilds/:guildId/channels', (request, reply) => {
    const guild = requireGuildPermission(world, request, Permission.ManageChannels);
    const moves = parseForm(z.array(moveBody), request.body).map((move, index) => {
      const channel = guild.channels.get(move.id);
      if (!channel) throw formError([index, 'id'], 'CHANNEL_NOT_IN_GUILD', 'This channel is not in this server.');
      const isMoved = move.parent_id !== undefined && move.parent_id !== channel.parentId;
      if (isMoved && move.parent_id) requireCategory(guild, move.parent_id, channel);
      return { channel, isMoved, changes: changesFrom(guild, move, channel) };
    });
    if (moves.filter(({ isMoved }) => isMoved).length > 1) throw refused.oneParentAtATime();
    for (const { channel, changes } of moves) {
      // A new place alone is nothing Discord writes down.
      const by = changes.overwrites || changes.parentId !== undefined ? actorOf(request) : undefined;
      updateChannel(world, channel, changes, by);
    }
    return reply.code(204).send();
  });
}

function changesFrom(guild: Guild, move: Move, channel: ChannelRecord): ChannelChanges {
  const parentId = move.parent_id === undefined ? channel.parentId : move.parent_id;
  const parent = guild.channels.get(parentId ?? '');
  return {
    ...(typeof move.position === 'number' ? { position: move.position } : {}),
    ...(move.parent_id === undefined ? {} : { parentId: move.parent_id }),
    // The overwrites of the category take the place of its own.
    ...(move.lock_permissions && parent ? { overwrites: parent.overwrites.map((it) => ({ ...it })) } : {}),
  };
}
