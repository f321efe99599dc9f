import {
  AutoModerationActionType as ActionType,
  AutoModerationRuleTriggerType as TriggerType,
} from 'discord-api-types/v10';
import { createRule } from '../actions/auto-moderation.js';
import { addMember, banUser, removeMember, unbanUser, updateMember } from '../actions/members.js';
import { createMessage, deleteMessages } from '../actions/messages.js';
import { MessageBlocked, say } from '../actions/speech.js';
import type { Guild, MemberRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { channelNamed, type Community, type Incident, personNamed, type RuleSpec } from './community.js';

const MINUTE_MS = 60_000;
/** What AutoMod calls the sending of a message. */
const MESSAGE_SEND = 1;

/** The rules of AutoMod that a community set up. */
export function setRules(world: World, guild: Guild, community: Community): void {
  for (const rule of community.rules) {
    createRule(world, guild, ruleDraft(guild, community, rule), { userId: personNamed(community, rule.by).id });
  }
}

function ruleDraft(guild: Guild, community: Community, rule: RuleSpec) {
  const roleIds = [...guild.roles.values()].filter(({ name }) => rule.exemptRoles.includes(name)).map(({ id }) => id);
  return {
    name: rule.name,
    eventType: MESSAGE_SEND,
    triggerType: rule.mentionLimit === undefined ? TriggerType.Keyword : TriggerType.MentionSpam,
    keywords: [...(rule.keywords ?? [])],
    patterns: [],
    allowed: [],
    mentionLimit: rule.mentionLimit ?? 0,
    actions: [
      { type: ActionType.BlockMessage, customMessage: rule.customMessage },
      { type: ActionType.SendAlertMessage, channelId: channelNamed(community, rule.alertChannel).id },
      ...(rule.timeoutSeconds ? [{ type: ActionType.Timeout, timeoutSeconds: rule.timeoutSeconds }] : []),
    ],
    isEnabled: true,
    exemptRoleIds: roleIds,
    exemptChannelIds: [],
  };
}

/** Does something this long after the hour of the incident. */
type Schedule = (offsetMs: number, act: () => void) => void;

/** Plans what led to an incident, and what a moderator did about it. */
export function happen(world: World, community: Community, incident: Incident, schedule: Schedule): void {
  const targetId = personNamed(community, incident.target).id;
  const guild = () => world.guilds.get(community.guildId);
  schedule(-14 * MINUTE_MS, () => {
    const place = guild();
    if (place && incident.kind !== 'unban') addMember(world, place, targetId);
  });
  if (incident.said) planOutrage(world, community, incident, { targetId, said: incident.said, schedule });
  schedule(0, () => {
    const place = guild();
    if (place) answer(world, place, incident, { targetId, moderatorId: personNamed(community, incident.by).id });
  });
}

interface Outrage {
  targetId: string;
  said: NonNullable<Incident['said']>;
  schedule: Schedule;
}

/** What was written, and that it was taken away. */
function planOutrage(
  world: World,
  community: Community,
  incident: Incident,
  { targetId, said, schedule }: Outrage,
): void {
  const channel = () => world.channel(channelNamed(community, said.channel).id);
  const moderatorId = personNamed(community, incident.by).id;
  schedule(-5 * MINUTE_MS, () => {
    const place = channel();
    if (!place) return;
    const draft = { authorId: targetId, content: said.text };
    if (incident.kind === 'blocked') return sayDespite(world, place, draft);
    const message = createMessage(world, place, draft);
    schedule(-2 * MINUTE_MS, () => deleteMessages(world, place, [message.id], { userId: moderatorId }));
  });
}

function sayDespite(
  world: World,
  channel: Parameters<typeof say>[1],
  draft: { authorId: string; content: string },
): void {
  try {
    say(world, channel, draft);
  } catch (error) {
    if (!(error instanceof MessageBlocked)) throw error;
  }
}

interface Parties {
  targetId: string;
  moderatorId: string;
}

function answer(world: World, guild: Guild, incident: Incident, { targetId, moderatorId }: Parties): void {
  const by = { userId: moderatorId, reason: incident.reason };
  const member = guild.members.get(targetId);
  if (incident.kind === 'ban') banUser(world, guild, targetId, by);
  else if (incident.kind === 'unban') unbanUser(world, guild, targetId, by);
  else if (incident.kind === 'kick') removeMember(world, guild, targetId, by);
  else if (incident.kind === 'departure') removeMember(world, guild, targetId);
  else if (member) changeMember(world, guild, { member, incident, by });
}

interface Correction {
  member: MemberRecord;
  incident: Incident;
  by: { userId: string; reason: string };
}

function changeMember(world: World, guild: Guild, { member, incident, by }: Correction): void {
  const { kind, minutes = 60, nick, role } = incident;
  const roleId = [...guild.roles.values()].find(({ name }) => name === role)?.id;
  const timeoutUntil = new Date(world.clock.now() + minutes * MINUTE_MS).toISOString();
  if (kind === 'timeout') updateMember(world, guild, member, { changes: { timeoutUntil }, by });
  if (kind === 'rename') updateMember(world, guild, member, { changes: { nick }, by });
  if (kind === 'promotion' && roleId)
    updateMember(world, guild, member, { changes: { roleIds: [...member.roleIds, roleId] }, by });
}
