import { ChannelType } from 'discord-api-types/v10';
import { storeFile } from '../actions/attachments.js';
import { isForum } from '../actions/channels.js';
import { deleteMessages, editMessage, startTyping } from '../actions/messages.js';
import { say } from '../actions/speech.js';
import { requireTags } from '../rest/forum-posts.js';
import { messageLimits } from '../rest/schemas.js';
import type { ChannelRecord, MessageRecord, Thread } from '../state/model.js';
import type { MessageRef, Named } from './names.js';
import { PersonBase } from './person-base.js';
import { shorten } from './text.js';

export interface Upload {
  name: string;
  /** Text is sent as UTF-8. */
  content: string | Uint8Array;
  /** The alternative text. */
  description?: string | undefined;
}

export interface WritingOptions {
  /** Where; the channel of the person's last action when absent. */
  in?: Named | undefined;
  replyingTo?: MessageRef | undefined;
  files?: readonly Upload[] | undefined;
}

/** A person without Nitro. @see https://docs.discord.com/developers/reference#uploading-files */
const MAX_FILE_BYTES = 10 * 1_024 * 1_024;

/** What a person does with messages. Each action is one that Discord's own client would allow this person, or throws ImpossibleAction. */
export class WritingPerson extends PersonBase {
  async writes(text: string, { in: place, replyingTo, files = [] }: WritingOptions = {}): Promise<MessageRecord> {
    const doing =
      text === '' ? `upload ${files.map(({ name }) => name).join(', ')}` : `write ${JSON.stringify(shorten(text, 40))}`;
    const channel = this.channelFor(place, doing);
    this.requireSpeech(channel, doing, text);
    if (text.trim() === '' && files.length === 0) throw this.impossible(doing, 'a message without content is not sent');
    const replyToId = replyingTo === undefined ? undefined : this.messageFor(replyingTo, 'reply', channel).message.id;
    if (replyToId !== undefined) this.require(channel, 'ReadMessageHistory', 'reply');
    const where = `${doing} in ${this.stage.names.nameOf(channel)}`;
    return this.stage.act(() =>
      this.explaining(where, () => {
        const attachments = this.store(channel, files, doing);
        return say(this.world, channel, { authorId: this.id, content: text, replyToId, attachments });
      }),
    );
  }

  /** Sends files, with a text or without. */
  uploads(
    file: Upload | readonly Upload[],
    options: Omit<WritingOptions, 'files'> & { text?: string | undefined } = {},
  ): Promise<MessageRecord> {
    const { text = '', ...rest } = options;
    return this.writes(text, { ...rest, files: Array.isArray(file) ? (file as Upload[]) : [file as Upload] });
  }

  /** Changes a message of their own. */
  async edits(ref: MessageRef, text: string): Promise<MessageRecord> {
    const { channel, message } = this.messageFor(ref, 'edit a message');
    if (message.authorId !== this.id) throw this.impossible('edit a message', 'somebody else wrote it');
    this.requireLength(text, 'edit a message');
    this.requireOpen(channel, 'edit a message');
    this.stage.act(() => editMessage(this.world, message, { content: text }));
    return message;
  }

  /** Deletes a message of their own, or as a moderator. */
  async deletes(ref: MessageRef): Promise<void> {
    const { channel, message } = this.messageFor(ref, 'delete a message');
    const isOwn = message.authorId === this.id;
    if (!isOwn) this.require(channel, 'ManageMessages', "delete somebody else's message");
    const by = isOwn ? undefined : { userId: this.id };
    this.stage.act(() => deleteMessages(this.world, channel, [message.id], by));
  }

  /** Others see that the person is typing. */
  async startsTyping({ in: place }: { in?: Named } = {}): Promise<void> {
    const channel = this.channelFor(place, 'type');
    this.requireSpeech(channel, 'type', '');
    this.stage.act(() => startTyping(this.world, channel, this.id));
  }

  /** Starts a thread, on a message where one is named. */
  async startsThread(
    name: string,
    { in: place, on, isPrivate = false }: { in?: Named; on?: MessageRef; isPrivate?: boolean } = {},
  ): Promise<Thread> {
    const doing = `start the thread "${name}"`;
    const { channel, messageId } =
      on === undefined ? { channel: this.channelFor(place, doing) } : this.threadStart(on, doing);
    this.require(channel, isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads', doing);
    if (isForum(channel)) throw this.impossible(doing, `${this.stage.names.nameOf(channel)} is a forum: posts(…)`);
    const type = isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread;
    return this.stage.act(() => this.stage.control.startThread(this.id, channel.id, { name, type, messageId }));
  }

  private threadStart(on: MessageRef, doing: string) {
    const { channel, message } = this.messageFor(on, doing);
    if (this.world.channel(message.id)) throw this.impossible(doing, 'the message has a thread already');
    return { channel, messageId: message.id };
  }

  /** Starts a post in a forum, with tags by their names. */
  async posts(
    title: string,
    text: string,
    { in: place, tags = [] }: { in?: Named; tags?: readonly string[] } = {},
  ): Promise<Thread> {
    const doing = `post "${title}"`;
    const forum = this.channelFor(place, doing);
    if (!isForum(forum)) throw this.impossible(doing, `${this.stage.names.nameOf(forum)} is no forum`);
    this.require(forum, 'SendMessages', doing);
    this.requireLength(text, doing);
    const known = forum.forum?.tags ?? [];
    const tagIds = tags.map((tag) => known.find(({ id, name }) => [id, name].includes(tag))?.id ?? tag);
    return this.stage.act(() =>
      this.explaining(doing, () => {
        requireTags(this.world, { forum, userId: this.id, tagIds });
        return this.stage.control.startPost(this.id, forum.id, { name: title, content: text, tagIds });
      }),
    );
  }

  private store(channel: ChannelRecord, files: readonly Upload[], doing: string) {
    if (files.length > 0) this.require(channel, 'AttachFiles', doing);
    if (files.length > 10) throw this.impossible(doing, 'a message has 10 files at most');
    return files.map(({ name: filename, content, description }) => {
      const bytes = Buffer.from(content);
      if (bytes.length > MAX_FILE_BYTES) throw this.impossible(doing, `${filename} is larger than 10 MiB`);
      return storeFile(this.world, channel, { filename, bytes, description });
    });
  }

  protected requireSpeech(channel: ChannelRecord, doing: string, text: string): void {
    if (isForum(channel) || channel.type === ChannelType.GuildCategory) {
      throw this.impossible(doing, `nobody writes in ${this.stage.names.nameOf(channel)} itself`);
    }
    this.require(channel, 'SendMessages', doing);
    this.requireLength(text, doing);
    this.requireOpen(channel, doing);
  }

  protected requireLength(text: string, doing: string): void {
    const limit = messageLimits.contentLength;
    if (text.length > limit) throw this.impossible(doing, `it has ${text.length} characters of ${limit} at most`);
  }

  /** A locked thread takes nothing from those who do not manage threads. */
  protected requireOpen(channel: ChannelRecord, doing: string): void {
    if (!channel.thread?.isLocked || this.may(channel, 'ManageThreads')) return;
    throw this.impossible(doing, `the thread ${channel.name} is locked`);
  }
}
