import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { Guild } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import type { ChannelSpec, Community, PersonSpec } from './community.js';
import type { Dialogue, Turn } from './dialogue.js';
import { type Random, Deck } from './random.js';

/** One message of a conversation, ready to be written. */
export interface Line {
  authorId: string;
  text: string;
  /** Index of the line this one replies to. */
  replyTo: number | null;
  reactions: { emoji: string; userIds: string[] }[];
  isEdited: boolean;
}

/** How many people press one reaction at most. */
const MAX_REACTING = 6;
/** A conversation is not held again while so many messages of its channel, about a screen, may still show it. */
const MEMORY_MESSAGES = 40;

/** Turns the scripts of a community into conversations between people who are there and may write. */
export class Storyteller {
  private readonly scripts = new Map<string, Deck<Dialogue>>();
  private readonly words = new Map<string, Deck<string>>();
  private readonly rankOf: Map<string, number>;
  readonly talkingChannels: readonly ChannelSpec[];

  constructor(
    private readonly world: World,
    private readonly community: Community,
    private readonly random: Random,
  ) {
    this.rankOf = new Map(community.people.map((person, rank) => [person.id, rank]));
    this.talkingChannels = community.categories.flatMap((it) => it.channels).filter((it) => it.dialogues.length > 0);
    for (const channel of this.talkingChannels) this.scripts.set(channel.id, new Deck(channel.dialogues, random));
    for (const [slot, choices] of Object.entries(community.lexicon)) this.words.set(slot, new Deck(choices, random));
  }

  /** A channel to talk in, the busy ones more often. */
  pickChannel(): ChannelSpec {
    return this.random.pickWeighted(this.talkingChannels, (channel) => channel.dialogues.length);
  }

  /** Who of the community may write in the channel now. */
  writers(channelId: string): PersonSpec[] {
    const channel = this.world.channel(channelId);
    if (!channel) return [];
    return [...this.community.people, ...this.community.visitors].filter(
      ({ id }) => (channelPermissions(this.world, channel, id) & Permission.SendMessages) !== 0n,
    );
  }

  /**
   * The next conversation of the channel; empty when nobody can hold it, or all there is to say was said just now.
   *
   * @param opener says the first line, e.g. somebody who has just joined
   */
  tell(spec: ChannelSpec, opener?: PersonSpec): Line[] {
    const guild = this.world.guilds.get(this.community.guildId);
    const writers = this.writers(spec.id);
    const script = this.drawFreshScript(spec);
    if (!guild || !script || writers.length === 0) return [];
    const casting = new Casting(guild, script, { writers, rankOf: this.rankOf, random: this.random });
    const opening = script.turns[0]?.speaker;
    if (opener && opening) casting.assign(opening, opener);
    const chosenWords = new Map<string, string>();
    const word = (slot: string) => {
      const chosen = chosenWords.get(slot) ?? this.words.get(slot)?.draw();
      if (chosen === undefined) throw new Error(`No words for {${slot}} in ${this.community.name}`);
      chosenWords.set(slot, chosen);
      return chosen;
    };
    return script.turns.map((turn) => this.line(turn, { casting, word, writers }));
  }

  /** Passes over what can still be read in the channel: the deck of a restarted demo does not know what was said before. */
  private drawFreshScript({ id, dialogues }: ChannelSpec): Dialogue | undefined {
    const deck = this.scripts.get(id);
    const turnCount = dialogues.reduce((sum, it) => sum + it.turns.length, 0);
    const recent = this.world.history(id).page({ limit: Math.min(MEMORY_MESSAGES, Math.floor(turnCount * 0.6)) });
    let tries = dialogues.length;
    while (tries-- > 0) {
      const script = deck?.draw();
      const trace = script?.turns[0]?.text
        .split(/\{.+?\}/)
        .reduce((best, part) => (part.length > best.length ? part : best));
      if (trace !== undefined && !recent.some((message) => message.content.includes(trace))) return script;
    }
    return undefined;
  }

  private line(turn: Turn, scene: { casting: Casting; word: (slot: string) => string; writers: PersonSpec[] }): Line {
    const { casting, word, writers } = scene;
    const author = casting.person(turn.speaker);
    const text = turn.text
      .replaceAll(/\{@([a-f])\}/g, (_match, speaker: string) => `<@${casting.person(speaker).id}>`)
      .replaceAll(/\{name:([a-f])\}/g, (_match, speaker: string) => firstName(casting.person(speaker)))
      .replaceAll(/\{(\w+)\}/g, (_match, slot: string) => word(slot));
    const others = writers.filter((it) => it.id !== author.id);
    const reactions = turn.reactions.map((emoji) => {
      const count = this.random.between(1, Math.min(MAX_REACTING, Math.max(1, others.length)));
      return {
        emoji,
        userIds: this.random
          .shuffled(others)
          .slice(0, count)
          .map((it) => it.id),
      };
    });
    return {
      authorId: author.id,
      text,
      replyTo: turn.replyTo,
      reactions: reactions.filter((it) => it.userIds.length > 0),
      isEdited: turn.isEdited,
    };
  }
}

interface Company {
  writers: readonly PersonSpec[];
  rankOf: ReadonlyMap<string, number>;
  random: Random;
}

/** Who plays which speaker of one conversation. */
class Casting {
  private readonly bySpeaker = new Map<string, PersonSpec>();

  constructor(
    private readonly guild: Guild,
    private readonly script: Dialogue,
    private readonly company: Company,
  ) {
    // Parts that need a role first: somebody else might take the only person who holds it.
    for (const speaker of Object.keys(script.cast)) this.person(speaker);
  }

  assign(speaker: string, person: PersonSpec): void {
    this.bySpeaker.set(speaker, person);
  }

  person(speaker: string): PersonSpec {
    const known = this.bySpeaker.get(speaker);
    if (known) return known;
    const { random, rankOf } = this.company;
    const chosen = random.pickWeighted(this.candidates(speaker), ({ id }) => 1 / (3 + (rankOf.get(id) ?? rankOf.size)));
    this.bySpeaker.set(speaker, chosen);
    return chosen;
  }

  private candidates(speaker: string): readonly PersonSpec[] {
    const { writers } = this.company;
    const taken = new Set([...this.bySpeaker.values()].map((it) => it.id));
    const free = writers.filter((it) => !taken.has(it.id));
    const role = this.script.cast[speaker];
    const fitting = role ? free.filter((it) => this.holds(it.id, role)) : [];
    if (fitting.length > 0) return fitting;
    return free.length > 0 ? free : writers;
  }

  private holds(userId: string, roleName: string): boolean {
    const roleIds = this.guild.members.get(userId)?.roleIds ?? [];
    return roleIds.some((id) => this.guild.roles.get(id)?.name === roleName);
  }
}

/** How friends call somebody. */
export function firstName({ globalName, username }: PersonSpec): string {
  return globalName?.split(' ')[0] ?? username;
}
