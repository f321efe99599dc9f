import { z } from 'zod';
import { archiveMinutes, slowmodeSeconds } from './channel-form.js';

/** What every thread may be started with. */
export const threadBody = z.looseObject({
  name: z.string().min(1).max(100),
  auto_archive_duration: archiveMinutes.nullish(),
  rate_limit_per_user: slowmodeSeconds.nullish(),
});

export function threadDraftFrom(body: z.infer<typeof threadBody>) {
  return {
    name: body.name,
    autoArchiveMinutes: body.auto_archive_duration ?? undefined,
    slowmodeSeconds: body.rate_limit_per_user ?? undefined,
  };
}
