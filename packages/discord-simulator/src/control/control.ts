import type { ChannelType } from 'discord-api-types/v10';
import * as guilds from '../actions/guilds.js';
import * as members from '../actions/members.js';
import * as messages from '../actions/messages.js';
import type { SimulatorContext } from '../context.js';
import type { DropFault } from '../gateway/hub.js';
import type { InteractionOutcome } from '../interactions/interactions.js';
import {
  type CommandUse,
  type ComponentUse,
  ImpossibleAction,
  type ModalUse,
  runCommand,
  submitModal,
  useComponent,
} from '../interactions/person.js';
import type { RestFault } from '../rest/faults.js';
import type {
  ChannelRecord,
  Guild,
  MemberRecord,
  MessageRecord,
  OverwriteRecord,
  PresenceRecord,
  RoleRecord,
  UserRecord,
} from '../state/model.js';
import { renderChannel, renderGuild, renderRole } from '../views/guilds.js';
import { renderMessage } from '../views/messages.js';
import { renderMember } from '../views/users.js';
import { Burst, type BurstRequest, type BurstResult } from './burst.js';

export interface SentMessage {
  id: string;
  channelId: string;
  authorId: string;
  content: string;
}

/** Acts on a simulator from outside: as its people, or as the fate that breaks its network. */
export class Control {
  private readonly burster: Burst;

  constructor(private readonly context: SimulatorContext) {
    this.burster = new Burst(context.world);
  }

  private get world() {
    return this.context.world;
  }

  /** A guild with its owner as a member, and the first application's bot too unless `withBot` is false. */
  createGuild(
    draft: guilds.GuildDraft & { withBot?: boolean | undefined; botPermissions?: bigint | undefined },
  ): Guild {
    const { withBot = true, botPermissions = 0n, ...rest } = draft;
    this.user(draft.ownerId);
    const guild = guilds.createGuild(this.world, rest);
    members.addMember(this.world, guild, draft.ownerId);
    const [botId] = this.world.applications.keys();
    if (withBot && botId) {
      const role = guilds.createRole(this.world, guild, { name: 'Bot', permissions: botPermissions, botId });
      members.addMember(this.world, guild, botId, { roleIds: [role.id] });
    }
    return guild;
  }

  createUser(draft: members.UserDraft): UserRecord {
    return members.createUser(this.world, draft);
  }

  addMember(guildId: string, userId: string, draft: members.MemberDraft = {}): MemberRecord {
    this.user(userId);
    return members.addMember(this.world, this.guild(guildId), userId, draft);
  }

  removeMember(guildId: string, userId: string): void {
    members.removeMember(this.world, this.guild(guildId), userId);
  }

  setMemberRoles(guildId: string, userId: string, roleIds: string[]): MemberRecord {
    const guild = this.guild(guildId);
    const member = found(guild.members.get(userId), 'member');
    members.updateMember(this.world, guild, member, { changes: { roleIds }, by: { userId: guild.ownerId } });
    return member;
  }

  setNickname(guildId: string, userId: string, nick: string | null): MemberRecord {
    const guild = this.guild(guildId);
    const member = found(guild.members.get(userId), 'member');
    members.updateMember(this.world, guild, member, { changes: { nick }, by: { userId: guild.ownerId } });
    return member;
  }

  ban(guildId: string, userId: string, reason?: string): void {
    const guild = this.guild(guildId);
    members.banUser(this.world, guild, userId, { userId: guild.ownerId, reason });
  }

  unban(guildId: string, userId: string): void {
    const guild = this.guild(guildId);
    members.unbanUser(this.world, guild, userId, { userId: guild.ownerId });
  }

  setPresence(
    userId: string,
    presence: { status: PresenceRecord['status']; activities?: Record<string, unknown>[] },
  ): void {
    members.setPresence(this.world, this.user(userId).id, { activities: [], ...presence });
  }

  updateGuild(guildId: string, changes: guilds.GuildChanges): void {
    guilds.updateGuild(this.world, this.guild(guildId), changes);
  }

  createRole(guildId: string, draft: guilds.RoleDraft): RoleRecord {
    return guilds.createRole(this.world, this.guild(guildId), draft);
  }

  updateRole(guildId: string, roleId: string, changes: guilds.RoleChanges): RoleRecord {
    const guild = this.guild(guildId);
    const role = found(guild.roles.get(roleId), 'role');
    guilds.updateRole(this.world, guild, role, changes);
    return role;
  }

  deleteRole(guildId: string, roleId: string): void {
    guilds.deleteRole(this.world, this.guild(guildId), roleId);
  }

  createChannel(
    guildId: string,
    draft: { name: string; type?: ChannelType; overwrites?: OverwriteRecord[]; parentId?: string },
  ): ChannelRecord {
    return guilds.createChannel(this.world, this.guild(guildId), draft);
  }

  updateChannel(channelId: string, changes: guilds.ChannelChanges): ChannelRecord {
    const channel = this.channel(channelId);
    guilds.updateChannel(this.world, channel, changes);
    return channel;
  }

  deleteChannel(channelId: string): void {
    guilds.deleteChannel(this.world, this.channel(channelId));
  }

