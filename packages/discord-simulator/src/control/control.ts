import * as messages from '../actions/messages.js';
import { say } from '../actions/speech.js';
import type { SimulatorContext } from '../context.js';
import type { DropFault } from '../gateway/hub.js';
import type { InteractionOutcome } from '../interactions/interactions.js';
import {
  type CommandUse,
  type ComponentUse,
  type ModalUse,
  runCommand,
  submitModal,
  useComponent,
} from '../interactions/person.js';
import type { RestFault } from '../rest/faults.js';
import type { ChannelRecord, Guild, MessageRecord, UserRecord } from '../state/model.js';
import { renderChannel, renderGuild, renderRole } from '../views/guilds.js';
import { renderMessage } from '../views/messages.js';
import { renderMember } from '../views/users.js';
import { oauthGrants } from '../oauth/api.js';
import type { RateLimitReport } from '../rest/rate-limits.js';
import { Burst, type BurstRequest, type BurstResult } from './burst.js';
import { CommunityControl } from './community-control.js';

export interface SentMessage {
  id: string;
  channelId: string;
  authorId: string;
  content: string;
}

/** Acts on a simulator from outside: as its people, or as the fate that breaks its network. */
export class Control extends CommunityControl {
  private readonly burster: Burst;

  constructor(context: SimulatorContext) {
    super(context);
    this.burster = new Burst(context.world);
  }

  /** Writes as a person. @throws MessageBlocked when a rule of AutoMod stops it */
  sendMessage(userId: string, channelId: string, content: string, options: messages.SendOptions = {}): MessageRecord {
    return say(this.world, this.channel(channelId), {
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
      threads: [...guild.threads.values()].map((thread) => renderChannel(this.world, thread)),
      voiceStates: [...guild.voiceStates.values()],
      invites: [...guild.invites.values()],
      scheduledEvents: [...guild.scheduledEvents.values()],
      autoModerationRules: [...guild.autoModerationRules.values()],
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

  /** Requests served so far, and those refused with 429. */
  rateLimitViolations(): RateLimitReport {
    return this.context.rateLimits.report();
  }

  /** A person withdraws what they authorised: tokens of the application no longer work for them, nor can they be refreshed. */
  revokeAuthorization(userId: string): void {
    oauthGrants(this.context).revokeAllOf(this.user(userId).id);
  }

  /** Access tokens of a person end now, as they would after a week; refreshing them works. */
  expireAccessTokens(userId: string): void {
    oauthGrants(this.context).expireAllOf(this.user(userId).id);
  }

  /**
   * The next `times` REST requests that fit fail with `status`, or are only slow. A fault stays beside those for other requests;
   * `null` ends all.
   */
  failRest(fault: RestFault | null): void {
    if (fault === null) this.context.faults.clear();
    else this.context.faults.set(fault);
  }

  /** Puts the clock of this Discord forward: timeouts, tokens and threads that fall due end as if the time had passed. */
  advance(milliseconds: number): void {
    this.world.clock.advance(milliseconds);
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
    return [...chosen.flatMap((guild) => [...guild.channels.values(), ...guild.threads.values()]), ...direct];
  }
}
