import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { ApiKeyIdentity } from './identity.js';
import { type LiveApiKey, LiveApiKeysRepository } from './live-api-keys.repository.js';
import { ShortMemory } from './short-memory.js';

/** Begins every API key, so that people and scanners know one when they see it. */
export const API_KEY_PREFIX = 'gh_';

const TOUCH_INTERVAL_MS = 60_000;

/** What is kept of a key. */
export function hashOfApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Which API keys are good right now. */
@Injectable()
export class LiveApiKeys {
  private readonly memory: ShortMemory<LiveApiKey | null>;

  constructor(
    private readonly repository: LiveApiKeysRepository,
    private readonly clock: Clock,
  ) {
    this.memory = new ShortMemory(clock);
  }

  /** Who calls with a key; null for one that is unknown, revoked or expired. */
  async identify(key: string): Promise<ApiKeyIdentity | null> {
    const hash = hashOfApiKey(key);
    const found = await this.memory.recall(hash.toString('base64'), async () => this.repository.find(hash));
    const now = this.clock.now();
    if (!found || (found.expiresAt !== null && found.expiresAt <= now)) return null;
    await this.noteUse(found, now);
    return found.identity;
  }

  /** Call it after a change to keys was committed. Changes are rare, so that all of them are looked up again. */
  forgetAll(): void {
    this.memory.clear();
  }

  private async noteUse(key: LiveApiKey, now: Date): Promise<void> {
    if (key.lastUsedAt !== null && now.getTime() - key.lastUsedAt.getTime() < TOUCH_INTERVAL_MS) return;
    // At once, so that requests that arrive together do not all write.
    key.lastUsedAt = now;
    await this.repository.touch(key.identity.apiKeyId, now);
  }
}
