import { type Signal, effect, inject } from '@angular/core';
import type { Topic } from '@guildhall/contracts';
import { GuildList } from '../shell/guild-list';
import { RealtimeConnection } from './realtime-connection';

/** Keeps a page that shows one list true: whatever changes on these topics of a guild has it fetched again. */
export function reloadOnChange(guildId: Signal<string>, topics: readonly Topic[], reload: () => void): void {
  const realtime = inject(RealtimeConnection);
  const guildList = inject(GuildList);
  effect((onCleanup) => {
    const stop = realtime.watch({
      guildId: guildId(),
      topics,
      onSubscribed: () => undefined,
      onEvent: () => reload(),
      onRevoked: () => guildList.load(),
    });
    onCleanup(stop);
  });
}
