import { z } from 'zod';
import { autoModerationRuleRecord, scheduledEventRecord, snowflake } from '../state/model.js';
import { action, inGuild, ofMember } from './action.js';

const inChannel = z.object({ channelId: snowflake, userId: snowflake });
const inThread = z.object({ threadId: snowflake, userId: snowflake });
const ofEvent = inGuild.extend({ eventId: snowflake });
const eventFields = scheduledEventRecord
  .pick({ name: true, description: true, startAt: true, endAt: true, channelId: true, location: true })
  .partial();
const { name, actions, keywords, patterns, allowed, mentionLimit, triggerType } = autoModerationRuleRecord.shape;

/** Voice, invites, events, rules and threads over HTTP. */
export const communityActions = {
  joinVoice: action(inChannel, (control, { channelId, userId }) => control.joinVoice(channelId, userId)),
  moveVoice: action(inChannel, (control, { channelId, userId }) => control.moveVoice(channelId, userId)),
  leaveVoice: action(ofMember, (control, { guildId, userId }) => control.leaveVoice(guildId, userId)),
  createInvite: action(
    inChannel.extend({ maxAgeSeconds: z.number().optional(), maxUses: z.number().optional() }),
    (control, { userId, ...draft }) => control.createInvite(userId, draft),
  ),
  deleteInvite: action(z.object({ code: z.string() }), (control, { code }) => control.deleteInvite(code)),
  followInvite: action(z.object({ userId: snowflake, code: z.string() }), (control, { userId, code }) =>
    control.followInvite(userId, code),
  ),
  createScheduledEvent: action(
    inGuild.extend(eventFields.required({ name: true, startAt: true }).shape),
    (control, { guildId, ...draft }) => control.createScheduledEvent(guildId, given(draft)),
  ),
  updateScheduledEvent: action(
    ofEvent.extend({ changes: eventFields.extend({ status: z.number().int().min(1).max(4).optional() }) }),
    (control, { guildId, eventId, changes }) => control.updateScheduledEvent(guildId, eventId, given(changes)),
  ),
  deleteScheduledEvent: action(ofEvent, (control, { guildId, eventId }) =>
    control.deleteScheduledEvent(guildId, eventId),
  ),
  setInterest: action(
    ofEvent.extend({ userId: snowflake, isInterested: z.boolean() }),
    (control, { guildId, eventId, ...interest }) => control.setInterest(guildId, eventId, interest),
  ),
  createAutoModerationRule: action(
    inGuild
      .extend({ name, actions })
      .extend(z.object({ keywords, patterns, allowed, mentionLimit, triggerType }).partial().shape),
    (control, { guildId, ...draft }) => control.createAutoModerationRule(guildId, given(draft)),
  ),
  deleteAutoModerationRule: action(inGuild.extend({ ruleId: snowflake }), (control, { guildId, ruleId }) =>
    control.deleteAutoModerationRule(guildId, ruleId),
  ),
  startThread: action(
    inChannel.extend({
      name: z.string(),
      messageId: snowflake.optional(),
      type: z.union([z.literal(11), z.literal(12)]).optional(),
    }),
    (control, { channelId, userId, ...draft }) => control.startThread(userId, channelId, draft),
  ),
  updateThread: action(
    z.object({
      threadId: snowflake,
      changes: z.object({ name: z.string(), isArchived: z.boolean(), isLocked: z.boolean() }).partial(),
    }),
    (control, { threadId, changes }) => control.updateThread(threadId, given(changes)),
  ),
  deleteThread: action(z.object({ threadId: snowflake }), (control, { threadId }) => control.deleteThread(threadId)),
  joinThread: action(inThread, (control, { threadId, userId }) => control.joinThread(threadId, userId)),
  leaveThread: action(inThread, (control, { threadId, userId }) => control.leaveThread(threadId, userId)),
};

type Given<Fields> = { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };

/** The fields that were sent: an absent one must not overwrite what is there. */
function given<Fields extends object>(fields: Fields): Given<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<Fields>;
}
