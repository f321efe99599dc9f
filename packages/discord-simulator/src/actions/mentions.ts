import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { componentsIn } from '../state/components.js';
import type { ChannelRecord, MessageRecord } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';

/** Which mentions of a message notify. @see https://docs.discord.com/developers/resources/message#allowed-mentions-object */
export interface AllowedMentions {
  parse: readonly ('users' | 'roles' | 'everyone')[];
  userIds: readonly string[];
  roleIds: readonly string[];
  repliesToAuthor: boolean;
}

/** What holds for messages that say nothing about it. */
export const ALL_MENTIONS: AllowedMentions = {
  parse: ['users', 'roles', 'everyone'],
  userIds: [],
  roleIds: [],
  repliesToAuthor: true,
};

/** What holds for answers of applications, and for webhooks, that say nothing about it. */
const USER_MENTIONS: AllowedMentions = { ...ALL_MENTIONS, parse: ['users'] };

type MentionSource = Pick<
  MessageRecord,
  'authorId' | 'content' | 'components' | 'replyTo' | 'applicationId' | 'webhook'
> & {
  allowed: AllowedMentions | undefined;
};

type Mentions = Pick<MessageRecord, 'mentionIds' | 'mentionRoleIds' | 'mentionsEveryone'>;

const CODE = /```[\s\S]*?```|`[^`\n]*`/g;

/** Whom a message notifies: who is named in it, as far as its author may and wants to. */
export function mentionsIn(world: World, channel: ChannelRecord, source: MentionSource): Mentions {
  const allowed = source.allowed ?? (source.applicationId || source.webhook ? USER_MENTIONS : ALL_MENTIONS);
  const userIds = new Set<string>();
  const repliedTo = source.replyTo ? world.history(channel.id).get(source.replyTo.messageId) : undefined;
  if (repliedTo && allowed.repliesToAuthor) userIds.add(repliedTo.authorId);
  const text = spokenText(source);
  if (!text.includes('@')) return { mentionIds: [...userIds], mentionRoleIds: [], mentionsEveryone: false };
  const spoken = text.replaceAll(CODE, '');
  const isParsed = (kind: AllowedMentions['parse'][number]) => allowed.parse.includes(kind);
  for (const id of idsIn(spoken, /<@!?(\d{1,20})>/g)) {
    if (world.users.has(id) && (isParsed('users') || allowed.userIds.includes(id))) userIds.add(id);
  }
  const roleIds = [...idsIn(spoken, /<@&(\d{1,20})>/g)].filter(
    (id) => (isParsed('roles') || allowed.roleIds.includes(id)) && isMentionable(world, channel, source.authorId, id),
  );
  const mentionsEveryone =
    isParsed('everyone') && /@(?:everyone|here)/.test(spoken) && mayMentionEveryone(world, channel, source.authorId);
  return { mentionIds: [...userIds], mentionRoleIds: roleIds, mentionsEveryone };
}

/** What a message says in words: its content, and the text displays among its components. */
export function spokenText({ content, components }: Pick<MessageRecord, 'content' | 'components'>): string {
  if (components.length === 0) return content;
  const displayed = [...componentsIn(components)].flatMap(({ component }) =>
    component['type'] === 10 ? [String(component['content'])] : [],
  );
  return [content, ...displayed].join('\n');
}

function idsIn(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].flatMap(([, id]) => id ?? []));
}

function isMentionable(world: World, channel: ChannelRecord, authorId: string, roleId: string): boolean {
  const role = world.guilds.get(channel.guildId ?? '')?.roles.get(roleId);
  return role !== undefined && (role.isMentionable || mayMentionEveryone(world, channel, authorId));
}

/** Who is no member writes as a webhook, which asks nobody. */
function mayMentionEveryone(world: World, channel: ChannelRecord, authorId: string): boolean {
  const guild = world.guilds.get(channel.guildId ?? '');
  if (!guild) return false;
  if (!guild.members.has(authorId)) return true;
  return (channelPermissions(world, channel, authorId) & Permission.MentionEveryone) !== 0n;
}
