import { CAPABILITIES, OWNER_GRANTED_CAPABILITIES } from '@guildhall/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../../config.js';
import { Changes } from '../../platform/changes/changes.js';
import { Clock } from '../../platform/clock.js';
import { API_CONFIG } from '../../platform/config/config.module.js';
import { hashOfApiKey, LiveApiKeys } from '../../platform/identity/live-api-keys.js';
import { newId } from '../../platform/ids.js';
import { shownPrefix } from './api-key-text.rules.js';
import { ApiKeysRepository, type BootstrapName } from './api-keys.repository.js';

const NAME = 'API_KEY of the environment';
const CAPABILITIES_OF_BOOTSTRAP = CAPABILITIES.filter((one) => !OWNER_GRANTED_CAPABILITIES.includes(one));
/** Nobody who signed in: the operator did it where the process is started. */
const BY_OPERATOR = { actor: { identity: null, ipAddress: null }, origin: 'command-line' } as const;

interface KeyOfEnvironment extends BootstrapName {
  text: string;
}

/** The key that the operator put into the environment: `API_KEY`, for the guild `GUILD_ID`. */
@Injectable()
export class BootstrapKey {
  private readonly key: KeyOfEnvironment | null;

  constructor(
    @Inject(API_CONFIG) { API_KEY, GUILD_ID }: ApiConfig,
    private readonly keys: ApiKeysRepository,
    private readonly changes: Changes,
    private readonly liveKeys: LiveApiKeys,
    private readonly clock: Clock,
  ) {
    this.key =
      API_KEY === undefined || GUILD_ID === undefined
        ? null
        : { text: API_KEY, guildId: GUILD_ID, hash: hashOfApiKey(API_KEY) };
  }

  /**
   * Makes the keys in the database what the environment says. A guild may become known later than the process starts, so
   * that this is to be repeated; a key that was revoked in the dashboard stays revoked.
   */
  async settle(): Promise<void> {
    await this.removeOthers();
    if (this.key && !(await this.keys.hasBootstrap(this.key))) await this.add(this.key);
  }

  private async removeOthers(): Promise<void> {
    await this.changes.make(async ({ transaction, audit, publish, afterCommit }) => {
      for (const { guildId, key } of await this.keys.deleteOtherBootstraps(transaction, this.key)) {
        publish({ name: 'apiKey.updated', guildId, item: { ...key, revokedAt: this.clock.now().toISOString() } });
        audit({ ...BY_OPERATOR, action: 'apiKey.revoked', guildId, target: { id: key.id, name: key.name } });
        afterCommit(() => this.liveKeys.forgetAll());
      }
    });
  }

  private async add({ text, guildId, hash }: KeyOfEnvironment): Promise<void> {
    const draft = {
      ...{ id: newId(), guildId, name: NAME, hash, prefix: shownPrefix(text), expiresAt: null },
      ...{ capabilities: CAPABILITIES_OF_BOOTSTRAP, createdAt: this.clock.now() },
    };
    await this.changes.make(async ({ transaction, audit, publish, afterCommit }) => {
      const item = await this.keys.insertBootstrap(transaction, draft);
      if (!item) return;
      publish({ name: 'apiKey.created', guildId, item });
      audit({ ...BY_OPERATOR, action: 'apiKey.created', guildId, target: { id: item.id, name: NAME } });
      afterCommit(() => this.liveKeys.forgetAll());
    });
  }
}
