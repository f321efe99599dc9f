import type { MessageRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import type { Happening, Journal } from './journal.js';
import { shorten, textOf } from './text.js';
import { Names } from './names.js';

/** Messages of the channel that a report shows. */
const LAST_MESSAGES = 5;

export interface ReportScope {
  world: World;
  journal: Journal;
  /** From where on the journal is told. */
  since: number;
  /** The channel that was looked at. */
  channelId?: string | undefined;
  botId: string;
  /** Whether the bot has a session of the Discord Gateway. */
  isConnected: boolean;
}

/** What happened, in place of what was waited for, in lines that a person reads. */
export function report(scope: ReportScope): string {
  const happened = scope.journal.since(scope.since);
  const parts = [
    section(`the last messages of ${channelName(scope)}`, lastMessages(scope)),
    section(
      `what ${nameOf(scope.world, scope.botId)} did`,
      happened.flatMap((it) => deedOf(scope, it)),
    ),
    section('interactions that failed', failedInteractions(scope, happened)),
    section('requests that were refused', happened.flatMap(refusalOf)),
  ].filter((part) => part !== '');
  if (!scope.isConnected) parts.push(`${nameOf(scope.world, scope.botId)} is not connected to the Discord Gateway.`);
  return parts.length > 0 ? parts.join('\n') : 'Nothing happened at all.';
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function nameOf(world: World, userId: string): string {
  return world.users.get(userId)?.username ?? userId;
}

function channelName({ world, channelId = '' }: ReportScope): string {
  const channel = world.channel(channelId);
  return channel ? new Names(world).nameOf(channel) : 'the channel';
}

function lastMessages({ world, channelId }: ReportScope): string[] {
  if (channelId === undefined) return [];
  const messages = world.history(channelId).all().slice(-LAST_MESSAGES);
  if (messages.length === 0) return ['(none)'];
  return messages.map((message) => `${nameOf(world, message.authorId)}: ${quote(message)}`);
}

function quote(message: Pick<MessageRecord, 'content' | 'embeds' | 'components'>): string {
  const text = textOf(message);
  return text === '' ? '(no text)' : shorten(text);
}

interface DispatchedMessage {
  channel_id: string;
  content: string;
  embeds: MessageRecord['embeds'];
  components: MessageRecord['components'];
  author?: { id: string };
  user_id?: string;
  emoji?: { name: string };
}

function deedOf({ world, botId }: ReportScope, happening: Happening): string[] {
  if (happening.kind === 'ephemeral') {
    if (happening.authorId !== botId || happening.isRemoved) return [];
    return [`showed ${nameOf(world, happening.userId)} alone: ${quote(happening.message)}`];
  }
  if (happening.kind !== 'dispatch') return [];
  const { name } = happening.dispatch;
  const data = happening.dispatch.data as DispatchedMessage;
  const channel = world.channel(data.channel_id);
  const where = channel ? new Names(world).nameOf(channel) : 'a channel that is gone';
  if (name === 'MESSAGE_CREATE' && data.author?.id === botId) return [`wrote in ${where}: ${quote(data)}`];
  if (name === 'MESSAGE_UPDATE' && data.author?.id === botId) return [`edited in ${where}: ${quote(data)}`];
  if (name === 'MESSAGE_REACTION_ADD' && data.user_id === botId) return [`reacted ${data.emoji?.name} in ${where}`];
  return [];
}

interface DispatchedInteraction {
  id: string;
  data: { name?: string; custom_id?: string };
}

function failedInteractions({ world }: ReportScope, happened: readonly Happening[]): string[] {
  return happened.flatMap((it) => {
    if (it.kind !== 'settled' || it.outcome.status !== 'failed') return [];
    const started = happened.find(
      (other) =>
        other.kind === 'dispatch' &&
        other.dispatch.name === 'INTERACTION_CREATE' &&
        (other.dispatch.data as DispatchedInteraction).id === it.outcome.interactionId,
    );
    if (started?.kind !== 'dispatch') return [];
    const { data, ...who } = started.dispatch.data as DispatchedInteraction & InteractionAuthor;
    const userId = who.member?.user.id ?? who.user?.id ?? '';
    const what = data.name === undefined ? `component ${data.custom_id}` : `/${data.name}`;
    return [`${what} of ${nameOf(world, userId)} was not answered`];
  });
}

interface InteractionAuthor {
  member?: { user: { id: string } };
  user?: { id: string };
}

function refusalOf(happening: Happening): string[] {
  if (happening.kind !== 'refusal') return [];
  const { method, path, status, answer } = happening.exchange;
  const { code, message, errors } = (answer ?? {}) as { code?: number; message?: string; errors?: object };
  // Tokens of interactions are long and tell nothing.
  const shortPath = path.replaceAll(/[\w-]{40,}/g, '…');
  const details = errors ? ` ${shorten(JSON.stringify(errors))}` : '';
  return [`${method} ${shortPath} → ${status}${code ? `, ${code}` : ''} ${message ?? ''}${details}`];
}
