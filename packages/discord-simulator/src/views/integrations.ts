import type { ApplicationRecord, Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderUser, userOf } from './users.js';

/** An application whose bot is in the guild. */
export interface BotIntegration {
  /** The id of the bot's role, which comes and goes with it; of the application, where the bot has none. */
  id: string;
  application: ApplicationRecord;
  roleId: string | null;
}

export function integrationsOf(world: World, guild: Guild): BotIntegration[] {
  return [...world.applications.values()].flatMap((application) => {
    if (!guild.members.has(application.id)) return [];
    const roleId = [...guild.roles.values()].find((role) => role.botId === application.id)?.id ?? null;
    return [{ id: roleId ?? application.id, application, roleId }];
  });
}

/** @see https://docs.discord.com/developers/resources/guild#integration-object */
export function renderIntegration(world: World, { id, application }: BotIntegration): object {
  return {
    id,
    type: 'discord',
    name: application.name,
    account: { id: application.id, name: application.name },
    enabled: true,
    application: {
      id: application.id,
      name: application.name,
      icon: null,
      description: '',
      type: null,
      bot: renderUser(userOf(world, application.id)),
    },
    scopes: ['bot', 'applications.commands'],
  };
}
