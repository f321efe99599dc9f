import { ChannelType } from 'discord-api-types/v10';
import { addMember, setPresence, updateMember } from '../actions/members.js';
import { createInvite, followInvite, openInvites } from '../actions/invites.js';
import { createMessage } from '../actions/messages.js';
import { pinMessage } from '../actions/pins.js';
import { joinVoice } from '../actions/voice.js';
import type { Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { announceOccasions } from './calendar.js';
import {
  channelNamed,
  channelsOf,
  type ChannelSpec,
  type Community,
  personNamed,
  type PersonSpec,
} from './community.js';
import { foundCommunity, joinedAtMs, roleIdsOf, usualPresence } from './founding.js';
import { happen, setRules } from './moderation.js';
import { Random } from './random.js';
import { correct, react, Scene } from './scene.js';
import { Storyteller } from './storyteller.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Channels in which people were talking within the last hour and a half. */
const RECENT_CHANNELS = 4;
/** The rest of the last hours belongs to the recent conversations. */
const QUIET_BEFORE_NOW_MS = 100 * MINUTE_MS;

/** The past of one community, lived through day by day on the clock of its world. What happens is the same every time. */
export class Past {
  private readonly random: Random;
  private readonly storyteller: Storyteller;
  private readonly guild: Guild;

  constructor(
    private readonly world: World,
    private readonly community: Community,
    private readonly nowMs: number,
  ) {
    this.random = new Random(20_190_314 + community.people.length);
    this.guild = foundCommunity(world, community, nowMs);
    this.storyteller = new Storyteller(world, community, this.random);
  }

  /** What was there before the first day: the people of old, the rules, the first words in the channels. */
  begin(): void {
    this.community.people.forEach((person, index) => {
      const atMs = joinedAtMs(person, { index, community: this.community, nowMs: this.nowMs });
      if (atMs < this.world.clock.now()) this.join(person, atMs);
      else this.at(atMs, () => this.join(person));
    });
    for (const bot of this.community.bots) this.join(bot);
    setRules(this.world, this.guild, this.community);
    this.writeFirstMessages();
    for (const invite of this.community.invites)
      this.at(this.nowMs - invite.daysAgo * DAY_MS, () => this.invite(invite));
    for (const incident of this.community.incidents) {
      const midnightMs = this.nowMs - (this.nowMs % DAY_MS) - incident.daysAgo * DAY_MS;
      happen(this.world, this.community, incident, (offsetMs, act) =>
        this.at(midnightMs + incident.hour * HOUR_MS + offsetMs, act),
      );
    }
    this.at(this.nowMs - 6 * DAY_MS, () => announceOccasions(this.world, this.community, this.nowMs));
  }

  /** Plans the day that the clock has come to. */
  planDay(daysAgo: number): void {
    const midnightMs = this.nowMs - (this.nowMs % DAY_MS) - daysAgo * DAY_MS;
    this.planArrivals(daysAgo, midnightMs);
    // The last hour may reach back over midnight.
    if (daysAgo === 1) this.planLastHour();
    const isWeekend = [0, 6].includes(new Date(midnightMs).getUTCDay());
    if (this.community.isClosedOnWeekends && isWeekend) return;
    const { from, to } = this.community.hours;
    const count = this.community.conversationsPerDay + this.random.between(-1, 2);
    const spanMs = ((to - from) * HOUR_MS) / count;
    for (let slot = 0; slot < count; slot += 1) {
      const startMs = midnightMs + from * HOUR_MS + Math.floor((slot + this.random.next() * 0.8) * spanMs);
      const channel = this.storyteller.pickChannel();
      if (startMs < this.nowMs - QUIET_BEFORE_NOW_MS) this.at(startMs, () => this.converse(channel));
    }
  }

  /** Who is there at this moment, and who sits in voice. */
  arrive(): void {
    const { crowd, people, bots } = this.community;
    for (const { id } of people) setPresence(this.world, id, usualPresence(this.community, this.random));
    for (const { id } of crowd) {
      const presence = usualPresence(this.community, this.random, true);
      if (presence.status !== 'offline') setPresence(this.world, id, presence);
    }
    for (const { id } of bots) setPresence(this.world, id, { status: 'online', activities: [] });
    this.sitInVoice();
  }

  private at(moment: number, act: () => void): void {
    this.world.clock.after(Math.max(0, moment - this.world.clock.now()), act);
  }

  private join(person: PersonSpec, joinedMs = this.world.clock.now()): void {
    const joinedAt = new Date(joinedMs).toISOString();
    addMember(this.world, this.guild, person.id, { roleIds: roleIdsOf(this.guild, person), joinedAt });
  }

  private planArrivals(daysAgo: number, midnightMs: number): void {
    for (const person of this.community.crowd) {
      if (person.joinedDaysAgo !== daysAgo) continue;
      const latestMs = Math.min(midnightMs + DAY_MS, this.nowMs) - 1;
      this.at(this.random.between(midnightMs, latestMs), () => this.followInvite(person));
    }
  }

  private followInvite(person: PersonSpec): void {
    const [first] = openInvites(this.guild);
    if (first === undefined) return this.join(person);
    const member = followInvite(this.world, this.guild, this.random.pick(openInvites(this.guild)), person.id);
    if (person.roles.length > 0)
      updateMember(this.world, this.guild, member, { changes: { roleIds: roleIdsOf(this.guild, person) } });
  }

  private invite({ channel, by, maxAgeSeconds, maxUses }: Community['invites'][number]): void {
    const channelId = channelNamed(this.community, channel).id;
    const actor = { userId: personNamed(this.community, by).id };
    createInvite(this.world, this.guild, { channelId, maxAgeSeconds, maxUses, isUnique: true }, actor);
  }

  private planLastHour(): void {
    const busiest = [...this.storyteller.talkingChannels]
      .sort((left, right) => right.dialogues.length - left.dialogues.length)
      .slice(0, RECENT_CHANNELS);
    busiest.forEach((channel, index) => {
      const startMs = this.nowMs - (30 + index * 15 + this.random.between(0, 10)) * MINUTE_MS;
      this.at(startMs, () => this.converse(channel));
    });
  }

  private converse(channel: ChannelSpec): void {
    const tale = this.storyteller.tell(channel);
    const scene = new Scene(this.world, channel.id, tale);
    let delayMs = 0;
    for (const _line of tale.lines) {
      delayMs += this.random.between(12_000, 170_000);
      this.world.clock.after(delayMs, () => this.say(scene));
    }
  }

  private say(scene: Scene): void {
    const next = scene.take();
    const message = next && scene.write(next.index, next.line.text);
    if (!message) return;
    const { line } = next;
    if (line.isEdited) this.world.clock.after(95_000, () => correct(this.world, message, line.text));
    for (const { emoji, userIds } of line.reactions)
      for (const userId of userIds) react(this.world, message, { emoji, userId });
  }

  private writeFirstMessages(): void {
    const [founder] = this.community.people;
    for (const { id, firstMessage } of channelsOf(this.community)) {
      const channel = this.world.channel(id);
      if (!founder || !channel || !firstMessage) continue;
      const message = createMessage(this.world, channel, { authorId: founder.id, content: firstMessage });
      pinMessage(this.world, channel, message, { userId: founder.id });
    }
  }

  private sitInVoice(): void {
    const hour = new Date(this.nowMs).getUTCHours();
    const { from, to } = this.community.voiceHours;
    const rooms = voiceChannelsOf(this.world, this.community);
    const [room] = rooms;
    if (!room || hour < from || hour >= to) return;
    const awake = this.community.people.filter(({ id }) => this.world.presence(id).status === 'online');
    for (const { id } of this.random.sample(awake, this.random.between(2, 4)))
      joinVoice(this.world, this.guild, room, id);
  }
}

/** The rooms everybody may enter. */
export function voiceChannelsOf(world: World, community: Community) {
  return channelsOf(community)
    .filter(({ type, visibleTo }) => type === ChannelType.GuildVoice && !visibleTo)
    .flatMap(({ id }) => world.channel(id) ?? []);
}
