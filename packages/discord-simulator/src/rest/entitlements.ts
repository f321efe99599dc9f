import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { consumeEntitlement, createEntitlement, deleteEntitlement } from '../actions/entitlements.js';
import type { SimulatorContext } from '../context.js';
import { type EntitlementRecord, snowflake } from '../state/model.js';
import { compareSnowflakes } from '../state/snowflake.js';
import { renderEntitlement } from '../views/entitlements.js';
import { requireOwnApplication, requirePerson } from './access.js';
import { parseForm, unknown } from './errors.js';

const FOR_GUILD = 1;

const createBody = z.looseObject({
  sku_id: snowflake,
  owner_id: snowflake,
  owner_type: z.union([z.literal(FOR_GUILD), z.literal(2)]),
});

const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .default(false);
const idList = z
  .union([z.string(), z.array(z.string())])
  .transform((ids) => [ids].flat().flatMap((list) => list.split(',')))
  .pipe(z.array(snowflake).max(100))
  .optional();
const listQuery = z.looseObject({
  user_id: snowflake.optional(),
  guild_id: snowflake.optional(),
  sku_ids: idList,
  before: snowflake.optional(),
  after: snowflake.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(100),
  exclude_deleted: flag.prefault('true'),
});
const ownQuery = z.looseObject({ sku_ids: idList, exclude_consumed: flag.prefault('true') });

const PATH = '/applications/:applicationId/entitlements';

/** Test entitlements. There is no shop: any id stands for a SKU. @see https://docs.discord.com/developers/resources/entitlement */
export function entitlementRoutes(app: FastifyInstance, { world }: SimulatorContext): void {
  const ofApplication = (applicationId: string) =>
    [...world.entitlements.values()].filter((it) => it.applicationId === applicationId);

  app.get(PATH, (request) => {
    const { id } = requireOwnApplication(world, request);
    const { user_id, guild_id, sku_ids, before, after, limit, exclude_deleted } = parseForm(listQuery, request.query);
    const found = ofApplication(id)
      .filter((it) => user_id === undefined || (it.userId === user_id && it.guildId === null))
      .filter((it) => guild_id === undefined || it.guildId === guild_id)
      .filter((it) => sku_ids === undefined || sku_ids.includes(it.skuId))
      .filter((it) => !exclude_deleted || !it.isDeleted)
      .filter((it) => before === undefined || compareSnowflakes(it.id, before) < 0)
      .filter((it) => after === undefined || compareSnowflakes(it.id, after) > 0);
    return (after === undefined ? found.slice(-limit) : found.slice(0, limit)).map(renderEntitlement);
  });

  app.get(`${PATH}/:entitlementId`, (request) => renderEntitlement(requireEntitlement(request)));

  app.post(PATH, (request) => {
    const { id } = requireOwnApplication(world, request);
    const { sku_id, owner_id, owner_type } = parseForm(createBody, request.body);
    const isForGuild = owner_type === FOR_GUILD;
    if (isForGuild && !world.guilds.has(owner_id)) throw unknown.guild();
    if (!isForGuild && !world.users.has(owner_id)) throw unknown.user();
    const owner = isForGuild ? { userId: id, guildId: owner_id } : { userId: owner_id, guildId: null };
    return renderEntitlement(createEntitlement(world, { applicationId: id, skuId: sku_id, ...owner }));
  });

  app.post(`${PATH}/:entitlementId/consume`, (request, reply) => {
    consumeEntitlement(world, requireEntitlement(request));
    return reply.code(204).send();
  });

  app.delete(`${PATH}/:entitlementId`, (request, reply) => {
    deleteEntitlement(world, requireEntitlement(request));
    return reply.code(204).send();
  });

  app.get('/users/@me/applications/:applicationId/entitlements', (request) => {
    const { userId, application } = requirePerson(world, request);
    const { sku_ids, exclude_consumed } = parseForm(ownQuery, request.query);
    return ofApplication(application.id)
      .filter((it) => it.userId === userId && it.guildId === null && !it.isDeleted)
      .filter((it) => sku_ids === undefined || sku_ids.includes(it.skuId))
      .filter((it) => !exclude_consumed || !it.isConsumed)
      .map(renderEntitlement);
  });

  function requireEntitlement(request: FastifyRequest): EntitlementRecord {
    const application = requireOwnApplication(world, request);
    const entitlement = world.entitlements.get((request.params as { entitlementId: string }).entitlementId);
    if (entitlement?.applicationId !== application.id || entitlement.isDeleted) throw unknown.entitlement();
    return entitlement;
  }
}
