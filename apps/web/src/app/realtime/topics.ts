import type { Capability, Topic, topics } from '@guildhall/contracts';

/** What a guild's overview shows, with the capability that each topic asks for: the compiler holds it to the contract's. */
const capabilityOf = {
  guild: 'guild.view',
  members: 'members.read',
  channels: 'channels.read',
  roles: 'roles.read',
  messages: 'messages.read',
} as const satisfies Partial<typeof topics>;

/** Of these topics, those that somebody with these capabilities may watch. */
export function readableTopics(capabilities: readonly Capability[]): Topic[] {
  // Object.keys forgets what the table's type knows.
  return (Object.keys(capabilityOf) as (keyof typeof capabilityOf)[]).filter((topic) =>
    capabilities.includes(capabilityOf[topic]),
  );
}
