import { MessageFlags } from 'discord-api-types/v10';
import { storeFile } from '../actions/attachments.js';
import type { ChannelRecord } from '../state/model.js';
import { canView, channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderAttachments } from '../views/attachments.js';
import { renderChannel, renderRole } from '../views/guilds.js';
import { renderPartialMember, renderUser } from '../views/users.js';
import { type GivenFile, ImpossibleAction } from './use.js';

/** The kinds of things an id may stand for. */
export type Kind = 'user' | 'role' | 'channel';

/** What the ids in an interaction stand for. @see https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure */
export class Resolved {
  private readonly parts: Record<string, Record<string, object>> = {};

  constructor(
    private readonly world: World,
    private readonly channel: ChannelRecord,
    private readonly userId: string,
  ) {}

  /** The part of the payload; nothing where nothing was named. */
  toJSON(): { resolved?: object } {
    return Object.keys(this.parts).length > 0 ? { resolved: this.parts } : {};
  }

  /** Adds what an id stands for, if it may be of these kinds. @throws ImpossibleAction when there is no such thing */
  add(id: string, kinds: readonly Kind[], channelTypes?: readonly number[] | null): void {
    const isKnown = kinds.some((kind) => {
      if (kind === 'user') return this.addUser(id);
      return kind === 'role' ? this.addRole(id) : this.addChannel(id, channelTypes ?? []);
    });
    if (!isKnown) throw new ImpossibleAction(`There is no ${kinds.join(' or ')} ${id} to choose`);
  }

  addUser(id: string): boolean {
    const user = this.world.users.get(id);
    if (!user) return false;
    this.put('users', id, renderUser(user));
    const member = this.channel.guildId ? this.world.member(this.channel.guildId, id) : undefined;
    const permissions = channelPermissions(this.world, this.channel, id).toString();
    if (member) this.put('members', id, { ...renderPartialMember(member), permissions });
    return true;
  }

  addMessage(id: string, message: object): void {
    this.put('messages', id, message);
  }

  /** Keeps the file, and returns the id it has from now on. */
  addFile({ filename, content }: GivenFile): string {
    const bytes = Buffer.from(content ?? '', 'base64');
    const attachment = storeFile(this.world, this.channel, { filename, bytes });
    const shown = {
      channelId: this.channel.id,
      attachments: [attachment],
      embeds: [],
      components: [],
      flags: MessageFlags.Ephemeral,
    };
    const [rendered] = renderAttachments(this.world, shown);
    this.put('attachments', attachment.id, rendered ?? {});
    return attachment.id;
  }

  private addRole(id: string): boolean {
    const role = this.world.guilds.get(this.channel.guildId ?? '')?.roles.get(id);
    if (role) this.put('roles', id, renderRole(role));
    return role !== undefined;
  }

  /** A person chooses among the channels they see. */
  private addChannel(id: string, types: readonly number[]): boolean {
    const chosen = this.world.channel(id);
    if (!chosen || chosen.guildId !== this.channel.guildId || !canView(this.world, chosen, this.userId)) return false;
    if (types.length > 0 && !types.includes(chosen.type)) return false;
    const permissions = channelPermissions(this.world, chosen, this.userId).toString();
    this.put('channels', id, { ...renderChannel(this.world, chosen), permissions });
    return true;
  }

  private put(part: string, id: string, rendered: object): void {
    (this.parts[part] ??= {})[id] = rendered;
  }
}
