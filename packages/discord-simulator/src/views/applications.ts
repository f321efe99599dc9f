import type { ApplicationRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderUser, userOf } from './users.js';

/** Bits that tell which privileged intents are granted. @see https://docs.discord.com/developers/resources/application#application-object-application-flags */
const LIMITED_FLAGS = { presence: 1 << 13, members: 1 << 15, messageContent: 1 << 19 };

/** The `flags` of an application. */
export function applicationFlags({ privilegedIntents }: ApplicationRecord): number {
  return (
    (privilegedIntents.presence ? LIMITED_FLAGS.presence : 0) |
    (privilegedIntents.members ? LIMITED_FLAGS.members : 0) |
    (privilegedIntents.messageContent ? LIMITED_FLAGS.messageContent : 0)
  );
}

/** An application as its own bot sees it. @see https://docs.discord.com/developers/resources/application#application-object */
export function renderApplication(world: World, application: ApplicationRecord): object {
  const { profile } = application;
  return {
    id: application.id,
    name: application.name,
    icon: profile?.icon ?? null,
    ...(profile?.coverImage ? { cover_image: profile.coverImage } : {}),
    description: profile?.description ?? '',
    tags: profile?.tags ?? [],
    ...(profile?.customInstallUrl ? { custom_install_url: profile.customInstallUrl } : {}),
    ...(profile?.installParams ? { install_params: profile.installParams } : {}),
    type: null,
    bot: renderUser(userOf(world, application.id)),
    summary: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: applicationFlags(application),
    flags_new: String(applicationFlags(application)),
    eligible_oauth2_scopes: [],
    redirect_uris: application.redirectUris,
    interactions_endpoint_url: null,
    role_connections_verification_url: profile?.roleConnectionsUrl ?? null,
    owner: renderUser(userOf(world, application.id)),
    approximate_guild_count: world.guildsOf(application.id).length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
  };
}

/** @see https://docs.discord.com/developers/resources/application-role-connection-metadata */
export function renderConnectionMetadata({ connectionMetadata = [] }: ApplicationRecord): object[] {
  return connectionMetadata.map((item) => ({
    type: item.type,
    key: item.key,
    name: item.name,
    ...(item.nameLocalizations ? { name_localizations: item.nameLocalizations } : {}),
    description: item.description,
    ...(item.descriptionLocalizations ? { description_localizations: item.descriptionLocalizations } : {}),
  }));
}
