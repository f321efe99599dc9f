import type { World } from '../state/world.js';
import { isThread } from '../views/threads.js';
import { armEvent } from './scheduled-events.js';
import { armInvite } from './invites.js';
import { armPoll, armPolls } from './polls.js';
import { armArchive } from './threads.js';

/** Arms what the clock has to end, from what is stored: after a start, and whenever the world is replaced by a saved one. */
export function armDeadlines(world: World): void {
  const arm = () => {
    for (const guild of world.guilds.values()) {
      for (const event of guild.scheduledEvents.values()) armEvent(world, guild, event);
      for (const invite of guild.invites.values()) armInvite(world, guild, invite);
      for (const thread of guild.threads.values()) if (isThread(thread)) armArchive(world, thread);
    }
    armPolls(world);
  };
  arm();
  world.on('replaced', arm);
  world.on('messageStored', (message) => armPoll(world, message));
}
