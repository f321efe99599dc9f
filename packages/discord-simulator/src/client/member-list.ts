import type { ChannelRecord, Guild, MemberRecord } from '../state/model.js';
import { canView, rolesOf } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { userOf } from '../views/users.js';
import { renderClientMember, searchable } from './people.js';

/** Groups beside those of the displayed roles. */
const ONLINE = 'online';
const OFFLINE = 'offline';
/** Dispatches after which a list may read otherwise. */
const CHANGES = /^(PRESENCE_UPDATE|GUILD_MEMBER_|GUILD_ROLE_|CHANNEL_|GUILD_DELETE)/;

interface MemberGroup {
  /** A role, or `online` or `offline`. */
  id: string;
  members: MemberRecord[];
}

/**
 * Who is listed beside a channel: by their highest displayed role, then everybody online, then the rest. A list is made once and kept
 * until something in its guild changes, so that scrolling through thousands costs nothing.
 */
export class MemberLists {
  private readonly collator = new Intl.Collator('en', { sensitivity: 'base' });
  private readonly byGuild = new Map<string, Map<string, MemberGroup[]>>();

  constructor(private readonly world: World) {
    world.on('dispatch', ({ name, guildId }) => {
      if (guildId && CHANGES.test(name)) this.byGuild.delete(guildId);
    });
    world.on('replaced', () => this.byGuild.clear());
  }

  /** The groups with their sizes, and the rows from `from` up to `to`; every group begins with a row for its heading. */
  page(guild: Guild, channel: ChannelRecord, { from, to }: { from: number; to: number }): object {
    const groups = this.groupsOf(guild, channel);
    const rows: object[] = [];
    let start = 0;
    for (const { id, members } of groups) {
      const end = start + members.length + 1;
      if (start < to && end > from) {
        if (start >= from) rows.push({ groupId: id });
        const within = members.slice(Math.max(0, from - start - 1), Math.max(0, to - start - 1));
        rows.push(...within.map((member) => ({ member: renderClientMember(this.world, guild, member) })));
      }
      start = end;
    }
    return { groups: groups.map(({ id, members }) => ({ id, count: members.length })), total: start, from, rows };
  }

  private groupsOf(guild: Guild, channel: ChannelRecord): MemberGroup[] {
    const lists = this.byGuild.get(guild.id) ?? new Map<string, MemberGroup[]>();
    this.byGuild.set(guild.id, lists);
    const parent = channel.thread ? guild.channels.get(channel.parentId ?? '') : undefined;
    const shown = parent ?? channel;
    // Channels that everybody sees share one list.
    const key = shown.overwrites.length > 0 ? shown.id : '';
    let groups = lists.get(key);
    if (!groups) lists.set(key, (groups = this.compose(guild, key === '' ? undefined : shown)));
    return groups;
  }

  private compose(guild: Guild, channel: ChannelRecord | undefined): MemberGroup[] {
    const hoisted = [...guild.roles.values()]
      .filter((role) => role.isHoisted)
      .sort((left, right) => right.position - left.position);
    const groups = new Map([...hoisted.map(({ id }) => id), ONLINE, OFFLINE].map((id) => [id, [] as MemberRecord[]]));
    const names = new Map<string, string>();
    for (const member of guild.members.values()) {
      if (channel && !canView(this.world, channel, member.userId)) continue;
      names.set(member.userId, displayName(this.world, member));
      groups.get(this.groupOf(guild, member))?.push(member);
    }
    const byName = (left: MemberRecord, right: MemberRecord) =>
      this.collator.compare(names.get(left.userId) ?? '', names.get(right.userId) ?? '');
    return [...groups]
      .filter(([, members]) => members.length > 0)
      .map(([id, members]) => ({ id, members: members.sort(byName) }));
  }

  private groupOf(guild: Guild, member: MemberRecord): string {
    if (this.world.presence(member.userId).status === 'offline') return OFFLINE;
    let highest: { id: string; position: number } | undefined;
    for (const role of rolesOf(guild, member)) {
      if (role.isHoisted && (!highest || role.position > highest.position)) highest = role;
    }
    return highest?.id ?? ONLINE;
  }
}

/** Members whose name holds the words, those whose name begins with them first. */
export function searchMembers(
  world: World,
  guild: Guild,
  { query, limit }: { query: string; limit: number },
): object[] {
  const wanted = searchable(query.trim());
  const ranked: { rank: number; member: MemberRecord }[] = [];
  for (const member of guild.members.values()) {
    const names = [displayName(world, member), userOf(world, member.userId).username].map(searchable);
    if (names.some((name) => name.startsWith(wanted))) ranked.push({ rank: 0, member });
    else if (names.some((name) => name.includes(wanted))) ranked.push({ rank: 1, member });
  }
  return ranked
    .sort((left, right) => left.rank - right.rank)
    .slice(0, limit)
    .map(({ member }) => renderClientMember(world, guild, member));
}

function displayName(world: World, member: MemberRecord): string {
  const user = userOf(world, member.userId);
  return member.nick ?? user.globalName ?? user.username;
}
