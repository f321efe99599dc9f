import { z } from 'zod';
import type { AllowedMentions } from '../actions/mentions.js';
import { snowflake } from '../state/model.js';
import { issue, refineSet } from './form-fields.js';

/** Ids, none twice. */
const idSet = z.array(snowflake).max(100).superRefine(refineSet);

/** @see https://docs.discord.com/developers/resources/message#allowed-mentions-object */
export const allowedMentionsBody = z
  .looseObject({
    parse: z.array(z.enum(['users', 'roles', 'everyone'])).nullish(),
    users: idSet.nullish(),
    roles: idSet.nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine((it, context) => {
    for (const kind of ['users', 'roles'] as const) {
      if (!it.parse?.includes(kind) || !it[kind]?.length) continue;
      const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      context.addIssue(issue([], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message));
    }
  });

export function allowedMentionsFrom(body: z.infer<typeof allowedMentionsBody> | null | undefined) {
  if (!body) return undefined;
  const allowed: AllowedMentions = {
    parse: body.parse ?? [],
    userIds: body.users ?? [],
    roleIds: body.roles ?? [],
    repliesToAuthor: body.replied_user ?? false,
  };
  return allowed;
}
