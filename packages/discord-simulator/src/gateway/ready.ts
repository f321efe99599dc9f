import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import type { World } from '../state/world.js';
import { applicationFlags } from '../views/applications.js';
import { renderGuildCreate } from '../views/guild-create.js';
import { renderUser, userOf } from '../views/users.js';
import type { ConnectionTerms } from './connection.js';
import type { Session } from './session.js';

/** The `d` of READY. Every guild is unavailable until its GUILD_CREATE. @see https://docs.discord.com/developers/events/gateway-events#ready */
export function renderReady(
  world: World,
  session: Session,
  { guildIds, connection }: { guildIds: readonly string[]; connection: ConnectionTerms },
): object {
  const { application, shard, isSharded } = session.terms;
  const flags = applicationFlags(application);
  return {
    v: connection.version,
    user: { ...renderUser(userOf(world, session.botId)), verified: true, mfa_enabled: false, email: null },
    guilds: guildIds.map((id) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: `ws://${connection.host}/gateway`,
    ...(isSharded ? { shard } : {}),
    application: { id: application.id, flags, flags_new: String(flags) },
    session_type: 'normal',
    // Discord sends these to bots as well, always empty; some libraries read them.
    private_channels: [],
    relationships: [],
    presences: [],
    _trace: [],
  };
}

/** The `d` of GUILD_CREATE, as far as the intents of a session let it see the guild. */
export function guildCreateFor(world: World, session: Session, guildId: string): string {
  const guild = world.guilds.get(guildId);
  if (!guild) return JSON.stringify({ id: guildId, unavailable: true });
  const view = {
    botId: session.botId,
    includesPresences: session.holds(Intent.GuildPresences),
    includesVoiceStates: session.holds(Intent.GuildVoiceStates),
    includesScheduledEvents: session.holds(Intent.GuildScheduledEvents),
    largeThreshold: session.terms.largeThreshold,
  };
  return JSON.stringify(renderGuildCreate(world, guild, view));
}
