import type { DiscordReader } from './discord-reader.js';
import { type Finding, ok, warning } from './finding.js';

/** Guilds are looked at one by one, each with two requests; of a bot in many, these suffice to find the usual mistakes. */
const MAX_GUILDS = 25;

/** What Guildhall's features need of Discord. @see https://discord.com/developers/docs/topics/permissions */
const neededPermissions = {
  'View Channels': 1n << 10n,
  'Send Messages': 1n << 11n,
  'Embed Links': 1n << 14n,
  'Read Message History': 1n << 16n,
  'View Audit Log': 1n << 7n,
  'Manage Roles': 1n << 28n,
  'Manage Messages': 1n << 13n,
  'Manage Nicknames': 1n << 27n,
  'Kick Members': 1n << 1n,
  'Ban Members': 1n << 2n,
  'Time out Members': 1n << 40n,
} as const;

const ADMINISTRATOR = 1n << 3n;

interface GuildOfBot {
  id: string;
  name: string;
  permissions: string;
}

interface RoleFacts {
  id: string;
  name: string;
  position: number;
  permissions: string;
  managed: boolean;
}

/** Looks at what the bot may do in its guilds, and whether its role stands high enough. */
export async function checkGuilds(discord: DiscordReader, botId: string): Promise<Finding[]> {
  const { body: guilds } = await discord.read<GuildOfBot[]>('/users/@me/guilds');
  if (guilds.length === 0) {
    const advice = 'Invite it: sign in to the dashboard and follow the link in the list of guilds.';
    return [warning('Discord: guilds', 'the bot is in no guild', advice)];
  }
  const findings: Finding[] = [];
  for (const guild of guilds.slice(0, MAX_GUILDS)) findings.push(...(await checkGuild(discord, botId, guild)));
  const rest = guilds.length - MAX_GUILDS;
  return rest > 0 ? [...findings, ok('Discord: guilds', `${rest} more were not looked at`)] : findings;
}

async function checkGuild(discord: DiscordReader, botId: string, guild: GuildOfBot): Promise<Finding[]> {
  const [{ body: roles }, { body: member }] = await Promise.all([
    discord.read<RoleFacts[]>(`/guilds/${guild.id}/roles`),
    discord.read<{ roles: string[] }>(`/guilds/${guild.id}/members/${botId}`),
  ]);
  const findings = [permissionFinding(guild, roles, member.roles), hierarchyFinding(guild, roles, member.roles)];
  return findings.filter((finding) => finding !== null);
}

function permissionFinding({ id, name }: GuildOfBot, roles: RoleFacts[], own: string[]): Finding {
  const subject = `Discord: ${name}`;
  const granted = roles
    .filter((role) => role.id === id || own.includes(role.id))
    .reduce((all, role) => all | BigInt(role.permissions), 0n);
  if (granted & ADMINISTRATOR) {
    const advice = 'Safer: take "Administrator" away from its role and give it the permissions of the invite link.';
    return warning(subject, 'the bot is an administrator there, which is more than it needs', advice);
  }
  const missing = Object.entries(neededPermissions).filter(([, bit]) => !(granted & bit));
  if (missing.length === 0) return ok(subject, 'the bot has the permissions it needs');
  const names = missing.map(([permission]) => permission).join(', ');
  return warning(subject, `the bot lacks ${names}`, 'Give them to its role: Server Settings → Roles.');
}

/** A bot acts on nobody whose highest role is not below its own. */
function hierarchyFinding({ name }: GuildOfBot, roles: RoleFacts[], own: string[]): Finding | null {
  const highest = Math.max(0, ...roles.filter(({ id }) => own.includes(id)).map(({ position }) => position));
  const above = roles.filter(({ position, managed }) => position > highest && !managed);
  if (above.length === 0) return null;
  const names = above
    .toSorted((a, b) => b.position - a.position)
    .map((role) => role.name)
    .slice(0, 5);
  return warning(
    `Discord: role order in ${name}`,
    `${above.length} roles stand above the bot's (${names.join(', ')}${above.length > 5 ? ', …' : ''})`,
    'It cannot act on their members: drag its role above those it should moderate, in Server Settings → Roles.',
  );
}
