import { randomUUID } from 'node:crypto';
import type { BotEventEnvelope } from '@guildhall/contracts';
import { GatewayDispatchEvents as Dispatch, type GatewayDispatchPayload } from 'discord.js';
import { channelCreate, channelDelete, channelUpdate } from './channels.js';
import { guildCreate, guildDelete, guildUpdate } from './guilds.js';
import { memberAdd, memberRemove, membersChunk, memberUpdate } from './members.js';
import { messageCreate, messageDelete, messageDeleteBulk, messageUpdate } from './messages.js';
import { roleCreate, roleDelete, roleUpdate } from './roles.js';
import type { Translation, TranslationContext } from './translation.js';
import { snowflake } from './snowflakes.js';

export type { TranslationContext } from './translation.js';

type DispatchName = GatewayDispatchPayload['t'];
type DispatchData<T extends DispatchName> = Extract<GatewayDispatchPayload, { t: T }>['d'];

/** Which dispatch becomes which bot event; what is not named here is not the API's business. */
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
  [Dispatch.GuildRoleCreate]: roleCreate,
  [Dispatch.GuildRoleUpdate]: roleUpdate,
  [Dispatch.GuildRoleDelete]: roleDelete,
  [Dispatch.GuildMemberAdd]: memberAdd,
  [Dispatch.GuildMemberUpdate]: memberUpdate,
  [Dispatch.GuildMemberRemove]: memberRemove,
  [Dispatch.GuildMembersChunk]: membersChunk,
  [Dispatch.MessageCreate]: messageCreate,
  [Dispatch.MessageUpdate]: messageUpdate,
  [Dispatch.MessageDelete]: messageDelete,
  [Dispatch.MessageDeleteBulk]: messageDeleteBulk,
} as const satisfies {
  [T in DispatchName]?: (data: DispatchData<T>, context: TranslationContext) => Translation | undefined;
};

type AnyTranslator = (data: unknown, context: TranslationContext) => Translation | undefined;

/**
 * The bot event of a raw dispatch, or undefined where there is none.
 * @throws TypeError when the dispatch has not the shape Discord documents
 */
export function translate(
  dispatch: { t: string; d: unknown },
  context: TranslationContext,
): BotEventEnvelope | undefined {
  if (!Object.hasOwn(translators, dispatch.t)) return undefined;
  // Safe: the table binds each name to a function of that dispatch's data.
  const translator = translators[dispatch.t as keyof typeof translators] as AnyTranslator;
  const translation = translator(dispatch.d, context);
  return translation && envelop(translation);
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
