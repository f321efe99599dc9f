import { addMember, removeMember, setPresence } from '../actions/members.js';
import { createMessage, deleteMessages, startTyping } from '../actions/messages.js';
import { joinVoice, leaveVoice } from '../actions/voice.js';
import type { Guild, MessageRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import type { ChannelSpec, Community, PersonSpec } from './community.js';
import { usualPresence } from './founding.js';
import { demoIds } from './ids.js';
import { voiceChannelsOf } from './past.js';
import type { Random } from './random.js';
import { correct, react, Scene } from './scene.js';
import { type Line, Storyteller } from './storyteller.js';

/** Share of the pace that somebody is seen typing before a message. */
const TYPING_SHARE = 0.3;
const SLIP_PROBABILITY = 0.025;
/** Beats between two comings or goings, two changes of somebody's presence, and two of somebody in voice. */
const VISITOR_BEATS = 20;
const PRESENCE_BEATS = 3;
const VOICE_BEATS = 8;
/** Visitors who stay at once; when more have come, one goes. */
const MAX_VISITORS_INSIDE = 5;
/** People in voice at once, at the hours when one meets there and at others. */
const VOICE_COMPANY = { usual: 5, odd: 1 };
/** Whom others play: they go into voice channels, and out of them, by themselves. */
const PLAYED = new Set<string>(Object.values(demoIds));
/** Hours of the night, UTC, in which everything takes longer. */
const NIGHT = { from: 1, to: 5 };
const NIGHT_SLOWNESS = 2;

interface Tempo {
  paceMs: number;
  random: Random;
}

/** One guild whose people are awake. */
export class LivingGuild {
  private readonly pending = new Set<() => void>();
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
    this.after(this.nextPause(), () => {
      this.beat();
      this.start();
    });
  }

  stop(): void {
    for (const cancel of this.pending) cancel();
    this.pending.clear();
  }

  private after(delayMs: number, act: () => void): void {
    const cancel = this.world.clock.after(delayMs, () => {
      this.pending.delete(cancel);
      act();
    });
    this.pending.add(cancel);
  }

  private nextPause(): number {
    const hour = new Date(this.world.clock.now()).getUTCHours();
    const slowness = hour >= NIGHT.from && hour < NIGHT.to ? NIGHT_SLOWNESS : 1;
    return this.tempo.paceMs * slowness * (0.5 + this.tempo.random.next());
  }

  /** Somebody says the next line; every now and then somebody comes, goes, or changes what they do. */
  private beat(): void {
    const guild = this.world.guilds.get(this.community.guildId);
    if (!guild) return;
    this.beats += 1;
    if (this.beats % PRESENCE_BEATS === 0) this.changePresence(guild);
    if (this.beats % VOICE_BEATS === 0) this.changeVoice(guild);
    if (this.beats % VISITOR_BEATS === 0 && this.community.visitors.length > 0) this.moveVisitors(guild);
    this.scene ??= this.openScene(this.storyteller.pickChannel());
    this.speak(this.scene);
    if (this.scene.isOver) this.scene = undefined;
  }

  private openScene(channel: ChannelSpec, opener?: PersonSpec): Scene {
    return new Scene(this.world, channel.id, this.storyteller.tell(channel, opener));
  }

  private speak(scene: Scene): void {
    const next = scene.take();
    const channel = scene.place;
    if (!next || !channel) return;
    const { line, index } = next;
    if (!scene.mayWrite(line.authorId)) return;
    startTyping(this.world, channel, line.authorId);
    this.after(this.tempo.paceMs * TYPING_SHARE, () => {
      // The channel may be gone, the author timed out, since they began to type.
      const message = scene.write(index, line.isEdited ? misspell(line.text) : line.text);
      if (!message) return;
      this.followUp(message, line);
      if (this.tempo.random.chance(SLIP_PROBABILITY)) this.slip(message);
    });
  }

  private followUp(message: MessageRecord, line: Line): void {
    const { paceMs } = this.tempo;
    if (line.isEdited) this.after(paceMs, () => correct(this.world, message, line.text));
    const presses = line.reactions.flatMap(({ emoji, userIds }) => userIds.map((userId) => ({ emoji, userId })));
    presses.forEach((press, index) => {
      this.after(paceMs * (0.4 + index * 0.35), () => react(this.world, message, press));
    });
  }

  /** A message in the wrong place, taken back a moment later. */
  private slip({ channelId, authorId }: MessageRecord): void {
    const channel = this.world.channel(channelId);
    if (!channel) return;
    const content = this.tempo.random.pick(this.community.slips);
    const message = createMessage(this.world, channel, { authorId, content });
    this.after(this.tempo.paceMs * 1.2, () => {
      if (this.world.channel(channelId)) deleteMessages(this.world, channel, [message.id]);
    });
  }

  private changePresence(guild: Guild): void {
    const { random } = this.tempo;
    const isReader = this.community.crowd.length > 0 && random.chance(0.4);
    const { id } = random.pick(isReader ? this.community.crowd : this.community.people);
    if (guild.members.has(id)) setPresence(this.world, id, usualPresence(this.community, random, isReader));
  }

  /** Somebody sits down in a voice channel, or gets up: more of them at the hours when one meets there. */
  private changeVoice(guild: Guild): void {
    const { random } = this.tempo;
    const rooms = voiceChannelsOf(this.world, this.community);
    const { from, to } = this.community.voiceHours;
    const hour = new Date(this.world.clock.now()).getUTCHours();
    const company = hour >= from && hour < to ? VOICE_COMPANY.usual : VOICE_COMPANY.odd;
    const people = this.community.people.filter(({ id }) => !PLAYED.has(id));
    const inside = people.filter(({ id }) => guild.voiceStates.has(id));
    const awake = people.filter(
      ({ id }) => guild.members.has(id) && !guild.voiceStates.has(id) && this.world.presence(id).status === 'online',
    );
    const comes = inside.length === 0 || (inside.length < company && random.chance(0.6));
    if (!comes) return leaveVoice(this.world, guild, random.pick(inside).id);
    const [room] = rooms;
    if (room && awake.length > 0)
      joinVoice(this.world, guild, random.chance(0.75) ? room : random.pick(rooms), random.pick(awake).id);
  }

  private moveVisitors(guild: Guild): void {
    const { random } = this.tempo;
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
