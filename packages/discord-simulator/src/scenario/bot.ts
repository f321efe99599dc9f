import { MessageFlags } from 'discord-api-types/v10';
import type { MessageRecord } from '../state/model.js';
import type { Happening } from './journal.js';
import type { MessageRef, Named } from './names.js';
import type { Expectation, Patience, Stage } from './stage.js';
import { describePattern, fits, type Pattern } from './text.js';

export interface Whereabouts extends Patience {
  /** The channel. */
  in?: Named | undefined;
  /** The direct messages of this person, in place of a channel. */
  to?: Named | undefined;
}

/** What is expected of a bot. Everything resolves as soon as it happens, or fails with what happened instead. */
export class Bot {
  constructor(
    private readonly stage: Stage,
    readonly id: string,
  ) {}

  get name(): string {
    return this.stage.world.users.get(this.id)?.username ?? this.id;
  }

  /** The bot writes such a message after the last action of a person. A deferred answer counts once it says something. */
  answers(pattern?: Pattern, where: Whereabouts = {}): Promise<MessageRecord> {
    return this.message(pattern, where, { verb: 'answers', since: this.stage.lastActionAt });
  }

  /** The bot writes such a message at any time of the scenario that met no other expectation. */
  writes(pattern?: Pattern, where: Whereabouts = {}): Promise<MessageRecord> {
    return this.message(pattern, where, { verb: 'writes', since: this.stage.startedAt });
  }

  /** The bot edits a message of its own so that it then reads like this. */
  edits(message: MessageRef, pattern?: Pattern, patience: Patience = {}): Promise<MessageRecord> {
    const id = idOf(message);
    const find = (happening: Happening) => {
      const edited = this.said(happening);
      return edited?.id === id && edited.editedAt !== null && fits(pattern, edited) ? edited : undefined;
    };
    const what = `${this.name} edits message ${id} to ${describePattern(pattern)}`;
    return this.claiming({ what, since: this.stage.lastActionAt, find, ...patience });
  }

  /** Somebody deletes the message. Discord tells nobody who. */
  async deletes(message: MessageRef, patience: Patience = {}): Promise<void> {
    const id = idOf(message);
    await this.claiming({
      what: `${this.name} deletes message ${id}`,
      since: this.stage.lastActionAt,
      find: (happening) => (deletedIds(happening).includes(id) ? true : undefined),
      ...patience,
    });
  }

  /** The bot reacts to the message. */
  async reacts(emoji: string, message: MessageRef, patience: Patience = {}): Promise<void> {
    const id = idOf(message);
    const find = (happening: Happening) => {
      if (happening.kind !== 'dispatch' || happening.dispatch.name !== 'MESSAGE_REACTION_ADD') return undefined;
      const data = happening.dispatch.data as { user_id: string; message_id: string; emoji: { name: string } };
      return data.user_id === this.id && data.message_id === id && data.emoji.name === emoji ? true : undefined;
    };
    await this.claiming({
      what: `${this.name} reacts ${emoji} to message ${id}`,
      since: this.stage.lastActionAt,
      find,
      ...patience,
    });
  }

  private message(
    pattern: Pattern | undefined,
    where: Whereabouts,
    { verb, since }: { verb: string; since: number },
  ): Promise<MessageRecord> {
    const channel = this.channel(where);
    const find = (happening: Happening) => {
      const message = this.said(happening);
      if (!message || (channel && message.channelId !== channel.id)) return undefined;
      const isEdit = message.editedAt !== null || (message.flags & MessageFlags.Loading) !== 0;
      return !isEdit && fits(pattern, message) ? message : undefined;
    };
    const place = channel ? ` in ${this.stage.names.nameOf(channel)}` : '';
    const what = `${this.name} ${verb} ${describePattern(pattern)}${place}`;
    return this.claiming({ what, since, find, within: where.within, channelId: channel?.id });
  }

  /** What meets this expectation meets no other one. */
  private claiming<Result>(expectation: Expectation<Result>): Promise<Result> {
    const find = (happening: Happening) => {
      if (this.stage.isClaimed(happening)) return undefined;
      const result = expectation.find(happening);
      if (result !== undefined) this.stage.claim(happening);
      return result;
    };
    return this.stage.expect({ ...expectation, find });
  }

  /** The message of this bot that was written, filled or edited. */
  private said(happening: Happening): MessageRecord | undefined {
    if (happening.kind !== 'dispatch') return undefined;
    const { dispatch, message } = happening;
    if (message?.authorId !== this.id) return undefined;
    // An update without an edit is a deferred answer that now says something; others pin a message or hang a thread on it.
    const isFilled = message.interaction !== null || message.editedAt !== null;
    return dispatch.name === 'MESSAGE_CREATE' || isFilled ? message : undefined;
  }

  private channel({ in: place, to }: Whereabouts) {
    if (to !== undefined) return this.stage.control.directChannel(this.id, this.stage.names.person(to).id);
    return place === undefined ? undefined : this.stage.names.channelNear(place, this.stage.placeGuild);
  }
}

function idOf(message: MessageRef): string {
  return typeof message === 'string' ? message : message.id;
}

function deletedIds(happening: Happening): string[] {
  if (happening.kind !== 'dispatch') return [];
  const { name, data } = happening.dispatch;
  if (name === 'MESSAGE_DELETE') return [(data as { id: string }).id];
  return name === 'MESSAGE_DELETE_BULK' ? (data as { ids: string[] }).ids : [];
}
