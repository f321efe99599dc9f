import type { CommandRecord } from '../state/model.js';
import type { CommandPermissionsRecord } from '../state/webhook-records.js';

type Json = Record<string, unknown>;

/** @see https://docs.discord.com/developers/interactions/application-commands#application-command-object */
export function renderCommand(command: CommandRecord): object {
  return {
    id: command.id,
    application_id: command.applicationId,
    version: command.version,
    default_member_permissions: null,
    description: '',
    dm_permission: true,
    contexts: null,
    integration_types: [0],
    nsfw: false,
    ...command.definition,
    type: command.type,
    name: command.name,
    ...(command.guildId ? { guild_id: command.guildId } : {}),
  };
}

/** A command in a list that did not ask for its translations: at most one, in the language of `X-Discord-Locale`. */
export function renderListedCommand(command: CommandRecord, locale: string | undefined): object {
  return withoutTranslations(renderCommand(command) as Json, locale);
}

function withoutTranslations(part: Json, locale: string | undefined): Json {
  const { name_localizations: names, description_localizations: descriptions, ...rest } = part;
  const name = (names as Json | null | undefined)?.[locale ?? ''];
  const description = (descriptions as Json | null | undefined)?.[locale ?? ''];
  const inside = (['options', 'choices'] as const).flatMap((key) => {
    const items = rest[key] as Json[] | undefined;
    return items ? [[key, items.map((it) => withoutTranslations(it, locale))]] : [];
  });
  return {
    ...rest,
    ...(Object.fromEntries(inside) as Json),
    ...(name ? { name_localized: name } : {}),
    ...(description ? { description_localized: description } : {}),
  };
}

/** @see https://docs.discord.com/developers/interactions/application-commands#application-command-permissions-object */
export function renderCommandPermissions(guildId: string, record: CommandPermissionsRecord): object {
  return {
    id: record.id,
    application_id: record.applicationId,
    guild_id: guildId,
    permissions: record.permissions,
  };
}
