import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { Guild, MemberRecord } from '../state/model.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { Casting, firstName } from './casting.js';
import { channelsOf, type ChannelSpec, type Community, type PersonSpec } from './community.js';
import type { Dialogue, EmbedScript, PictureScript, Turn } from './dialogue.js';
import { type Random, Deck } from './random.js';

/** One message of a conversation, ready to be written. */
export interface Line {
  authorId: string;
  text: string;
  embed: EmbedScript | null;
  picture: PictureScript | null;
  /** Index of the line this one replies to. */
  replyTo: number | null;
  reactions: { emoji: string; userIds: string[] }[];
  isEdited: boolean;
  isPinned: boolean;
}

/** A conversation. */
export interface Tale {
  /** Of the thread it goes on in after its first line; null where it stays in the channel. */
  title: string | null;
  /** Of its post in a forum. */
  tags: readonly string[];
  lines: Line[];
}

/** How many of the crowd ever say something. */
const TALKATIVE = 150;
/** How many people press one reaction at most: a few of a company, more of a crowd. */
const reactingIn = (writers: readonly unknown[]) =>
  Math.max(1, Math.min(writers.length - 1, writers.length > 60 ? 14 : 6));
/** A conversation is not held again while so many messages of its channel, about a screen, may still show it. */
const MEMORY_MESSAGES = 40;

/** How often something is said in a chronicle: that of an ordinary channel is the number of its scripts. */
const CHRONICLE_WEIGHT = 1.2;
/** Draws until a word is another than those that already stand in the conversation. */
const WORD_TRIES = 4;

interface Scenery {
  casting: Casting;
  word: (slot: string) => string;
  writers: readonly PersonSpec[];
}

/** Turns the scripts of a community into conversations between people who are there and may write. */
export class Storyteller {
  private readonly scripts = new Map<string, Deck<Dialogue>>();
  private readonly words = new Map<string, Deck<string>>();
  private readonly rankOf: Map<string, number>;
  private readonly speakers: readonly PersonSpec[];
  private readonly botIds: ReadonlySet<string>;
  readonly talkingChannels: readonly ChannelSpec[];

  constructor(
    private readonly world: World,
    private readonly community: Community,
    private readonly random: Random,
  ) {
    const { people, visitors, bots, crowd, lexicon } = community;
    const talkers = crowd.slice(0, TALKATIVE);
    this.rankOf = new Map([...people, ...talkers].map((person, rank) => [person.id, rank]));
    this.speakers = [...people, ...talkers, ...visitors, ...bots];
    this.botIds = new Set(bots.map(({ id }) => id));
    this.talkingChannels = channelsOf(community).filter((it) => it.dialogues.length > 0);
    for (const channel of this.talkingChannels) this.scripts.set(channel.id, new Deck(channel.dialogues, random));
    for (const [slot, choices] of Object.entries(lexicon)) this.words.set(slot, new Deck(choices, random));
  }

  /** A channel to talk in, the busy ones more often. */
  pickChannel(): ChannelSpec {
    return this.random.pickWeighted(this.talkingChannels, ({ isChronicle, dialogues }) =>
      isChronicle ? CHRONICLE_WEIGHT : dialogues.length,
    );
  }

  /** Who of the community may write in the channel now. */
  writers(channelId: string): PersonSpec[] {
    const guild = this.world.guilds.get(this.community.guildId);
    const channel = this.world.channel(channelId);
    if (!guild || !channel) return [];
    const mayWrite = (userId: string) =>
      (channelPermissions(this.world, channel, userId) & Permission.SendMessages) !== 0n;
    const hasOwnOverwrites = channel.overwrites.some(({ type }) => type === 1);
    // Hundreds of people hold a dozen sets of roles between them: each set is looked at once.
    const byRoles = new Map<string, boolean>();
    return this.speakers.filter(({ id }) => {
      const member = guild.members.get(id);
      if (!member) return false;
      if (hasOwnOverwrites || isSpecial(guild, member)) return mayWrite(id);
      const roles = member.roleIds.join();
      const known = byRoles.get(roles) ?? mayWrite(id);
      byRoles.set(roles, known);
      return known;
    });
  }

