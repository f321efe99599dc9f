import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { type ChangeContext, Changes } from '../../../platform/changes/changes.js';
import { Jobs } from '../../../platform/jobs/jobs.js';
import type { Queue } from '../../../platform/jobs/queue.js';
import { KeyValueStore } from '../../../platform/key-value/key-value-store.js';
import { sha256 } from '../secrets.js';

/** Nobody's mailbox is filled by others who type its address. */
const PER_ADDRESS = { limit: 5, windowSeconds: 3_600 } as const;

/** What every such request is about. */
type AboutAddress = z.ZodObject<{ email: z.ZodString }>;

/**
 * Requests about an address by people who may not know whether it has an account. They are accepted at once and done in a
 * job, so that neither the words nor the time of the answer tell; what comes of them is mailed to the address.
 */
@Injectable()
export class MailedRequests {
  constructor(
    private readonly jobs: Jobs,
    private readonly changes: Changes,
    private readonly store: KeyValueStore,
  ) {}

  /** Says how a kind of request is done, in one change. Call it in `onModuleInit`. */
  handle<T extends AboutAddress>(
    queue: Queue<T>,
    handler: (request: z.infer<T>, context: ChangeContext) => Promise<void>,
  ): void {
    this.jobs.work(queue, async (request) => {
      const address = sha256(request.email.toLowerCase()).toString('hex');
      const { isAllowed } = await this.store.consume(`auth:mailed:${queue.name}:${address}`, PER_ADDRESS);
      if (isAllowed) await this.changes.make((context) => handler(request, context));
    });
  }

  async submit<T extends AboutAddress>(queue: Queue<T>, request: z.input<T>): Promise<void> {
    await this.changes.make(({ transaction }) => this.jobs.send(transaction, queue, request));
  }
}
