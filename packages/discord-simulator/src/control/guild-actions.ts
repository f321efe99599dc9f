import { z } from 'zod';
import { channelRecord } from '../state/channel-records.js';
import { memberRecord, presenceRecord, roleRecord, snowflake } from '../state/model.js';
import { action, bigintText, given, inGuild, ofMember } from './action.js';
import type { Control } from './control.js';

const guildDraft = z.object({
  name: z.string(),
  ownerId: snowflake,
  preferredLocale: z.string().optional(),
  botPermissions: bigintText.optional(),
});
const ofRole = ofMember.extend({ roleId: snowflake, byUserId: snowflake.optional() });

const channelSettings = channelRecord
  .pick({ topic: true, parentId: true, isNsfw: true, slowmodeSeconds: true, overwrites: true, userLimit: true })
  .partial().shape;

/** Guilds, people, roles and channels over HTTP. */
export const guildActions = {
  createGuild: action(
    guildDraft
      .extend({ withBot: z.boolean().optional() })
      .describe("Makes a guild with its owner, and with the first application's bot unless withBot is false."),
    (control, draft) => {
      const { id, name, ownerId } = control.createGuild(draft);
      return { id, name, ownerId };
    },
  ),
  createLargeGuild: action(
    guildDraft
      .extend({
        memberCount: z.number().int().min(2).max(500_000),
        onlineShare: z.number().min(0).max(1).optional(),
      })
      .describe('Makes a guild of numbered people, up to memberCount of them.'),
    async (control, draft) => {
      const { id, name, ownerId } = await control.createLargeGuild(draft);
      return { id, name, ownerId };
    },
  ),
  updateGuild: action(
    inGuild
      .extend({ name: z.string().optional(), preferredLocale: z.string().optional() })
      .describe('Changes the name or the language of a guild.'),
    (control, { guildId, ...changes }) => control.updateGuild(guildId, changes),
  ),
  transferOwnership: action(
    ofMember.describe('Makes a member the owner of the guild.'),
    (control, { guildId, userId }) => control.transferOwnership(guildId, userId),
  ),
  createUser: action(
    z
      .object({
        username: z.string(),
        globalName: z.string().nullish(),
        locale: z.string().optional(),
        isBot: z.boolean().optional(),
      })
      .describe('Makes a person who is in no guild yet.'),
    (control, draft) => control.createUser(draft),
  ),
  addMember: action(
    ofMember
      .extend({ roleIds: memberRecord.shape.roleIds.optional(), nick: z.string().nullish() })
      .describe('A person joins a guild.'),
    (control, { guildId, userId, ...draft }) => control.addMember(guildId, userId, draft),
  ),
  removeMember: action(ofMember.describe('A person leaves a guild.'), (control, { guildId, userId }) =>
    control.removeMember(guildId, userId),
  ),
  setMemberRoles: action(
    ofMember.extend({ roleIds: z.array(snowflake) }).describe('Gives a member these roles in place of all others.'),
    (control, { guildId, userId, roleIds }) => control.setMemberRoles(guildId, userId, roleIds),
  ),
  giveRole: action(ofRole.describe('Gives a member a role.'), (control, { guildId, userId, roleId, byUserId }) =>
    control.giveRole(guildId, userId, roleId, byUserId),
  ),
  takeRole: action(ofRole.describe('Takes a role from a member.'), (control, { guildId, userId, roleId, byUserId }) =>
    control.takeRole(guildId, userId, roleId, byUserId),
  ),
  timeOut: action(
    ofMember.extend({ until: z.coerce.date().nullable() }).describe('Times a member out until a moment; null ends it.'),
    (control, { guildId, userId, until }) => control.timeOut(guildId, userId, until),
  ),
  kick: action(
    ofMember
      .extend({ reason: z.string().optional(), byUserId: snowflake.optional() })
      .describe('Kicks a member, as the owner or as byUserId.'),
    (control, { guildId, userId, ...options }) => control.kick(guildId, userId, options),
  ),
  setNickname: action(
    ofMember.extend({ nick: z.string().nullable() }).describe("Changes a member's nickname; null takes it away."),
    (control, { guildId, userId, nick }) => control.setNickname(guildId, userId, nick),
  ),
  ban: action(
    ofMember.extend({ reason: z.string().optional() }).describe('Bans a person.'),
    (control, { guildId, userId, reason }) => control.ban(guildId, userId, reason),
  ),
  unban: action(ofMember.describe('Lifts a ban.'), (control, { guildId, userId }) => control.unban(guildId, userId)),
  setPresence: action(
    z.object({ userId: snowflake, status: presenceRecord.shape.status }).describe("Sets a person's status."),
    (control, { userId, status }) => control.setPresence(userId, { status }),
  ),
  createRole: action(
    inGuild
      .extend({
        name: z.string(),
        permissions: bigintText.optional(),
        color: z.number().optional(),
        position: z.number().optional(),
      })
      .describe('Makes a role.'),
    (control, { guildId, ...draft }) => control.createRole(guildId, draft),
  ),
  updateRole: action(
    inGuild
      .extend({
        roleId: snowflake,
        changes: roleRecord.pick({ name: true, color: true, permissions: true, position: true }).partial(),
      })
      .describe('Changes a role.'),
    (control, { guildId, roleId, changes }) =>
      control.updateRole(guildId, roleId, changes as Parameters<Control['updateRole']>[2]),
  ),
  deleteRole: action(
    inGuild.extend({ roleId: snowflake }).describe('Deletes a role.'),
    (control, { guildId, roleId }) => control.deleteRole(guildId, roleId),
  ),
  createEmoji: action(
    inGuild
      .extend({
        name: z.string(),
        content: z
          .base64()
          .transform((text) => Buffer.from(text, 'base64'))
          .optional(),
        byUserId: snowflake.optional(),
      })
      .describe('Gives the guild an emoji, with an image in base64 or a plain one.'),
    (control, { guildId, ...draft }) => control.createEmoji(guildId, draft),
  ),
  createChannel: action(
    inGuild
      .extend({ name: z.string(), ...channelSettings, type: z.number().int().optional() })
      .describe('Makes a channel, of text unless type says otherwise.'),
    (control, { guildId, ...draft }) => control.createChannel(guildId, draft),
  ),
  updateChannel: action(
    z
      .object({ channelId: snowflake, changes: z.object({ name: z.string().optional(), ...channelSettings }) })
      .describe('Changes a channel: its slowmode, who may do what in it.'),
    (control, { channelId, changes }) => control.updateChannel(channelId, given(changes)),
  ),
  directChannel: action(
    z.object({ userId: snowflake, otherId: snowflake }).describe('Opens the direct messages of two people.'),
    (control, { userId, otherId }) => control.directChannel(userId, otherId),
  ),
  addBot: action(
    inGuild.extend({ permissions: bigintText }).describe('Invites the bot of the first application into a guild.'),
    (control, { guildId, permissions }) => control.addBot(guildId, permissions),
  ),
  deleteChannel: action(z.object({ channelId: snowflake }).describe('Deletes a channel.'), (control, { channelId }) =>
    control.deleteChannel(channelId),
  ),
};
