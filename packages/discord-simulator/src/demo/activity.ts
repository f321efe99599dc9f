import { addMember, removeMember, setPresence } from '../actions/members.js';
import { addReaction, createMessage, deleteMessages, editMessage, startTyping } from '../actions/messages.js';
import type { MessageRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { communities } from './communities.js';
import type { ChannelSpec, Community } from './community.js';
import { usualPresence } from './founding.js';
import { Random } from './random.js';
import { type Line, Storyteller } from './storyteller.js';

export interface ActivityOptions {
  /** Average time between two messages of one guild, in milliseconds. */
  paceMs?: number | undefined;
  /** Makes what happens repeatable; different at every start when absent. */
  seed?: number | undefined;
}

export interface Activity {
  stop(): void;
}

const DEFAULT_PACE_MS = 7_000;
/** Share of the pace that somebody is seen typing before a message. */
const TYPING_SHARE = 0.3;
const SLIP_PROBABILITY = 0.025;
/** Beats between two comings or goings, and between two changes of somebody's presence. */
const VISITOR_BEATS = 20;
const PRESENCE_BEATS = 3;
/** Visitors who stay at once; when more have come, one goes. */
const MAX_VISITORS_INSIDE = 5;

/** Lets the people of the demo chat on, join, leave and come and go until stopped. Keeps no process alive by itself. */
export function startActivity(
  world: World,
  { paceMs = DEFAULT_PACE_MS, seed = Date.now() }: ActivityOptions = {},
): Activity {
  const living = communities.map(
    (community, index) => new LivingGuild(world, community, { paceMs, random: new Random(seed + index) }),
  );
  for (const guild of living) guild.start();
  return {
    stop: () => {
      for (const guild of living) guild.stop();
    },
  };
}

interface Tempo {
  paceMs: number;
  random: Random;
}

interface Scene {
  channel: ChannelSpec;
  lines: Line[];
  written: (MessageRecord | undefined)[];
}

/** One guild whose people are awake. */
class LivingGuild {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly storyteller: Storyteller;
  private scene: Scene | undefined;
  private beats = 0;

  constructor(
    private readonly world: World,
    private readonly community: Community,
    private readonly tempo: Tempo,
  ) {
    this.storyteller = new Storyteller(world, community, tempo.random);
  }

  start(): void {
    this.after(this.jitteredPace(), () => {
      this.beat();
      this.start();
    });
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private after(delayMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, delayMs);
    timer.unref();
    this.timers.add(timer);
  }

  private jitteredPace(): number {
    return this.tempo.paceMs * (0.5 + this.tempo.random.next());
  }

  /** Somebody says the next line; every now and then somebody comes, goes, or changes what they do. */
  private beat(): void {
    if (!this.world.guilds.has(this.community.guildId)) return;
    this.beats += 1;
    if (this.beats % PRESENCE_BEATS === 0) this.changePresence();
    if (this.beats % VISITOR_BEATS === 0 && this.community.visitors.length > 0) this.moveVisitors();
    this.scene ??= this.openScene(this.storyteller.pickChannel());
    const scene = this.scene;
    const line = scene.lines[scene.written.length];
    if (line) this.speak(scene, line);
    if (scene.written.length >= scene.lines.length) this.scene = undefined;
  }

  private openScene(channel: ChannelSpec, opener?: Community['people'][number]): Scene {
    return { channel, lines: this.storyteller.tell(channel, opener), written: [] };
  }

  private speak(scene: Scene, line: Line): void {
    const index = scene.written.length;
    scene.written.push(undefined);
    const channel = this.world.channel(scene.channel.id);
    if (!channel || !this.mayWrite(scene, line.authorId)) return;
    startTyping(this.world, channel, line.authorId);
    this.after(this.tempo.paceMs * TYPING_SHARE, () => {
      // The channel may be gone, the author timed out, since they began to type.
      if (!this.world.channel(channel.id) || !this.mayWrite(scene, line.authorId)) return;
      const repliedTo = line.replyTo === null ? undefined : scene.written[line.replyTo];
      const message = createMessage(this.world, channel, {
        authorId: line.authorId,
        content: line.isEdited ? misspell(line.text) : line.text,
        replyToId: repliedTo && this.stillExists(repliedTo) ? repliedTo.id : undefined,
      });
      scene.written[index] = message;
      this.followUp(message, line);
      if (this.tempo.random.chance(SLIP_PROBABILITY)) this.slip(scene, line.authorId);
    });
  }

  private followUp(message: MessageRecord, line: Line): void {
    const { paceMs } = this.tempo;
    if (line.isEdited)
      this.after(paceMs, () => this.ifExists(message, () => editMessage(this.world, message, { content: line.text })));
    const presses = line.reactions.flatMap(({ emoji, userIds }) => userIds.map((userId) => ({ emoji, userId })));
    presses.forEach(({ emoji, userId }, index) => {
      this.after(paceMs * (0.4 + index * 0.35), () =>
        this.ifExists(message, () => addReaction(this.world, message, userId, { id: null, name: emoji })),
      );
    });
  }

  /** A message in the wrong place, taken back a moment later. */
  private slip(scene: Scene, authorId: string): void {
    const channel = this.world.channel(scene.channel.id);
    if (!channel) return;
    const message = createMessage(this.world, channel, {
      authorId,
      content: this.tempo.random.pick(this.community.slips),
    });
    this.after(this.tempo.paceMs * 1.2, () =>
      this.ifExists(message, () => deleteMessages(this.world, channel, [message.id])),
    );
  }

  private ifExists(message: MessageRecord, act: () => void): void {
    if (this.stillExists(message)) act();
  }

  private stillExists(message: MessageRecord): boolean {
    return this.world.history(message.channelId).get(message.id) !== undefined;
  }

  private mayWrite(scene: Scene, userId: string): boolean {
    return this.storyteller.writers(scene.channel.id).some((it) => it.id === userId);
  }

  private changePresence(): void {
    const { random } = this.tempo;
    const { id } = random.pick(this.community.people);
    if (this.world.users.has(id)) setPresence(this.world, id, usualPresence(this.community, random));
  }

  private moveVisitors(): void {
    const { random } = this.tempo;
    const guild = this.world.guilds.get(this.community.guildId);
    if (!guild) return;
    const inside = this.community.visitors.filter(({ id }) => guild.members.has(id));
    const outside = this.community.visitors.filter(
      ({ id }) => !guild.members.has(id) && !guild.bans.has(id) && this.world.users.has(id),
    );
    if (inside.length >= MAX_VISITORS_INSIDE || outside.length === 0) {
      if (inside.length > 0) removeMember(this.world, guild, random.pick(inside).id);
      return;
    }
    const visitor = random.pick(outside);
    addMember(this.world, guild, visitor.id);
    setPresence(this.world, visitor.id, { status: 'online', activities: [] });
    const greeting = this.storyteller.talkingChannels.find((it) => it.name === 'introductions');
    if (greeting) this.scene = this.openScene(greeting, visitor);
  }
}

/** Swaps two letters of the longest word, as fingers do. */
function misspell(text: string): string {
  const longest = text.split(/[^\p{L}]+/u).reduce((best, word) => (word.length > best.length ? word : best), '');
  if (longest.length < 4) return `${text}…`;
  const at = longest.length - 3;
  const swapped = longest.slice(0, at) + longest.charAt(at + 1) + longest.charAt(at) + longest.slice(at + 2);
  return text.replace(longest, swapped === longest ? `${longest}${longest.slice(-1)}` : swapped);
}
