import { GuildScheduledEventEntityType as EntityType } from 'discord-api-types/v10';
import { createScheduledEvent, setInterest } from '../actions/scheduled-events.js';
import type { Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { channelNamed, type Community, type Occasion, personNamed } from './community.js';
import { Random } from './random.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Puts what is planned around the present into the calendar of the guild; what would already have begun is a day later. */
export function announceOccasions(world: World, community: Community, nowMs: number): void {
  const guild = world.guilds.get(community.guildId);
  if (!guild) return;
  const random = new Random(community.occasions.length);
  for (const occasion of community.occasions) {
    const plannedMs = nowMs - (nowMs % DAY_MS) + occasion.inDays * DAY_MS + occasion.hour * HOUR_MS;
    const startMs = plannedMs < nowMs + HOUR_MS / 2 ? plannedMs + DAY_MS : plannedMs;
    const event = announce(world, guild, { community, occasion, startMs });
    const members = [...guild.members.keys()].filter((id) => !world.users.get(id)?.isBot);
    for (const userId of random.sample(members, occasion.interested))
      setInterest(world, guild, event, { userId, isInterested: true });
  }
}

interface Announcement {
  community: Community;
  occasion: Occasion;
  startMs: number;
}

function announce(world: World, guild: Guild, { community, occasion, startMs }: Announcement) {
  const { name, description, by, channel, location, minutes } = occasion;
  const draft = {
    name,
    description,
    channelId: channel === undefined ? null : channelNamed(community, channel).id,
    startAt: new Date(startMs).toISOString(),
    endAt: new Date(startMs + minutes * 60_000).toISOString(),
    entityType: channel === undefined ? EntityType.External : EntityType.Voice,
    location: location ?? null,
  };
  return createScheduledEvent(world, guild, draft, { userId: personNamed(community, by).id });
}
