import type { RealtimeEventName, RealtimeItem } from '@guildhall/contracts';

/** Something that changed in a guild; published to the dashboard after the commit that changed it. */
export type RealtimeChange = {
  [N in RealtimeEventName]: { name: N; guildId: string; item: RealtimeItem<N> };
}[RealtimeEventName];
