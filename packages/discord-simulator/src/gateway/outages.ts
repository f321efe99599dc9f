import { announceGuildTo } from '../actions/guilds.js';
import { intents } from '../state/dispatch.js';
import type { Guild } from '../state/model.js';
import type { World } from '../state/world.js';

/**
 * Guilds that Discord itself cannot reach for a while: bots are told, and hear nothing of them until they are back.
 * @see https://docs.discord.com/developers/events/gateway#guild-availability
 */
export class Outages {
  private readonly guildIds = new Set<string>();

  constructor(private readonly world: World) {}

  has(guildId: string): boolean {
    return this.guildIds.has(guildId);
  }

  begin(guild: Guild): void {
    if (this.has(guild.id)) return;
    const data = { id: guild.id, unavailable: true };
    const userIds = this.botsOf(guild);
    this.world.publish({ name: 'GUILD_DELETE', data, guildId: guild.id, intents: intents.guilds, userIds });
    this.guildIds.add(guild.id);
  }

  end(guild: Guild): void {
    if (!this.guildIds.delete(guild.id)) return;
    for (const botId of this.botsOf(guild)) announceGuildTo(this.world, guild, botId);
  }

  private botsOf(guild: Guild): string[] {
    return [...this.world.applications.keys()].filter((id) => guild.members.has(id));
  }
}
