import { z } from 'zod';
import { scheduledEventRecord } from '../state/event-records.js';
import { autoModerationRuleRecord, snowflake } from '../state/model.js';
import { action, given, inGuild, ofMember } from './action.js';

const inChannel = z.object({ channelId: snowflake, userId: snowflake });
const inThread = z.object({ threadId: snowflake, userId: snowflake });
const ofEvent = inGuild.extend({ eventId: snowflake });
const eventFields = scheduledEventRecord
  .pick({ name: true, description: true, startAt: true, endAt: true, channelId: true, location: true })
  .partial();
const { name, actions, keywords, patterns, allowed, mentionLimit, triggerType } = autoModerationRuleRecord.shape;

/** Voice, invites, events, rules and threads over HTTP. */
export const communityActions = {
  joinVoice: action(inChannel.describe('A member enters a voice channel.'), (control, { channelId, userId }) =>
    control.joinVoice(channelId, userId),
  ),
  moveVoice: action(
    inChannel.describe('A member changes over to another voice channel.'),
    (control, { channelId, userId }) => control.moveVoice(channelId, userId),
  ),
  leaveVoice: action(ofMember.describe('A member hangs up.'), (control, { guildId, userId }) =>
    control.leaveVoice(guildId, userId),
  ),
  createInvite: action(
    inChannel
      .extend({ maxAgeSeconds: z.number().optional(), maxUses: z.number().optional() })
      .describe('Makes an invite to a channel as a person.'),
    (control, { userId, ...draft }) => control.createInvite(userId, draft),
  ),
  deleteInvite: action(z.object({ code: z.string() }).describe('Deletes an invite.'), (control, { code }) =>
    control.deleteInvite(code),
  ),
  followInvite: action(
    z.object({ userId: snowflake, code: z.string() }).describe('A person follows an invite into its guild.'),
    (control, { userId, code }) => control.followInvite(userId, code),
  ),
  createScheduledEvent: action(
    inGuild.extend(eventFields.required({ name: true, startAt: true }).shape).describe('Plans an event.'),
    (control, { guildId, ...draft }) => control.createScheduledEvent(guildId, given(draft)),
  ),
  updateScheduledEvent: action(
    ofEvent
      .extend({ changes: eventFields.extend({ status: z.number().int().min(1).max(4).optional() }) })
      .describe('Changes, starts, ends or cancels an event.'),
    (control, { guildId, eventId, changes }) => control.updateScheduledEvent(guildId, eventId, given(changes)),
  ),
  deleteScheduledEvent: action(ofEvent.describe('Deletes an event.'), (control, { guildId, eventId }) =>
    control.deleteScheduledEvent(guildId, eventId),
  ),
  setInterest: action(
    ofEvent
      .extend({ userId: snowflake, isInterested: z.boolean() })
      .describe('A person says that they will come to an event, or takes it back.'),
    (control, { guildId, eventId, ...interest }) => control.setInterest(guildId, eventId, interest),
  ),
  createAutoModerationRule: action(
    inGuild
      .extend({ name, actions })
      .extend(z.object({ keywords, patterns, allowed, mentionLimit, triggerType }).partial().shape)
      .describe('Makes a rule of AutoMod, on keywords unless triggerType says otherwise.'),
    (control, { guildId, ...draft }) => control.createAutoModerationRule(guildId, given(draft)),
  ),
  deleteAutoModerationRule: action(
    inGuild.extend({ ruleId: snowflake }).describe('Deletes a rule of AutoMod.'),
    (control, { guildId, ruleId }) => control.deleteAutoModerationRule(guildId, ruleId),
  ),
  startThread: action(
    inChannel
      .extend({
        name: z.string(),
        messageId: snowflake.optional(),
        type: z.union([z.literal(11), z.literal(12)]).optional(),
      })
      .describe('Starts a thread as a person, on a message where one is named.'),
    (control, { channelId, userId, ...draft }) => control.startThread(userId, channelId, draft),
  ),
  startPost: action(
    inChannel
      .extend({ name: z.string(), content: z.string(), tagIds: z.array(snowflake).optional() })
      .describe('Starts a post in a forum as a person.'),
    (control, { channelId, userId, ...draft }) => control.startPost(userId, channelId, draft),
  ),
  updateThread: action(
    z
      .object({
        threadId: snowflake,
        changes: z.object({ name: z.string(), isArchived: z.boolean(), isLocked: z.boolean() }).partial(),
      })
      .describe('Renames, archives, locks or revives a thread.'),
    (control, { threadId, changes }) => control.updateThread(threadId, given(changes)),
  ),
  deleteThread: action(z.object({ threadId: snowflake }).describe('Deletes a thread.'), (control, { threadId }) =>
    control.deleteThread(threadId),
  ),
  joinThread: action(inThread.describe('A member joins a thread.'), (control, { threadId, userId }) =>
    control.joinThread(threadId, userId),
  ),
  leaveThread: action(inThread.describe('A member leaves a thread.'), (control, { threadId, userId }) =>
    control.leaveThread(threadId, userId),
  ),
};
