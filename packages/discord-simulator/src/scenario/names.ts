import { ImpossibleAction } from '../interactions/person.js';
import type { ChannelRecord, Guild, MessageRecord, RoleRecord, UserRecord } from '../state/model.js';
import type { World } from '../state/world.js';

/** A thing by its name, by its id, or as any object that carries its id: a record, or what a library such as discord.js makes of it. */
export type Named = string | { readonly id: string };
/** A message by its id, or as an object that carries it; without the channel it is looked for where the person last was. */
export type MessageRef = string | { readonly id: string; readonly channelId?: string };

interface Candidate {
  id: string;
  /** Everything it is called, the usual name first. */
  names: readonly (string | null)[];
}

/** Names shown when nothing has the one asked for. */
const MAX_SHOWN = 8;

/** Finds what a scenario speaks of. Each throws ImpossibleAction, naming what there is, for what does not exist or is ambiguous. */
export class Names {
  constructor(private readonly world: World) {}

  person(named: Named, guild?: Guild): UserRecord {
    const people = guild
      ? [...guild.members.keys()].flatMap((id) => this.world.users.get(id) ?? [])
      : this.world.users.values();
    const candidates = [...people].map((user) => ({
      id: user.id,
      names: [user.username, user.globalName, guild?.members.get(user.id)?.nick ?? null],
      user,
    }));
    return choose(candidates, named, { kind: 'person', place: guild?.name }).user;
  }

  guild(named: Named): Guild {
    const candidates = [...this.world.guilds.values()].map((guild) => ({ id: guild.id, names: [guild.name], guild }));
    return choose(candidates, named, { kind: 'guild' }).guild;
  }

  /** A channel or thread: of the guild, or of any. */
  channel(named: Named, guild?: Guild): ChannelRecord {
    const id = idOf(named);
    const known = id === undefined ? undefined : this.world.channel(id);
    if (known) return known;
    const guilds = guild ? [guild] : [...this.world.guilds.values()];
    const channels = guilds.flatMap((it) => [...it.channels.values(), ...it.threads.values()]);
    const candidates = channels.map((channel) => ({ id: channel.id, names: [channel.name], channel }));
    return choose(candidates, named, { kind: 'channel', place: guild?.name }).channel;
  }

  /** A channel of the guild if it has one that is called so, otherwise of any. */
  channelNear(named: Named, guild: Guild | undefined): ChannelRecord {
    const isThere = [...(guild?.channels.values() ?? []), ...(guild?.threads.values() ?? [])].some(
      ({ name }) => typeof named === 'string' && simple(name) === simple(named),
    );
    return this.channel(named, isThere ? guild : undefined);
  }

  role(named: Named, guild: Guild): RoleRecord {
    const candidates = [...guild.roles.values()].map((role) => ({ id: role.id, names: [role.name], role }));
    return choose(candidates, named, { kind: 'role', place: guild.name }).role;
  }

  /** A message that everybody in its channel can see; undefined for one that only somebody was shown. */
  message(ref: MessageRef, channel: ChannelRecord): MessageRecord | undefined {
    return this.world.history(channel.id).get(typeof ref === 'string' ? ref : ref.id);
  }

  /** How a reader knows a channel. */
  nameOf(channel: ChannelRecord): string {
    if (channel.guildId) return `#${channel.name}`;
    const people = channel.recipientIds.map((id) => this.world.users.get(id)?.username ?? id);
    return `the direct messages of ${people.join(' and ')}`;
  }
}

function idOf(named: Named): string | undefined {
  if (typeof named !== 'string') return named.id;
  return /^\d{1,20}$/.test(named) ? named : undefined;
}

function choose<Item extends Candidate>(
  candidates: readonly Item[],
  named: Named,
  { kind, place }: { kind: string; place?: string | undefined },
): Item {
  const id = idOf(named);
  const byId = candidates.find((it) => it.id === id);
  if (byId) return byId;
  const where = place === undefined ? '' : ` in ${place}`;
  if (typeof named !== 'string') throw new ImpossibleAction(`There is no ${kind} ${named.id}${where}`);
  const wanted = simple(named);
  const fitting = candidates.filter(({ names }) => names.some((name) => name !== null && simple(name) === wanted));
  const [only, another] = fitting;
  if (only && !another) return only;
  if (only)
    throw new ImpossibleAction(
      `More than one ${kind}${where} is called "${named}": choose by id, ${listed(fitting.map((it) => it.id))}`,
    );
  const known = candidates.map(({ names }) => names[0] ?? '');
  throw new ImpossibleAction(
    `There is no ${kind} "${named}"${where}; there is ${known.length > 0 ? listed(known) : 'none'}`,
  );
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_SHOWN).join(', ');
  return names.length > MAX_SHOWN ? `${shown} and ${names.length - MAX_SHOWN} more` : shown;
}

/** Upper and lower case, and the sign before a name, do not count. */
function simple(name: string): string {
  return name.replace(/^[#@]/, '').toLowerCase();
}
