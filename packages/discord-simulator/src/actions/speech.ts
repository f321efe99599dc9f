import {
  AutoModerationActionType as ActionType,
  AutoModerationRuleEventType as EventType,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';
import type { ChannelRecord, Guild, MessageRecord } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { answerOffence, appliesTo, isAboveRules, type Offence } from './auto-moderation-answer.js';
import { matchRule, type RuleMatch } from './auto-moderation-match.js';
import { updateMember } from './members.js';
import { noteMentions } from './mention-raids.js';
import { MessageRefused } from './message-refused.js';
import { createMessage, type MessageDraft } from './messages.js';
import { requireSlowmodeOver } from './slowmode.js';

const RAID: RuleMatch = { keyword: null, matched: null };

/** A rule of AutoMod stopped a message before anybody saw it. */
export class MessageBlocked extends MessageRefused {
  constructor(customMessage: string | undefined) {
    super(customMessage ?? 'Your message could not be sent: it contains content blocked by this server.');
  }
}

/** What Discord calls 160005. */
export class ThreadLocked extends MessageRefused {
  constructor() {
    super('This thread is locked.');
  }
}

/**
 * A person writes a message, which the rules of AutoMod may block, report or answer with a timeout.
 * @throws MessageBlocked when a rule blocks it
 * @throws SlowmodeActive when they wrote here a moment ago
 * @throws ThreadLocked in an archived thread that only moderators bring back
 */
export function say(world: World, channel: ChannelRecord, draft: MessageDraft & { content: string }): MessageRecord {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  requireOpen(world, channel, draft.authorId);
  if (!draft.sentAt) requireSlowmodeOver(world, channel, draft.authorId);
  const offences = guild ? offencesOf(world, guild, channel, draft) : [];
  const blocking = offences.flatMap(({ rule }) => rule.actions).find(({ type }) => type === ActionType.BlockMessage);
  const message = blocking ? undefined : createMessage(world, channel, draft);
  for (const offence of offences) {
    timeOutFor(world, offence);
    answerOffence(world, { ...offence, ...(message ? { message } : {}) });
  }
  if (!message) throw new MessageBlocked(blocking?.customMessage);
  return message;
}

function requireOpen(world: World, channel: ChannelRecord, userId: string): void {
  if (!channel.thread?.isLocked || !channel.thread.isArchived) return;
  if (!(channelPermissions(world, channel, userId) & Permission.ManageThreads)) throw new ThreadLocked();
}

function offencesOf(world: World, guild: Guild, channel: ChannelRecord, draft: MessageDraft): Offence[] {
  const { authorId: userId, content = '' } = draft;
  const member = guild.members.get(userId);
  if (!member || isAboveRules(world, guild, userId)) return [];
  const isRaid = noteMentions(guild, member, content);
  return [...guild.autoModerationRules.values()].flatMap((rule) => {
    const isOutside = [channel.id, channel.parentId ?? ''].some((id) => rule.exemptChannelIds.includes(id));
    if (isOutside || !appliesTo(rule, member, EventType.MessageSend)) return [];
    const match = matchRule(rule, content) ?? (isRaid && rule.watchesRaids ? RAID : undefined);
    return match ? [{ guild, channel, rule, match, userId, content }] : [];
  });
}

function timeOutFor(world: World, { guild, rule, userId }: Offence): void {
  const member = guild.members.get(userId);
  const action = rule.actions.find(({ type }) => type === ActionType.Timeout);
  if (!member || !action) return;
  const timeoutUntil = new Date(world.clock.now() + (action.timeoutSeconds ?? 0) * 1_000).toISOString();
  updateMember(world, guild, member, { changes: { timeoutUntil } });
}
