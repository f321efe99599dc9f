import { AuditLogEvent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { type DispatchName, intents } from '../state/dispatch.js';
import type { Guild, InviteRecord, MemberRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { inviteExpiry, renderUse } from '../views/invites.js';
import { renderUser, userOf } from '../views/users.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';
import { addMember } from './members.js';

const CODE_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const CODE_LENGTH = 8;

export interface InviteDraft {
  channelId: string;
  /** 0 never ends. */
  maxAgeSeconds?: number | undefined;
  /** 0 is without limit. */
  maxUses?: number | undefined;
  isTemporary?: boolean | undefined;
  /** Makes another one even where an equal one exists. */
  isUnique?: boolean | undefined;
}

/** Makes an invite, or gives the one its maker already has for the same terms. */
export function createInvite(world: World, guild: Guild, draft: InviteDraft, by: Actor): InviteRecord {
  const invite: InviteRecord = {
    code: Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[world.randomness.integer(CODE_ALPHABET.length)]).join(
      '',
    ),
    channelId: draft.channelId,
    inviterId: by.userId,
    maxAgeSeconds: draft.maxAgeSeconds ?? 86_400,
    maxUses: draft.maxUses ?? 0,
    uses: 0,
    isTemporary: draft.isTemporary ?? false,
    createdAt: world.clock.iso(),
  };
  const equal = draft.isUnique ? undefined : openInvites(guild).find((it) => !it.targets && isEqual(it, invite));
  if (equal) return equal;
  guild.invites.set(invite.code, invite);
  armInvite(world, guild, invite);
  publishInvite(world, guild, invite, 'INVITE_CREATE');
  const changes = differences({}, loggedTerms(invite));
  writeAuditLog(world, guild, { actionType: AuditLogEvent.InviteCreate, targetId: null, changes, by });
  return invite;
}

function isEqual(left: InviteRecord, right: InviteRecord): boolean {
  return (['channelId', 'inviterId', 'maxAgeSeconds', 'maxUses', 'isTemporary'] as const).every(
    (key) => left[key] === right[key],
  );
}

/** Those that have not ended. */
export function openInvites(guild: Guild): InviteRecord[] {
  return [...guild.invites.values()].filter((invite) => {
    const expiresAt = inviteExpiry(invite);
    return expiresAt === null || Date.parse(expiresAt) > guild.clock.now();
  });
}

/** An invite that ends is gone at that moment, and bots hear of it. */
export function armInvite(world: World, guild: Guild, invite: InviteRecord): void {
  const expiresAt = inviteExpiry(invite);
  if (expiresAt === null) return;
  world.deadlines.set(`invite ${invite.code}`, Date.parse(expiresAt), () => {
    const current = world.guilds.get(guild.id);
    const still = current?.invites.get(invite.code);
    if (current && still) deleteInvite(world, current, still);
  });
}

/** Lets in the given people alone. */
export function setTargets(world: World, invite: InviteRecord, userIds: string[]): void {
  invite.targets = { userIds: [...new Set(userIds)], setAt: world.clock.iso() };
  world.touch();
}

/** Whether an invite lets this person in. */
export function isInvited({ targets }: InviteRecord, userId: string): boolean {
  return targets === undefined || targets.userIds.includes(userId);
}

export function deleteInvite(world: World, guild: Guild, invite: InviteRecord, by?: Actor): void {
  guild.invites.delete(invite.code);
  world.deadlines.clear(`invite ${invite.code}`);
  publishInvite(world, guild, invite, 'INVITE_DELETE');
  if (!by) return;
  const changes = differences(loggedTerms(invite), {});
  writeAuditLog(world, guild, { actionType: AuditLogEvent.InviteDelete, targetId: null, changes, by });
}

/** A person follows an invite; the last use it allows ends it. */
export function followInvite(world: World, guild: Guild, invite: InviteRecord, userId: string): MemberRecord {
  const existing = guild.members.get(userId);
  if (existing) return existing;
  invite.uses += 1;
  const member = addMember(world, guild, userId);
  if (invite.maxUses > 0 && invite.uses >= invite.maxUses) deleteInvite(world, guild, invite);
  return member;
}

function loggedTerms(invite: InviteRecord): object {
  return { code: invite.code, channel_id: invite.channelId, inviter_id: invite.inviterId, ...renderUse(invite) };
}

function publishInvite(
  world: World,
  guild: Guild,
  invite: InviteRecord,
  name: Extract<DispatchName, `INVITE_${string}`>,
): void {
  world.touch();
  const where = { guild_id: guild.id, channel_id: invite.channelId, code: invite.code };
  const terms = { ...renderUse(invite), inviter: renderUser(userOf(world, invite.inviterId)), type: 0 };
  world.publish({
    name,
    data: name === 'INVITE_CREATE' ? { ...where, ...terms, expires_at: inviteExpiry(invite) } : where,
    guildId: guild.id,
    channelId: invite.channelId,
    permission: Permission.ManageChannels,
    intents: intents.invites,
  });
}
