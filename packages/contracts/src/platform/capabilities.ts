import { z } from 'zod';

/** Every permission inside a guild, as `noun.verb`. Owners and Discord administrators hold all of them. */
export const CAPABILITIES = ['guild.view', 'members.read', 'channels.read', 'roles.read', 'messages.read'] as const;

export const capabilitySchema = z.enum(CAPABILITIES).meta({ id: 'Capability' });

export type Capability = z.infer<typeof capabilitySchema>;
