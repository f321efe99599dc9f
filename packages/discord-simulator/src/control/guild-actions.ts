import { z } from 'zod';
import { memberRecord, overwriteRecord, presenceRecord, roleRecord, snowflake } from '../state/model.js';
import { action, bigintText, inGuild, ofMember } from './action.js';
import type { Control } from './control.js';

const guildDraft = z.object({
  name: z.string(),
  ownerId: snowflake,
  preferredLocale: z.string().optional(),
  botPermissions: bigintText.optional(),
});
const ofRole = ofMember.extend({ roleId: snowflake, byUserId: snowflake.optional() });

/** Guilds, people, roles and channels over HTTP. */
export const guildActions = {
  createGuild: action(guildDraft.extend({ withBot: z.boolean().optional() }), (control, draft) => {
    const { id, name, ownerId } = control.createGuild(draft);
    return { id, name, ownerId };
  }),
  createLargeGuild: action(
    guildDraft.extend({
      memberCount: z.number().int().min(2).max(500_000),
      onlineShare: z.number().min(0).max(1).optional(),
    }),
    async (control, draft) => {
      const { id, name, ownerId } = await control.createLargeGuild(draft);
      return { id, name, ownerId };
    },
  ),
  updateGuild: action(
    inGuild.extend({ name: z.string().optional(), preferredLocale: z.string().optional() }),
    (control, { guildId, ...changes }) => control.updateGuild(guildId, changes),
  ),
  transferOwnership: action(ofMember, (control, { guildId, userId }) => control.transferOwnership(guildId, userId)),
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
  giveRole: action(ofRole, (control, { guildId, userId, roleId, byUserId }) =>
    control.giveRole(guildId, userId, roleId, byUserId),
  ),
  takeRole: action(ofRole, (control, { guildId, userId, roleId, byUserId }) =>
    control.takeRole(guildId, userId, roleId, byUserId),
  ),
  timeOut: action(ofMember.extend({ until: z.coerce.date().nullable() }), (control, { guildId, userId, until }) =>
    control.timeOut(guildId, userId, until),
  ),
  kick: action(
    ofMember.extend({ reason: z.string().optional(), byUserId: snowflake.optional() }),
    (control, { guildId, userId, ...options }) => control.kick(guildId, userId, options),
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
};
