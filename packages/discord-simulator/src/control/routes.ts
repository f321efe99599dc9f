import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ImpossibleAction } from '../interactions/person.js';
import { requireLoopback } from '../loopback.js';
import { memberRecord, overwriteRecord, presenceRecord, roleRecord, snowflake } from '../state/model.js';
import type { Control } from './control.js';

const optionValue = z.union([z.string(), z.number(), z.boolean()]);
const inGuild = z.object({ guildId: snowflake });
const ofMember = inGuild.extend({ userId: snowflake });
const ofMessage = z.object({ channelId: snowflake, messageId: snowflake });
const bigintText = z.string().regex(/^\d+$/).transform(BigInt);

/** One action: what it takes, and what it does. */
function action<Schema extends z.ZodType>(schema: Schema, run: (control: Control, input: z.infer<Schema>) => unknown) {
  return (control: Control, body: unknown) => run(control, schema.parse(body ?? {}));
}

/** The TypeScript API over HTTP: `POST /control/<name>` with the arguments as one JSON object. */
const ACTIONS = {
  createGuild: action(
    z.object({
      name: z.string(),
      ownerId: snowflake,
      preferredLocale: z.string().optional(),
      botPermissions: bigintText.optional(),
      withBot: z.boolean().optional(),
    }),
    (control, draft) => {
      const { id, name, ownerId } = control.createGuild(draft);
      return { id, name, ownerId };
    },
  ),
  createUser: action(
    z.object({
      username: z.string(),
      globalName: z.string().nullish(),
      locale: z.string().optional(),
      isBot: z.boolean().optional(),
    }),
    (control, draft) => control.createUser(draft),
  ),
  addMember: action(
    ofMember.extend({ roleIds: memberRecord.shape.roleIds.optional(), nick: z.string().nullish() }),
    (control, { guildId, userId, ...draft }) => control.addMember(guildId, userId, draft),
  ),
  removeMember: action(ofMember, (control, { guildId, userId }) => control.removeMember(guildId, userId)),
  setMemberRoles: action(ofMember.extend({ roleIds: z.array(snowflake) }), (control, { guildId, userId, roleIds }) =>
    control.setMemberRoles(guildId, userId, roleIds),
  ),
  setNickname: action(ofMember.extend({ nick: z.string().nullable() }), (control, { guildId, userId, nick }) =>
    control.setNickname(guildId, userId, nick),
  ),
  ban: action(ofMember.extend({ reason: z.string().optional() }), (control, { guildId, userId, reason }) =>
    control.ban(guildId, userId, reason),
  ),
  unban: action(ofMember, (control, { guildId, userId }) => control.unban(guildId, userId)),
  setPresence: action(
    z.object({ userId: snowflake, status: presenceRecord.shape.status }),
    (control, { userId, status }) => control.setPresence(userId, { status }),
  ),
  createRole: action(
    inGuild.extend({
      name: z.string(),
      permissions: bigintText.optional(),
      color: z.number().optional(),
      position: z.number().optional(),
    }),
    (control, { guildId, ...draft }) => control.createRole(guildId, draft),
  ),
  updateRole: action(
    inGuild.extend({
      roleId: snowflake,
      changes: roleRecord.pick({ name: true, color: true, permissions: true, position: true }).partial(),
    }),
    (control, { guildId, roleId, changes }) =>
      control.updateRole(guildId, roleId, changes as Parameters<Control['updateRole']>[2]),
  ),
  deleteRole: action(inGuild.extend({ roleId: snowflake }), (control, { guildId, roleId }) =>
    control.deleteRole(guildId, roleId),
  ),
  createChannel: action(
    inGuild.extend({ name: z.string(), overwrites: z.array(overwriteRecord).optional() }),
    (control, { guildId, name, overwrites }) =>
      control.createChannel(guildId, { name, ...(overwrites ? { overwrites } : {}) }),
  ),
  deleteChannel: action(z.object({ channelId: snowflake }), (control, { channelId }) =>
    control.deleteChannel(channelId),
  ),
  sendMessage: action(
    z.object({ userId: snowflake, channelId: snowflake, content: z.string(), replyToId: snowflake.optional() }),
    (control, { userId, channelId, content, replyToId }) =>
      control.sendMessage(userId, channelId, content, replyToId ? { replyToId } : {}),
  ),
  editMessage: action(ofMessage.extend({ content: z.string() }), (control, { channelId, messageId, content }) =>
    control.editMessage(channelId, messageId, content),
  ),
  deleteMessage: action(ofMessage, (control, { channelId, messageId }) => control.deleteMessage(channelId, messageId)),
  react: action(
    ofMessage.extend({ userId: snowflake, emoji: z.string() }),
    (control, { userId, channelId, messageId, emoji }) => control.react(userId, channelId, messageId, emoji),
  ),
  runCommand: action(
    z.object({
      userId: snowflake,
      channelId: snowflake,
      name: z.string(),
      options: z.record(z.string(), optionValue).optional(),
      focused: z.string().optional(),
    }),
    (control, use) => control.runCommand(use),
  ),
  pressButton: action(
    ofMessage.extend({ userId: snowflake, customId: z.string(), values: z.array(z.string()).optional() }),
    (control, use) => control.pressButton(use),
  ),
  submitModal: action(
    z.object({
      userId: snowflake,
      channelId: snowflake,
      customId: z.string(),
      fields: z.record(z.string(), z.string()),
      messageId: snowflake.optional(),
    }),
    (control, use) => control.submitModal(use),
  ),
  listSentMessages: action(
    z.object({ guildId: snowflake.optional(), channelId: snowflake.optional() }),
    (control, where) => control.listSentMessages(where),
  ),
  count: action(z.object({ guildId: snowflake.optional() }), (control, where) => control.count(where)),
  snapshot: action(inGuild, (control, { guildId }) => control.snapshot(guildId)),
  guilds: action(z.object({}), (control) =>
    control.guilds().map(({ id, name, ownerId, members, channels }) => ({
      id,
      name,
      ownerId,
      memberCount: members.size,
      channels: [...channels.values()],
    })),
  ),
  users: action(z.object({}), (control) => control.users()),
  burst: action(
    z.object({
      channelIds: z.array(snowflake).min(1),
      messagesPerSecond: z.number().positive().max(20_000),
      count: z.number().int().positive().max(1_000_000),
      prefix: z.string().optional(),
    }),
    (control, request) => control.burst(request),
  ),
  connections: action(z.object({}), (control) => control.connections()),
  dropSockets: action(z.object({ shard: z.number().optional(), code: z.number().optional() }), (control, fault) =>
    control.dropSockets(fault),
  ),
  refuseResumes: action(z.object({ count: z.number() }), (control, { count }) => control.refuseResumes(count)),
  askToReconnect: action(z.object({}), (control) => control.askToReconnect()),
  failRest: action(
    z.object({ status: z.number().optional(), times: z.number(), latencyMs: z.number().optional() }),
    (control, fault) => control.failRest(fault),
  ),
  freeze: action(z.object({ isFrozen: z.boolean().default(true) }), (control, { isFrozen }) =>
    control.freeze(isFrozen),
  ),
};

/** Serves the control API to this machine only. */
export async function serveControl(app: FastifyInstance, control: Control): Promise<void> {
  await app.register(
    async (scope) => {
      scope.addHook('onRequest', requireLoopback);
      scope.setErrorHandler((error, _request, reply) => {
        if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
        if (error instanceof ImpossibleAction) return reply.code(404).send({ error: error.message });
        throw error;
      });
      for (const [name, run] of Object.entries(ACTIONS)) {
        scope.post(`/${name}`, async (request) => (await run(control, request.body)) ?? { ok: true });
      }
    },
    { prefix: '/control' },
  );
}