  /**
   * The next conversation of the channel; empty when nobody can hold it, or all there is to say was said just now.
   *
   * @param opener says the first line, e.g. somebody who has just joined
   */
  tell(spec: ChannelSpec, opener?: PersonSpec): Tale {
    const guild = this.world.guilds.get(this.community.guildId);
    const writers = this.writers(spec.id);
    const script = this.drawFreshScript(spec);
    if (!guild || !script || writers.length === 0) return { title: null, tags: [], lines: [] };
    const { rankOf, random, botIds } = this;
    const casting = new Casting(guild, script, { writers, rankOf, random, botIds });
    const opening = script.turns[0]?.speaker;
    if (opener && opening) casting.assign(opening, opener);
    const scenery = { casting, word: this.wordsOfOneTale(), writers };
    return {
      title: script.title === null ? null : this.fill(script.title, scenery),
      tags: script.tags,
      lines: script.turns.map((turn) => this.line(turn, scenery)),
    };
  }

  /** The same word for a slot throughout, and different words for different slots. */
  private wordsOfOneTale(): (slot: string) => string {
    const chosenWords = new Map<string, string>();
    return (slot) => {
      const known = chosenWords.get(slot);
      if (known !== undefined) return known;
      const deck = this.words.get(slot);
      let chosen = deck?.draw();
      for (let tries = 0; tries < WORD_TRIES && [...chosenWords.values()].includes(chosen ?? ''); tries += 1)
        chosen = deck?.draw();
      if (chosen === undefined) throw new Error(`No words for {${slot}} in ${this.community.name}`);
      chosenWords.set(slot, chosen);
      return chosen;
    };
  }

  /** Passes over what can still be read in the channel: the deck of a restarted demo does not know what was said before. */
  private drawFreshScript(spec: ChannelSpec): Dialogue | undefined {
    const deck = this.scripts.get(spec.id);
    const recent = this.recentTexts(spec);
    let tries = spec.dialogues.length;
    while (tries-- > 0) {
      const script = deck?.draw();
      const opening = spec.type === ChannelType.GuildForum ? script?.title : script?.turns[0]?.text;
      const trace = opening?.split(/\{.+?\}/).reduce((best, part) => (part.length > best.length ? part : best));
      if (trace !== undefined && !recent.some((text) => text.includes(trace))) return script;
    }
    return undefined;
  }

  /** What was said last, as far as it may still be seen; in a forum the titles of its posts. */
  private recentTexts({ id, type, dialogues, isChronicle }: ChannelSpec): string[] {
    if (type === ChannelType.GuildForum) {
      const threads = this.world.guilds.get(this.community.guildId)?.threads.values() ?? [];
      return [...threads].filter(({ parentId }) => parentId === id).map(({ name }) => name);
    }
    const turnCount = dialogues.reduce((sum, it) => sum + (it.title === null ? it.turns.length : 1), 0);
    const history = this.world.history(id);
    const limit = isChronicle ? history.size : Math.min(MEMORY_MESSAGES, Math.floor(turnCount * 0.6));
    return history.page({ limit }).map(({ content }) => content);
  }

  private line(turn: Turn, scenery: Scenery): Line {
    const author = scenery.casting.person(turn.speaker);
    const others = scenery.writers.filter((it) => it.id !== author.id && !this.botIds.has(it.id));
    const reactions = turn.reactions.map((emoji) => ({
      emoji,
      userIds: this.random.sample(others, this.random.between(1, reactingIn(scenery.writers))).map((it) => it.id),
    }));
    return {
      authorId: author.id,
      text: this.fill(turn.text, scenery),
      embed: turn.embed && this.fillEmbed(turn.embed, scenery),
      picture: turn.picture,
      replyTo: turn.replyTo,
      reactions: reactions.filter((it) => it.userIds.length > 0),
      isEdited: turn.isEdited,
      isPinned: turn.isPinned,
    };
  }

  private fill(text: string, { casting, word }: Scenery): string {
    return text
      .replaceAll(/\{([^{}]*\|[^{}]*)\}/g, (_match, ways: string) => this.random.pick(ways.split('|')))
      .replaceAll(/\{@([a-f])\}/g, (_match, speaker: string) => `<@${casting.person(speaker).id}>`)
      .replaceAll(/\{name:([a-f])\}/g, (_match, speaker: string) => firstName(casting.person(speaker)))
      .replaceAll(/\{(\w+)\}/g, (_match, slot: string) => word(slot));
  }

  private fillEmbed({ title, description, fields }: EmbedScript, scenery: Scenery): EmbedScript {
    const fill = (text: string) => this.fill(text, scenery);
    return {
      title: fill(title),
      description: fill(description),
      fields: fields.map(({ name, value }) => ({ name: fill(name), value: fill(value) })),
    };
  }
}

/** Roles alone do not say what they may do. */
function isSpecial(guild: Guild, { userId, timeoutUntil }: MemberRecord): boolean {
  return guild.ownerId === userId || timeoutUntil !== null;
}
