import { z } from 'zod';
import type { ApplicationProfile } from '../state/model.js';
import { refuseUnserved } from './errors.js';

const MAX_DESCRIPTION = 400;

const url = z.url().max(2_048);

export const applicationBody = z.looseObject({
  description: z
    .union([z.string().max(MAX_DESCRIPTION), z.looseObject({ default: z.string().max(MAX_DESCRIPTION) })])
    .nullish(),
  icon: z.string().nullish(),
  cover_image: z.string().nullish(),
  tags: z
    .array(z.string().min(1).max(20))
    .max(5)
    .refine((tags) => new Set(tags).size === tags.length, { message: 'Tags must be unique.' })
    .nullish(),
  custom_install_url: url.nullish(),
  install_params: z
    .looseObject({
      scopes: z.array(z.enum(['applications.commands', 'bot'])).min(1),
      permissions: z.union([z.string().regex(/^\d{1,20}$/), z.number().int().nonnegative()]).nullish(),
    })
    .nullish(),
  role_connections_verification_url: url.nullish(),
});

/** What is about teams, webhooks for events, and interactions over HTTP. */
const UNSERVED = [
  'team_id',
  'flags',
  'type',
  'max_participants',
  'explicit_content_filter',
  'interactions_endpoint_url',
  'integration_types_config',
  'event_webhooks_status',
  'event_webhooks_url',
  'event_webhooks_types',
];

/** Reads the fields that are there, but for images; `null` empties one. */
export function applicationChangesFrom(body: z.infer<typeof applicationBody>): Partial<ApplicationProfile> {
  refuseUnserved(body, UNSERVED);
  const { description, install_params: install } = body;
  return {
    ...(description === undefined
      ? {}
      : { description: typeof description === 'object' ? (description?.default ?? '') : description }),
    ...(body.tags === undefined ? {} : { tags: body.tags ?? [] }),
    ...(body.custom_install_url === undefined ? {} : { customInstallUrl: body.custom_install_url }),
    ...(install === undefined
      ? {}
      : { installParams: install && { scopes: install.scopes, permissions: String(install.permissions ?? 0) } }),
    ...(body.role_connections_verification_url === undefined
      ? {}
      : { roleConnectionsUrl: body.role_connections_verification_url }),
  };
}
