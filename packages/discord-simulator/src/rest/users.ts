import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { directChannel } from '../actions/channels.js';
import { removeMember } from '../actions/members.js';
import { updateUser } from '../actions/users.js';
import type { SimulatorContext } from '../context.js';
import { snowflake } from '../state/model.js';
import { compareSnowflakes } from '../state/snowflake.js';
import { renderChannel } from '../views/guilds.js';
import { renderMember, renderMyGuild, renderSelf, renderUser, userOf } from '../views/users.js';
import { requireBot, requireScope } from './access.js';
import { parseForm, refused, unknown } from './errors.js';
import { IMAGE_BODY_BYTES, parseImageChange } from './images.js';
import { directChannelBody } from './schemas.js';

const userPatchBody = z.looseObject({
  username: z.string().min(2).max(32).optional(),
  avatar: z.string().nullish(),
  banner: z.string().nullish(),
});
const guildsQuery = z.looseObject({
  before: snowflake.optional(),
  after: snowflake.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(200),
  with_counts: z.enum(['true', 'false']).default('false'),
});

/** @see https://docs.discord.com/developers/resources/user */
export function userRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  app.get('/users/@me', (request) => {
    const caller = requireScope(request, 'identify');
    return renderSelf(userOf(world, caller.userId), caller.kind === 'bot' || caller.grant.scopes.includes('email'));
  });

  app.patch('/users/@me', { bodyLimit: IMAGE_BODY_BYTES }, (request) => {
    const user = userOf(world, requireBot(request).userId);
    const body = parseForm(userPatchBody, request.body);
    const avatar = parseImageChange('avatar', body.avatar);
    const banner = parseImageChange('banner', body.banner);
    if (avatar) world.files.put(`avatars/${user.id}/${avatar.hash}`, avatar.content);
    if (banner) world.files.put(`banners/${user.id}/${banner.hash}`, banner.content);
    updateUser(world, user, {
      ...(body.username === undefined ? {} : { username: body.username }),
      ...(avatar === undefined ? {} : { avatar: avatar?.hash ?? null }),
      ...(banner === undefined ? {} : { banner: banner?.hash ?? null }),
    });
    return renderSelf(user, true);
  });

  // People of this Discord have no accounts elsewhere.
  app.get('/users/@me/connections', (request) => {
    requireScope(request, 'connections');
    return [];
  });

  app.delete('/users/@me/guilds/:guildId', (request, reply) => {
    const { userId } = requireBot(request);
    const guild = world.guilds.get((request.params as { guildId: string }).guildId);
    if (!guild?.members.has(userId)) throw unknown.guild();
    if (guild.ownerId === userId) throw refused.ownGuild();
    removeMember(world, guild, userId);
    return reply.code(204).send();
  });

  app.get('/users/@me/guilds', (request) => {
    const { userId } = requireScope(request, 'guilds');
    const { before, after, limit, with_counts } = parseForm(guildsQuery, request.query);
    const found = world
      .guildsOf(userId)
      .filter(({ id }) => before === undefined || compareSnowflakes(id, before) < 0)
      .filter(({ id }) => after === undefined || compareSnowflakes(id, after) > 0)
      .sort((left, right) => compareSnowflakes(left.id, right.id));
    const page = before !== undefined && after === undefined ? found.slice(-limit) : found.slice(0, limit);
    return page.map((guild) => renderMyGuild(guild, userId, with_counts === 'true'));
  });

  app.get('/users/@me/guilds/:guildId/member', (request) => {
    const { userId } = requireScope(request, 'guilds.members.read');
    const member = world.member((request.params as { guildId: string }).guildId, userId);
    if (!member) throw unknown.guild();
    return renderMember(world, member);
  });

  app.get('/users/:userId', (request) => {
    requireBot(request);
    const user = world.users.get((request.params as { userId: string }).userId);
    if (!user) throw unknown.user();
    return renderUser(user);
  });

  app.post('/users/@me/channels', (request) => {
    const { userId } = requireBot(request);
    const { recipient_id } = parseForm(directChannelBody, request.body);
    const recipient = world.users.get(recipient_id);
    if (!recipient) throw unknown.user();
    if (recipient.isBot) throw refused.directMessage();
    return renderChannel(world, directChannel(world, userId, recipient.id));
  });
}
