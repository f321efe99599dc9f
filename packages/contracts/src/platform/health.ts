import { z } from 'zod';

/** What `GET /health` answers on every process; 503 when `status` is not `healthy`. */
export const healthSchema = z
  .object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    version: z.string(),
    uptimeSeconds: z.number(),
    dependencies: z.record(z.string(), z.object({ status: z.enum(['up', 'down']), detail: z.string().optional() })),
  })
  .meta({ id: 'Health' });

export type Health = z.infer<typeof healthSchema>;