  sendMessage(userId: string, channelId: string, content: string, options: messages.SendOptions = {}): MessageRecord {
    return messages.createMessage(this.world, this.channel(channelId), {
      authorId: this.user(userId).id,
      content,
      ...options,
    });
  }

  editMessage(channelId: string, messageId: string, content: string): MessageRecord {
    const message = this.message(channelId, messageId);
    messages.editMessage(this.world, message, { content });
    return message;
  }

  deleteMessage(channelId: string, ...messageIds: string[]): string[] {
    return messages.deleteMessages(this.world, this.channel(channelId), messageIds);
  }

  react(userId: string, channelId: string, messageId: string, emoji: string): void {
    messages.addReaction(this.world, this.message(channelId, messageId), this.user(userId).id, {
      id: null,
      name: emoji,
    });
  }

  /** Opens the direct channel of two users. */
  directChannel(userId: string, otherId: string): ChannelRecord {
    return guilds.directChannel(this.world, this.user(userId).id, this.user(otherId).id);
  }

  /** Runs a slash command as a person and waits for its answer. */
  runCommand(use: CommandUse): Promise<InteractionOutcome> {
    return runCommand(this.world, this.context.interactions, use);
  }

  /** Presses a button, or chooses from a select. */
  pressButton(use: ComponentUse): Promise<InteractionOutcome> {
    return useComponent(this.world, this.context.interactions, use);
  }

  submitModal(use: ModalUse): Promise<InteractionOutcome> {
    return submitModal(this.world, this.context.interactions, use);
  }

  /** What exists in the channels: all of them, or those of a guild, or one. Oldest first. */
  listSentMessages(where: { guildId?: string | undefined; channelId?: string | undefined } = {}): SentMessage[] {
    return this.channels(where).flatMap((channel) =>
      this.world
        .history(channel.id)
        .all()
        .map(({ id, channelId, authorId, content }) => ({ id, channelId, authorId, content })),
    );
  }

  /** How many messages exist per channel. */
  count(where: { guildId?: string | undefined } = {}): Record<string, number> {
    return Object.fromEntries(this.channels(where).map((channel) => [channel.id, this.world.history(channel.id).size]));
  }

  /** Everything Discord would tell about a guild right now. */
  snapshot(guildId: string): object {
    const guild = this.guild(guildId);
    return {
      ...renderGuild(guild),
      roles: [...guild.roles.values()].map(renderRole),
      channels: [...guild.channels.values()].map((channel) => renderChannel(this.world, channel)),
      members: [...guild.members.values()].map((member) => renderMember(this.world, member)),
      bans: [...guild.bans.values()],
      messages: this.channels({ guildId }).flatMap((channel) =>
        this.world
          .history(channel.id)
          .all()
          .map((message) => renderMessage(this.world, message)),
      ),
    };
  }

  guilds(): Guild[] {
    return [...this.world.guilds.values()];
  }

  users(): UserRecord[] {
    return [...this.world.users.values()];
  }

  /** Sends many messages at a given rate and resolves when all are sent. */
  burst(request: BurstRequest): Promise<BurstResult> {
    return this.burster.run(request);
  }

  dropSockets(fault?: DropFault): number {
    return this.context.hub.dropSockets(fault);
  }

  refuseResumes(count: number): void {
    this.context.hub.refuseResumes(count);
  }

  askToReconnect(): void {
    this.context.hub.askToReconnect();
  }

  /** The next `times` REST requests fail with `status`, or are only slow. */
  failRest(fault: RestFault | null): void {
    this.context.faults.set(fault);
  }

  /** Sockets and REST stop answering, without closing, until thawed. */
  freeze(isFrozen = true): void {
    this.context.hub.freeze(isFrozen);
    this.context.faults.freeze(isFrozen);
  }

  /** Open Discord Gateway sessions. */
  connections(): { shard: readonly [number, number]; intents: number; lastSeq: number }[] {
    return this.context.hub.connectedSessions.map(({ terms, lastSeq }) => ({
      shard: terms.shard,
      intents: terms.intents,
      lastSeq,
    }));
  }

  private channels({
    guildId,
    channelId,
  }: {
    guildId?: string | undefined;
    channelId?: string | undefined;
  }): ChannelRecord[] {
    if (channelId !== undefined) return [this.channel(channelId)];
    const chosen = guildId === undefined ? this.guilds() : [this.guild(guildId)];
    const direct = guildId === undefined ? [...this.world.directChannels.values()] : [];
    return [...chosen.flatMap((guild) => [...guild.channels.values()]), ...direct];
  }

  private guild(id: string): Guild {
    return found(this.world.guilds.get(id), 'guild');
  }

  private user(id: string): UserRecord {
    return found(this.world.users.get(id), 'user');
  }

  private channel(id: string): ChannelRecord {
    return found(this.world.channel(id), 'channel');
  }

  private message(channelId: string, messageId: string): MessageRecord {
    return found(this.world.history(channelId).get(messageId), 'message');
  }
}

function found<Item>(item: Item | undefined, what: string): Item {
  if (item === undefined) throw new ImpossibleAction(`No such ${what}`);
  return item;
}
