import { createHash } from 'node:crypto';
import { z } from 'zod';
import { snowflake } from '../state/model.js';
import { appliedTags } from './forum-posts.js';
import { issue, textBetween } from './form-fields.js';
import { parseImage } from './images.js';
import { messageCreateBody } from './schemas.js';

const FORBIDDEN_PARTS = ['clyde', 'discord'];
const FORBIDDEN_NAMES = ['everyone', 'here'];

/** @see https://docs.discord.com/developers/resources/webhook#create-webhook */
const name = textBetween(1, 80).superRefine((value, context) => {
  const lower = value.trim().toLowerCase();
  const part = FORBIDDEN_PARTS.find((it) => lower.includes(it));
  if (part) context.addIssue(issue([], 'USERNAME_INVALID_CONTAINS', `Username cannot contain "${part}"`));
  if (FORBIDDEN_NAMES.includes(lower)) context.addIssue(issue([], 'USERNAME_INVALID', `Username cannot be "${lower}"`));
});

export const webhookBody = z.looseObject({ name, avatar: z.string().nullish() });
export const webhookPatchBody = z.looseObject({
  name: name.optional(),
  avatar: z.string().nullish(),
  channel_id: snowflake.nullish(),
});

const username = name.nullish();
const avatarUrl = z.url().max(2_048).nullish();

/** @see https://docs.discord.com/developers/resources/webhook#execute-webhook */
export const executeBody = messageCreateBody.extend({
  username,
  avatar_url: avatarUrl,
  thread_name: textBetween(1, 100).nullish(),
  applied_tags: appliedTags.nullish(),
});

const flag = z.enum(['true', 'false', '1', '0', 'True', 'False']).transform((text) => /^(?:true|1)$/i.test(text));

export const executeQuery = z.looseObject({
  wait: flag.default(false),
  thread_id: snowflake.optional(),
  with_components: flag.default(false),
});

/** The avatar of a form: absent stays, `null` takes it away. @throws DiscordError 50035 for what is no image */
export function avatarFrom({ avatar }: { avatar?: string | null | undefined }) {
  return typeof avatar === 'string' ? parseImage('avatar', avatar) : avatar;
}

/** Discord fetches the image of a message's author and names it by a hash; here its address stands for it. */
export function avatarOfUrl(url: string | null | undefined): string | undefined {
  return url ? createHash('sha256').update(url).digest('hex').slice(0, 32) : undefined;
}
