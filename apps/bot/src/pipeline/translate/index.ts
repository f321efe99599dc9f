import { randomUUID } from 'node:crypto';
import type { BotEventEnvelope } from '@guildhall/contracts';
import { GatewayDispatchEvents as Dispatch, type GatewayDispatchPayload } from 'discord.js';
import { automodExecution } from './automod.js';
import { banAdd, banRemove } from './bans.js';
import { channelCreate, channelDelete, channelUpdate, threadListSync } from './channels.js';
import { auditLogEntry } from './discord-audit.js';
import { guildCreate, guildDelete, guildUpdate } from './guilds.js';
import { inviteCreate, inviteDelete } from './invites.js';
import { memberAdd, memberRemove, membersChunk, memberUpdate } from './members.js';
import { messageCreate, messageDelete, messageDeleteBulk, messageUpdate } from './messages.js';
import { roleCreate, roleDelete, roleUpdate } from './roles.js';
import { scheduledEventCreate, scheduledEventDelete, scheduledEventUpdate } from './scheduled-events.js';
import type { Translation, TranslationContext } from './translation.js';
import { snowflake } from './snowflakes.js';
import { voiceStateUpdate } from './voice.js';

export type { TranslationContext } from './translation.js';

type DispatchName = GatewayDispatchPayload['t'];
type DispatchData<T extends DispatchName> = Extract<GatewayDispatchPayload, { t: T }>['d'];

/**
 * Which dispatch becomes which bot event; what is not named here is not the API's business. Presences have a way of their
 * own (`PresenceChanges`).
 */
const translators = {
  [Dispatch.GuildCreate]: guildCreate,
  [Dispatch.GuildUpdate]: guildUpdate,
  [Dispatch.GuildDelete]: guildDelete,
  [Dispatch.ChannelCreate]: channelCreate,
  [Dispatch.ChannelUpdate]: channelUpdate,
  [Dispatch.ChannelDelete]: channelDelete,
  [Dispatch.ThreadCreate]: channelCreate,
  [Dispatch.ThreadUpdate]: channelUpdate,
  [Dispatch.ThreadDelete]: channelDelete,
  [Dispatch.ThreadListSync]: threadListSync,
  [Dispatch.GuildRoleCreate]: roleCreate,
  [Dispatch.GuildRoleUpdate]: roleUpdate,
  [Dispatch.GuildRoleDelete]: roleDelete,
  [Dispatch.GuildMemberAdd]: memberAdd,
  [Dispatch.GuildMemberUpdate]: memberUpdate,
  [Dispatch.GuildMemberRemove]: memberRemove,
  [Dispatch.GuildMembersChunk]: membersChunk,
  [Dispatch.GuildBanAdd]: banAdd,
  [Dispatch.GuildBanRemove]: banRemove,
  [Dispatch.VoiceStateUpdate]: voiceStateUpdate,
  [Dispatch.InviteCreate]: inviteCreate,
  [Dispatch.InviteDelete]: inviteDelete,
  [Dispatch.GuildScheduledEventCreate]: scheduledEventCreate,
  [Dispatch.GuildScheduledEventUpdate]: scheduledEventUpdate,
  [Dispatch.GuildScheduledEventDelete]: scheduledEventDelete,
  [Dispatch.AutoModerationActionExecution]: automodExecution,
  [Dispatch.GuildAuditLogEntryCreate]: auditLogEntry,
  [Dispatch.MessageCreate]: messageCreate,
  [Dispatch.MessageUpdate]: messageUpdate,
  [Dispatch.MessageDelete]: messageDelete,
  [Dispatch.MessageDeleteBulk]: messageDeleteBulk,
} as const satisfies {
  [T in DispatchName]?: (data: DispatchData<T>, context: TranslationContext) => Translations;
};

/** Most dispatches become one event, some none, and a whole guild several. */
type Translations = Translation | Translation[] | undefined;
type AnyTranslator = (data: unknown, context: TranslationContext) => Translations;

/**
 * The bot events of a raw dispatch, in their order.
 * @throws TypeError when the dispatch has not the shape Discord documents
 */
export function translate(dispatch: { t: string; d: unknown }, context: TranslationContext): BotEventEnvelope[] {
  if (!Object.hasOwn(translators, dispatch.t)) return [];
  // Safe: the table binds each name to a function of that dispatch's data.
  const translator = translators[dispatch.t as keyof typeof translators] as AnyTranslator;
  return [translator(dispatch.d, context) ?? []].flat().map(envelop);
}

/** Adds what all events have in common. */
export function envelop(translation: Translation): BotEventEnvelope {
  return {
    ...translation,
    id: randomUUID(),
    guildId: snowflake(translation.guildId),
    timestamp: new Date().toISOString(),
  };
}
