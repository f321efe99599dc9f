import { z } from 'zod';

/** Every permission inside a guild, as `noun.verb`. Owners and Discord administrators hold all of them. */
export const CAPABILITIES = [
  'guild.view',
  'guild.manage',
  'access.manage',
  'apiKeys.manage',
  'audit.read',
  'failures.manage',
  'members.read',
  'members.edit',
  'members.timeout',
  'members.kick',
  'channels.read',
  'roles.read',
  'roles.assign',
  'messages.read',
  'messages.send',
  'messages.delete',
  'bans.read',
  'bans.write',
] as const;

export const capabilitySchema = z.enum(CAPABILITIES).meta({ id: 'Capability' });

export type Capability = z.infer<typeof capabilitySchema>;

/** A list in which every capability stands once, in the order of `CAPABILITIES`. */
export const capabilityListSchema = z
  .array(capabilitySchema)
  .max(CAPABILITIES.length)
  .transform((list): Capability[] => CAPABILITIES.filter((capability) => list.includes(capability)));

const member = ['guild.view', 'channels.read', 'roles.read', 'members.read'] as const satisfies Capability[];
const moderator = [
  ...member,
  'messages.read',
  'messages.send',
  'messages.delete',
  'members.edit',
  'members.timeout',
  'members.kick',
  'bans.read',
  'bans.write',
] as const satisfies Capability[];
const manager = [
  ...moderator,
  'roles.assign',
  'guild.manage',
  'audit.read',
  'failures.manage',
] as const satisfies Capability[];

/** The sets of capabilities that an administrator gives to Discord roles. */
export const capabilitySets = { manager, moderator, member } as const satisfies Record<string, readonly Capability[]>;

export type CapabilitySet = keyof typeof capabilitySets;

export const capabilitySetSchema = z
  .enum(Object.keys(capabilitySets) as [CapabilitySet, ...CapabilitySet[]])
  .meta({ id: 'CapabilitySet' });

/** Capabilities that only the owner gives and takes: whoever holds one decides who else may do what. */
export const OWNER_GRANTED_CAPABILITIES: readonly Capability[] = ['access.manage', 'apiKeys.manage'];
