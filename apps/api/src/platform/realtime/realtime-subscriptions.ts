import { type Subscribe, subscribeSchema, type SubscribeResult } from '@guildhall/contracts';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { rootCauseOf } from '../database/database-errors.rules.js';
import { LOGGER } from '../logging/logging.module.js';
import { RealtimeAccess } from './realtime-access.js';
import { RealtimeHub, type RealtimeSocket } from './realtime-hub.js';
import { TopicVersionsRepository } from './topic-versions.repository.js';

/** Beyond this many subscriptions under way a client is not ours. */
const MAX_PENDING = 32;

/** Puts people into the rooms that they ask for and may see. */
@Injectable()
export class RealtimeSubscriptions implements OnModuleInit {
  constructor(
    private readonly hub: RealtimeHub,
    private readonly access: RealtimeAccess,
    private readonly versions: TopicVersionsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.hub.onConnection((socket) => this.serve(socket));
  }

  /** One after the other: each replaces what was joined for its guild before. */
  private serve(socket: RealtimeSocket): void {
    let pending = 0;
    let queue = Promise.resolve();
    socket.on('subscribe', (body: unknown, acknowledge: unknown) => {
      if (typeof acknowledge !== 'function') return;
      if (pending >= MAX_PENDING) return void socket.disconnect(true);
      pending++;
      queue = queue.then(async () => {
        const result = await this.answer(socket, body);
        pending--;
        if (result) acknowledge(result);
        else socket.disconnect(true);
      });
    });
  }

  /** Null when a part of ours failed: then the client has to come back, as there is nothing true to answer. */
  private async answer(socket: RealtimeSocket, body: unknown): Promise<SubscribeResult | null> {
    const parsed = subscribeSchema.safeParse(body);
    if (!parsed.success) return { ok: false, code: 'bad-request' };
    try {
      return await this.subscribe(socket, parsed.data);
    } catch (error) {
      this.logger.warn({ err: rootCauseOf(error), guildId: parsed.data.guildId }, 'a subscription failed');
      return null;
    }
  }

  private async subscribe(socket: RealtimeSocket, { guildId, topics }: Subscribe): Promise<SubscribeResult> {
    const wanted = new Set(topics);
    const visible = await this.access.visibleTopics(socket, guildId, wanted);
    if (!visible || visible.size < wanted.size) {
      await this.hub.join(socket, guildId, new Set());
      return { ok: false, code: visible ? 'missing-capability' : 'not-found' };
    }
    // Joined first: what is emitted from here on is received, what was before is seen by the client's fetch.
    await this.hub.join(socket, guildId, visible);
    return { ok: true, versions: await this.versions.read(guildId, [...visible]) };
  }
}
