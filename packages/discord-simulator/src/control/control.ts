import type { SimulatorContext } from '../context.js';
import type { DropFault, InvalidationFault } from '../gateway/hub.js';
import type { InteractionOutcome } from '../interactions/interactions.js';
import {
  availableCommands,
  type CommandUse,
  type ComponentUse,
  type ContextMenuUse,
  type ModalUse,
  runCommand,
  runContextMenu,
  submitModal,
  useComponent,
} from '../interactions/person.js';
import type { RestFault } from '../rest/faults.js';
import type { ChannelRecord, CommandRecord, GrantRecord, Guild, UserRecord } from '../state/model.js';
import { renderChannel, renderGuild, renderRole } from '../views/guilds.js';
import { renderMessage } from '../views/messages.js';
import { Journal } from '../scenario/journal.js';
import { Scenario } from '../scenario/scenario.js';
import { captureState, type WholeState } from '../state/whole-state.js';
import { renderMember } from '../views/users.js';
import { oauthGrants } from '../oauth/api.js';
import type { RateLimitReport } from '../rest/rate-limits.js';
import { Burst, type BurstRequest, type BurstResult } from './burst.js';
import { found } from './lookups.js';
import { MessageControl } from './message-control.js';
import { loadState } from './state-control.js';

export interface SentMessage {
  id: string;
  channelId: string;
  authorId: string;
  content: string;
}

/** Acts on a simulator from outside: as its people, or as the fate that breaks its network. */
export class Control extends MessageControl {
  private readonly burster: Burst;
  /** Kept from the first scenario on. */
  private journal: Journal | null = null;

  constructor(context: SimulatorContext) {
    super(context);
    this.burster = new Burst(context.world);
  }

  /** The commands and context menus a person has in a channel. */
  commandsFor(userId: string, channelId: string): CommandRecord[] {
    return availableCommands(this.world, userId, channelId);
  }

  /** Runs a slash command as a person and waits for its answer. */
  runCommand(use: CommandUse): Promise<InteractionOutcome> {
    return runCommand(this.world, this.context.interactions, use);
  }

  /** Chooses a command from the menu of a user or a message, and waits for its answer. */
  runContextMenu(use: ContextMenuUse): Promise<InteractionOutcome> {
    return runContextMenu(this.world, this.context.interactions, use);
  }

  /** Presses a button, or chooses from a select. */
  pressButton(use: ComponentUse): Promise<InteractionOutcome> {
    return useComponent(this.world, this.context.interactions, use);
  }

  /** Sends off the modal the person has before them. */
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
      stageInstances: [...guild.stageInstances.values()],
      sounds: guild.sounds,
      templates: guild.templates,
      welcomeScreen: guild.welcomeScreen,
      onboarding: guild.onboarding,
      messages: this.channels({ guildId }).flatMap((channel) =>
        this.world
          .history(channel.id)
          .all()
          .map((message) => renderMessage(this.world, message)),
      ),
    };
  }

  /** Everything that exists, as plain JSON, for `loadState`: ids, the clock and the random source included. */
  saveState(): WholeState {
    return captureState(this.world);
  }

  /** Goes back to a saved state; interactions under way fail, and bots see their guilds go and come back. */
  loadState(state: WholeState): void {
    loadState(this.context, state);
  }

  /** People who act by name, one line per action, and expectations of what comes of it. */
  scenario(): Scenario {
    this.journal ??= new Journal(this.context);
    return new Scenario(this.context, this, this.journal);
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

  /** Open sessions of the Discord Gateway turn invalid while their sockets stay open; returns how many. */
  invalidateSessions(fault: InvalidationFault): number {
    return this.context.hub.invalidateSessions(fault);
  }

  /** An outage: bots are told that the guild is unavailable and hear nothing of it until `makeAvailable`. */
  makeUnavailable(guildId: string): void {
    this.context.hub.setAvailable(this.guild(guildId), false);
  }

  makeAvailable(guildId: string): void {
    this.context.hub.setAvailable(this.guild(guildId), true);
  }

  /** Requests served so far, and those refused with 429. */
  rateLimitViolations(): RateLimitReport {
    return this.context.rateLimits.report();
  }

  /** A person authorises the application, as they would on its page: with `applications.commands` they take it along everywhere. */
  authorize(userId: string, scopes: string[]): GrantRecord {
    const [applicationId = ''] = this.world.applications.keys();
    const grants = oauthGrants(this.context);
    const terms = { applicationId, redirectUri: '' };
    const code = grants.issueCode({ ...terms, userId: this.user(userId).id, scopes, codeChallenge: null });
    return found(grants.redeem(code, { ...terms, codeVerifier: undefined }), 'application');
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
