import type { Capability, Topic, topics } from '@guildhall/contracts';

/** The capability that each topic asks for. Its type is that of the contract's table, so the two cannot differ. */
const capabilityOf: typeof topics = {
  guild: 'guild.view',
  members: 'members.read',
  channels: 'channels.read',
  roles: 'roles.read',
  messages: 'messages.read',
};

/** The topics that somebody with these capabilities may watch. */
export function readableTopics(capabilities: readonly Capability[]): Topic[] {
  // Object.keys forgets what the table's type knows.
  return (Object.keys(capabilityOf) as Topic[]).filter((topic) => capabilities.includes(capabilityOf[topic]));
}
