import { announceGuildTo } from '../actions/guilds.js';
import type { SimulatorContext } from '../context.js';
import { intents } from '../state/dispatch.js';
import { replaceState, type WholeState } from '../state/whole-state.js';
import type { World } from '../state/world.js';

/**
 * Goes back, or over, to a captured state. Interactions under way fail. Connected bots see an outage, as Discord reports one: every guild
 * becomes unavailable and then available again as it now is, so that their caches are right.
 */
export function loadState({ world, interactions }: SimulatorContext, state: WholeState): void {
  interactions.close();
  const before = guildsByBot(world);
  replaceState(world, state);
  for (const [botId, guildIds] of before) {
    for (const id of guildIds) tellOfLoss(world, botId, { id, isOutage: world.member(id, botId) !== undefined });
  }
  world.emit('replaced');
  for (const [botId, guildIds] of guildsByBot(world)) {
    for (const id of guildIds) {
      const guild = world.guilds.get(id);
      if (guild) announceGuildTo(world, guild, botId);
    }
  }
}

function guildsByBot(world: World): [botId: string, guildIds: string[]][] {
  return [...world.applications.keys()].map((botId) => [botId, world.guildsOf(botId).map(({ id }) => id)]);
}

function tellOfLoss(world: World, botId: string, { id, isOutage }: { id: string; isOutage: boolean }): void {
  world.publish({
    name: 'GUILD_DELETE',
    data: isOutage ? { id, unavailable: true } : { id },
    guildId: id,
    intents: intents.none,
    userIds: [botId],
  });
}
