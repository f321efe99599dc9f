import { type Finding, ok, problem, warning } from './finding.js';
import { compareClocks } from './clock.js';
import { DiscordReader, DiscordRefusal } from './discord-reader.js';
import { checkGuilds } from './guilds.js';

/** What of the configuration Discord has a say in. */
export interface DiscordSettings {
  apiUrl: string;
  token: string;
  clientId: string;
  clientSecret: string;
  callbackUrl: string;
  /** The privileged intents that the configuration asks for, by the names of the developer portal. */
  wantedIntents: readonly PrivilegedIntent[];
}

export type PrivilegedIntent = keyof typeof intentFlags;

/** Bits of an application's flags, for bots in many guilds and in few. @see https://discord.com/developers/docs/resources/application */
const intentFlags = {
  'Presence Intent': (1 << 12) | (1 << 13),
  'Server Members Intent': (1 << 14) | (1 << 15),
  'Message Content Intent': (1 << 18) | (1 << 19),
} as const;

const PORTAL = 'https://discord.com/developers/applications';

interface Application {
  id: string;
  name: string;
  flags: number;
  redirect_uris?: string[];
}

interface GatewayFacts {
  shards: number;
  session_start_limit: { total: number; remaining: number; reset_after: number };
}

/** Looks at a bot, its application and its guilds through Discord's own API, without changing anything. */
export async function checkDiscord(settings: DiscordSettings): Promise<Finding[]> {
  const discord = new DiscordReader(settings.apiUrl, settings.token);
  try {
    const askedAtMs = Date.now();
    const { body: application, date } = await discord.read<Application>('/applications/@me');
    const answeredAtMs = Date.now();
    return [
      ok('Discord: token', `it belongs to the application ${application.name}`),
      ...(date ? [compareClocks('Discord', { askedAtMs, answeredAtMs, otherAt: date, precisionMs: 1_000 })] : []),
      applicationFinding(application, settings),
      ...settings.wantedIntents.map((intent) => intentFinding(application, intent)),
      redirectFinding(application, settings),
      await secretFinding(discord, settings),
      sessionsFinding((await discord.read<GatewayFacts>('/gateway/bot')).body),
      ...(await checkGuilds(discord, application.id)),
    ];
  } catch (error) {
    if (!(error instanceof DiscordRefusal)) throw error;
    return [refusalFinding(error, settings)];
  }
}

function refusalFinding({ status, message }: DiscordRefusal, { apiUrl, clientId }: DiscordSettings): Finding {
  if (status === 401) {
    const advice = `Copy the token anew: ${PORTAL}/${clientId}/bot → Reset Token, and set DISCORD_TOKEN.`;
    return problem('Discord: token', 'Discord refuses it', advice);
  }
  const advice = `Check this machine's connection, a proxy on the way, and DISCORD_API_URL (${apiUrl}).`;
  return problem('Discord', `it cannot be used (${message})`, advice);
}

function applicationFinding({ id }: Application, { clientId }: DiscordSettings): Finding {
  const subject = 'Discord: application';
  if (id === clientId) return ok(subject, 'the token and DISCORD_CLIENT_ID belong together');
  return problem(
    subject,
    `the token is of application ${id}`,
    `Set DISCORD_CLIENT_ID=${id}, with the secret of that application.`,
  );
}

function intentFinding({ id, flags }: Application, intent: PrivilegedIntent): Finding {
  const subject = `Discord: ${intent}`;
  if (flags & intentFlags[intent]) return ok(subject, 'it is switched on');
  return problem(
    subject,
    'it is switched off',
    `Switch it on: ${PORTAL}/${id}/bot → Privileged Gateway Intents → ${intent}.`,
  );
}

function redirectFinding({ id, redirect_uris: known }: Application, { callbackUrl }: DiscordSettings): Finding {
  const subject = 'Discord: redirect URI';
  if (known?.includes(callbackUrl)) return ok(subject, callbackUrl);
  const advice = `Register exactly ${callbackUrl} at ${PORTAL}/${id}/oauth2 → Redirects.`;
  return problem(subject, 'it is not registered, so that sign-in fails', advice);
}

/** A secret proves itself by a token of the application for itself. */
async function secretFinding(discord: DiscordReader, { clientId, clientSecret }: DiscordSettings): Promise<Finding> {
  const subject = 'Discord: client secret';
  if (await discord.acceptsSecret(clientId, clientSecret)) return ok(subject, 'Discord accepts it');
  const advice = `Copy it anew: ${PORTAL}/${clientId}/oauth2 → Reset Secret, and set DISCORD_CLIENT_SECRET.`;
  return problem(subject, 'Discord refuses it', advice);
}

function sessionsFinding({ shards, session_start_limit: limit }: GatewayFacts): Finding {
  const subject = 'Discord: sessions';
  const text = `${limit.remaining} of ${limit.total} starts are left today, ${shards} needed for each`;
  if (limit.remaining >= shards * 2) return ok(subject, text);
  const minutes = Math.ceil(limit.reset_after / 60_000);
  return warning(subject, text, `Restart the bot no more than necessary for ${minutes} minutes.`);
}
