import * as rules from '../actions/auto-moderation.js';
import { areInvitesPaused } from '../actions/guilds.js';
import * as invites from '../actions/invites.js';
import { isForum } from '../actions/channels.js';
import { createPost } from '../actions/forum-posts.js';
import * as events from '../actions/scheduled-events.js';
import * as threads from '../actions/threads.js';
import * as voice from '../actions/voice.js';
import { createWebhook } from '../actions/webhooks.js';
import { ImpossibleAction } from '../interactions/person.js';
import type {
  AutoModerationRuleRecord,
  Guild,
  InviteRecord,
  MemberRecord,
  ScheduledEventRecord,
  Thread,
  VoiceStateRecord,
} from '../state/model.js';
import type { WebhookRecord } from '../state/webhook-records.js';
import { ExpressionControl } from './expression-control.js';
import { found } from './lookups.js';

/** What people do in a guild beside writing: talk, invite, meet, branch off threads. */
export class CommunityControl extends ExpressionControl {
  joinVoice(channelId: string, userId: string): VoiceStateRecord {
    const { guild, channel } = this.guildChannel(channelId);
    return voice.joinVoice(this.world, guild, channel, this.member(guild, userId).userId);
  }

  leaveVoice(guildId: string, userId: string): void {
    voice.leaveVoice(this.world, this.guild(guildId), userId);
  }

  /** Changes over to another voice channel of the same guild. */
  moveVoice(channelId: string, userId: string): VoiceStateRecord {
    found(this.guildChannel(channelId).guild.voiceStates.get(userId), 'voice state');
    return this.joinVoice(channelId, userId);
  }

  /** A webhook of a person: it belongs to no application. */
  createWebhook(userId: string, channelId: string, name: string): WebhookRecord {
    const { guild } = this.guildChannel(channelId);
    return createWebhook(this.world, guild, { channelId, name }, { userId: this.user(userId).id });
  }

  createInvite(userId: string, draft: invites.InviteDraft): InviteRecord {
    const { guild } = this.guildChannel(draft.channelId);
    return invites.createInvite(this.world, guild, draft, { userId: this.user(userId).id });
  }

  deleteInvite(code: string): void {
    const { guild, invite } = this.invite(code);
    invites.deleteInvite(this.world, guild, invite, this.actor(guild, undefined));
  }

  /** A person follows an invite into its guild. */
  followInvite(userId: string, code: string): MemberRecord {
    const { guild, invite } = this.invite(code);
    if (areInvitesPaused(guild)) throw new ImpossibleAction('The guild has paused its invites');
    if (!invites.isInvited(invite, userId)) throw new ImpossibleAction('This invite is for others');
    return invites.followInvite(this.world, guild, invite, this.user(userId).id);
  }

  private invite(code: string): { guild: Guild; invite: InviteRecord } {
    for (const guild of this.world.guilds.values()) {
      const invite = invites.openInvites(guild).find((it) => it.code === code);
      if (invite) return { guild, invite };
    }
    throw new ImpossibleAction('No such invite');
  }

  createScheduledEvent(
    guildId: string,
    draft: Partial<events.ScheduledEventDraft> & Pick<ScheduledEventRecord, 'name' | 'startAt'>,
  ): ScheduledEventRecord {
    const guild = this.guild(guildId);
    const whole = { description: null, endAt: null, channelId: null, location: null, ...draft };
    const entityType = draft.entityType ?? (whole.channelId === null ? 3 : 2);
    return events.createScheduledEvent(this.world, guild, { ...whole, entityType }, this.actor(guild, undefined));
  }

  updateScheduledEvent(guildId: string, eventId: string, changes: events.ScheduledEventChanges): ScheduledEventRecord {
    const { guild, event } = this.scheduledEvent(guildId, eventId);
    events.updateScheduledEvent(this.world, guild, event, { changes, by: this.actor(guild, undefined) });
    return event;
  }

  deleteScheduledEvent(guildId: string, eventId: string): void {
    const { guild, event } = this.scheduledEvent(guildId, eventId);
    events.deleteScheduledEvent(this.world, guild, event, this.actor(guild, undefined));
  }

  /** A person says that they will come, or takes it back. */
  setInterest(guildId: string, eventId: string, interest: events.Interest): void {
    const { guild, event } = this.scheduledEvent(guildId, eventId);
    events.setInterest(this.world, guild, event, interest);
  }

  private scheduledEvent(guildId: string, eventId: string) {
    const guild = this.guild(guildId);
    return { guild, event: found(guild.scheduledEvents.get(eventId), 'scheduled event') };
  }

  /** A rule on keywords, enabled unless the draft says otherwise. */
  createAutoModerationRule(
    guildId: string,
    draft: Partial<rules.RuleDraft> & Pick<rules.RuleDraft, 'name' | 'actions'>,
  ): AutoModerationRuleRecord {
    const guild = this.guild(guildId);
    const whole: rules.RuleDraft = {
      eventType: 1,
      triggerType: 1,
      keywords: [],
      patterns: [],
      allowed: [],
      mentionLimit: 0,
      isEnabled: true,
      exemptRoleIds: [],
      exemptChannelIds: [],
      ...draft,
    };
    return rules.createRule(this.world, guild, whole, this.actor(guild, undefined));
  }

  deleteAutoModerationRule(guildId: string, ruleId: string): void {
    const guild = this.guild(guildId);
    const rule = found(guild.autoModerationRules.get(ruleId), 'rule');
    rules.deleteRule(this.world, guild, rule, this.actor(guild, undefined));
  }

  startThread(userId: string, channelId: string, draft: threads.ThreadDraft): Thread {
    const { guild, channel } = this.guildChannel(channelId);
    return threads.createThread(this.world, guild, channel, { draft, by: { userId: this.user(userId).id } });
  }

  /** A thread in a forum with its first message. */
  startPost(userId: string, forumId: string, { content, ...draft }: threads.ThreadDraft & { content: string }): Thread {
    const { guild, channel } = this.guildChannel(forumId);
    if (!isForum(channel)) throw new ImpossibleAction('This channel is no forum');
    const by = { userId: this.user(userId).id };
    return createPost(this.world, guild, channel, { draft, message: { content }, by }).thread;
  }

  updateThread(threadId: string, changes: threads.ThreadChanges): Thread {
    const { guild, thread } = this.thread(threadId);
    threads.updateThread(this.world, thread, changes, this.actor(guild, undefined));
    return thread;
  }

  deleteThread(threadId: string): void {
    const { guild, thread } = this.thread(threadId);
    threads.deleteThread(this.world, guild, thread, this.actor(guild, undefined));
  }

  joinThread(threadId: string, userId: string): void {
    const { guild, thread } = this.thread(threadId);
    threads.joinThread(this.world, thread, this.member(guild, userId).userId);
  }

  leaveThread(threadId: string, userId: string): void {
    threads.leaveThread(this.world, this.thread(threadId).thread, userId);
  }
}
