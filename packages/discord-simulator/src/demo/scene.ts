import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { createMessage, editMessage, markThreadStart, type MessageDraft } from '../actions/messages.js';
import { addReaction } from '../actions/reactions.js';
import { storeFile } from '../actions/attachments.js';
import { createPost } from '../actions/forum-posts.js';
import { pinMessage } from '../actions/pins.js';
import { createThread } from '../actions/threads.js';
import type { ChannelRecord, MessageRecord } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import type { EmbedScript } from './dialogue.js';
import { paint } from './pictures.js';
import type { Line, Tale } from './storyteller.js';

/** Colour of the cards that integrations post. */
const CARD_COLOR = 0x5865f2;

/** A conversation while it is held: who says what comes next, and where. */
export class Scene {
  private readonly written: (MessageRecord | undefined)[] = [];
  private threadId: string | undefined;

  constructor(
    private readonly world: World,
    private readonly channelId: string,
    private readonly tale: Tale,
  ) {}

  get isOver(): boolean {
    return this.written.length >= this.tale.lines.length;
  }

  /** Takes the next line; it has to be written, or it is left out. */
  take(): { line: Line; index: number } | undefined {
    const index = this.written.length;
    const line = this.tale.lines[index];
    if (line) this.written.push(undefined);
    return line && { line, index };
  }

  /** Where the next line is said; nowhere when its channel is gone. */
  get place(): ChannelRecord | undefined {
    return this.world.channel(this.threadId ?? this.channelId);
  }

  /** Whether somebody may say the next line where it is said. */
  mayWrite(userId: string): boolean {
    const channel = this.place;
    return !!channel && (channelPermissions(this.world, channel, userId) & Permission.SendMessages) !== 0n;
  }

  /** Writes a line that was taken, unless its author may not, or no longer. */
  write(index: number, content: string): MessageRecord | undefined {
    const line = this.tale.lines[index];
    if (!line) return undefined;
    if (index > 0 && this.tale.title !== null && this.threadId === undefined) this.startThread(this.tale.title);
    const channel = this.place;
    if (!channel || !this.mayWrite(line.authorId)) return undefined;
    const message = channel.forum
      ? this.post(channel, line)
      : createMessage(this.world, channel, this.draft(channel, line, content));
    if (line.isPinned && message) pinMessage(this.world, channel, message, { userId: line.authorId });
    this.written[index] = message;
    return message;
  }

  private draft(channel: ChannelRecord, line: Line, content: string): MessageDraft {
    const repliedTo = line.replyTo === null ? undefined : this.written[line.replyTo];
    return {
      authorId: line.authorId,
      content,
      embeds: line.embed ? [renderCard(line.embed)] : undefined,
      attachments: line.picture ? [storeFile(this.world, channel, paint(line.picture))] : undefined,
      replyToId: repliedTo && this.world.history(channel.id).get(repliedTo.id)?.id,
    };
  }

  /** In a forum the first line is a post of its own. */
  private post(forum: ChannelRecord, line: Line): MessageRecord | undefined {
    const guild = this.world.guilds.get(forum.guildId ?? '');
    if (!guild || this.tale.title === null) return undefined;
    const tagIds = (forum.forum?.tags ?? []).filter(({ name }) => this.tale.tags.includes(name)).map(({ id }) => id);
    const draft = { name: this.tale.title.slice(0, 100), tagIds };
    const by = { userId: line.authorId };
    const { thread, message } = createPost(this.world, guild, forum, { draft, message: { content: line.text }, by });
    this.threadId = thread.id;
    return message;
  }

  private startThread(name: string): void {
    const [first] = this.written;
    const parent = this.world.channel(this.channelId);
    const guild = this.world.guilds.get(parent?.guildId ?? '');
    if (!first || !parent || !guild || parent.forum) return;
    const draft = { name: name.slice(0, 100), messageId: first.id };
    const thread = createThread(this.world, guild, parent, { draft, by: { userId: first.authorId } });
    markThreadStart(this.world, first);
    this.threadId = thread.id;
  }
}

function renderCard({ title, description, fields }: EmbedScript): Record<string, unknown> {
  return {
    type: 'rich',
    title,
    description,
    color: CARD_COLOR,
    fields: fields.map((field) => ({ ...field, inline: true })),
  };
}

/** What becomes of a message that was just written: reactions at once, the correction by its author. */
export function react(
  world: World,
  message: MessageRecord,
  { emoji, userId }: { emoji: string; userId: string },
): void {
  if (exists(world, message)) addReaction(world, message, userId, { id: null, name: emoji });
}

export function correct(world: World, message: MessageRecord, content: string): void {
  if (exists(world, message)) editMessage(world, message, { content });
}

function exists(world: World, message: MessageRecord): boolean {
  return world.history(message.channelId).get(message.id) !== undefined;
}
