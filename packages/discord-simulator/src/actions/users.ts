import { intents } from '../state/dispatch.js';
import type { UserRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderMember, renderSelf } from '../views/users.js';

/** Somebody changes who they are everywhere: they hear of it themselves, others as a change of the member. */
export function updateUser(
  world: World,
  user: UserRecord,
  changes: Partial<Pick<UserRecord, 'username' | 'avatar' | 'banner'>>,
): void {
  Object.assign(user, changes);
  world.touch();
  const self = { data: renderSelf(user, true), guildId: null, intents: intents.none, userIds: [user.id] };
  world.publish({ name: 'USER_UPDATE', ...self });
  for (const guild of world.guildsOf(user.id)) {
    const member = guild.members.get(user.id);
    if (!member) continue;
    const data = { ...renderMember(world, member), guild_id: guild.id };
    world.publish({ name: 'GUILD_MEMBER_UPDATE', data, guildId: guild.id, intents: intents.members });
  }
}
