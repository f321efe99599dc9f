import { ApplicationIntegrationType as Installation, InteractionContextType as Context } from 'discord-api-types/v10';
import type { ChannelRecord, CommandRecord } from '../state/model.js';
import type { World } from '../state/world.js';

/** Scope with which a person takes an application along wherever they are. */
const USER_INSTALL_SCOPE = 'applications.commands';

/** Where something happens: in a guild, in a conversation with the application's bot, or in another one. */
export function contextOf(channel: ChannelRecord, applicationId: string): Context {
  if (channel.guildId) return Context.Guild;
  return channel.recipientIds.includes(applicationId) ? Context.BotDM : Context.PrivateChannel;
}

/**
 * Through which installations a person has an application in a channel, and whose they are: the guild's (`0` stands for none in a
 * conversation with the bot) or their own.
 * @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object
 */
export function ownersIn(
  world: World,
  channel: ChannelRecord,
  { applicationId, userId }: { applicationId: string; userId: string },
): Record<string, string> {
  const isPresent = channel.guildId
    ? world.member(channel.guildId, applicationId) !== undefined
    : channel.recipientIds.includes(applicationId);
  const isTakenAlong = [...world.grants.values()].some(
    (grant) =>
      grant.applicationId === applicationId && grant.userId === userId && grant.scopes.includes(USER_INSTALL_SCOPE),
  );
  return {
    ...(isPresent ? { [Installation.GuildInstall]: channel.guildId ?? '0' } : {}),
    ...(isTakenAlong ? { [Installation.UserInstall]: userId } : {}),
  };
}

/** The installations through which a person has one command there; none where they do not have it. */
export function commandOwners(
  world: World,
  channel: ChannelRecord,
  { command, userId }: { command: CommandRecord; userId: string },
): Record<string, string> {
  const { integration_types: types, contexts, dm_permission: isDirect } = command.definition;
  const context = contextOf(channel, command.applicationId);
  const isElsewhere = Array.isArray(contexts)
    ? !contexts.includes(context)
    : isDirect === false && context === Context.BotDM;
  // Where a command of a guild may be used was decided when it was registered there.
  if (command.guildId === null && isElsewhere) return {};
  const owners = ownersIn(world, channel, { applicationId: command.applicationId, userId });
  const usable = (types as number[] | undefined) ?? [Installation.GuildInstall];
  return Object.fromEntries(Object.entries(owners).filter(([type]) => usable.includes(Number(type))));
}
