import type { GuildOverview, RealtimeEventName, RealtimePayload } from '@guildhall/contracts';

/**
 * The figures after an event, as far as the event tells. The rest (what ages out of the last 24 hours, how many of the
 * deleted counted) is settled by fetching them again.
 */
export function withFigures(
  overview: GuildOverview,
  name: RealtimeEventName,
  { items, skipped }: RealtimePayload,
): GuildOverview {
  const count = items.length + skipped;
  switch (name) {
    case 'message.created':
      return {
        ...overview,
        messagesLast24Hours: overview.messagesLast24Hours + count,
        messagesLast7Days: overview.messagesLast7Days + count,
      };
    case 'member.joined':
      return {
        ...overview,
        memberCount: overview.memberCount + count,
        joinsLast7Days: overview.joinsLast7Days + count,
      };
    case 'member.left':
      return { ...overview, memberCount: Math.max(overview.memberCount - count, 0) };
    case 'channel.created':
      return { ...overview, channelCount: overview.channelCount + count };
    case 'channel.deleted':
      return { ...overview, channelCount: Math.max(overview.channelCount - count, 0) };
    case 'role.created':
      return { ...overview, roleCount: overview.roleCount + count };
    case 'role.deleted':
      return { ...overview, roleCount: Math.max(overview.roleCount - count, 0) };
    default:
      return overview;
  }
}
