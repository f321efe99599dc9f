import type {
  ApiKey,
  ApiKeyListQuery,
  Capability,
  CreateApiKey,
  NewApiKey,
  RotateApiKey,
  Snowflake,
} from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { GuildAccess } from '../../platform/access/guild-access.js';
import { type ChangeContext, Changes } from '../../platform/changes/changes.js';
import { Clock } from '../../platform/clock.js';
import type { Actor } from '../../platform/identity/actor.js';
import type { AccountIdentity } from '../../platform/identity/identity.js';
import { hashOfApiKey, LiveApiKeys } from '../../platform/identity/live-api-keys.js';
import { newId } from '../../platform/ids.js';
import type { PageContent } from '../../platform/lists/page.rules.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { newApiKey, shownPrefix } from './api-key-text.rules.js';
import { overlapEnd, ungivable } from './api-keys.rules.js';
import { type ApiKeyName, ApiKeysRepository } from './api-keys.repository.js';

/** What a new key is given. */
interface Grant {
  guildId: Snowflake;
  name: string;
  capabilities: readonly Capability[];
  expiresAt: Date | null;
}

/** The keys of a guild's automations. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly access: GuildAccess,
    private readonly changes: Changes,
    private readonly liveKeys: LiveApiKeys,
    private readonly clock: Clock,
  ) {}

  async list(guildId: Snowflake, query: ApiKeyListQuery): Promise<PageContent<ApiKey>> {
    return this.keys.findPage(guildId, query);
  }

  /**
   * Makes a key and tells it, this once.
   * @throws DomainError `missing-capability` for who may not give what the key is to hold; `validation-failed` for an end
   * that has passed
   */
  async create(guildId: Snowflake, actor: Actor, body: CreateApiKey): Promise<NewApiKey> {
    const { name, capabilities } = body;
    const maker = await this.makerOf(actor, guildId, capabilities);
    const expiresAt = body.expiresAt == null ? null : new Date(body.expiresAt);
    if (expiresAt !== null && expiresAt <= this.clock.now()) {
      throw new DomainError('validation-failed', { errors: [{ path: 'expiresAt', message: 'must be in the future' }] });
    }
    return this.changes.make(async (context) => {
      const made = await this.insert(context, { guildId, name, capabilities, expiresAt }, maker);
      const { id } = made;
      const after = { name, capabilities, expiresAt: made.expiresAt };
      context.audit({ action: 'apiKey.created', guildId, actor, target: { id, name }, after });
      return made;
    });
  }

  /**
   * Makes a key that takes the place of another, which works on beside it for a while.
   * @throws DomainError `not-found`, `missing-capability`; `conflict` for a key that has a successor, has ended, or comes
   * from the environment
   */
  async rotate(name: ApiKeyName, actor: Actor, { overlapHours }: RotateApiKey): Promise<NewApiKey> {
    return this.changes.make(async (context) => {
      const old = await this.lock(context, name);
      const now = this.clock.now();
      const expiresAt = old.expiresAt === null ? null : new Date(old.expiresAt);
      refuseRotation(old, now);
      const maker = await this.makerOf(actor, name.guildId, old.capabilities);
      const made = await this.insert(context, { ...old, guildId: name.guildId, expiresAt }, maker);
      const end = overlapEnd(now, overlapHours, expiresAt);
      const ended = await this.keys.update(context.transaction, old.id, { expiresAt: end, successorId: made.id });
      context.publish({ name: 'apiKey.updated', guildId: name.guildId, item: ended });
      context.audit({
        action: 'apiKey.rotated',
        guildId: name.guildId,
        actor,
        target: { id: old.id, name: old.name },
        before: { expiresAt: old.expiresAt },
        after: { expiresAt: ended.expiresAt, successorId: made.id },
      });
      return made;
    });
  }

  /** Ends a key at once. @throws DomainError `not-found`, `version-mismatch` */
  async revoke(name: ApiKeyName, actor: Actor, expectedVersion: number | null): Promise<void> {
    const { guildId } = name;
    await this.changes.make(async (context) => {
      const old = await this.lock(context, name);
      if (expectedVersion !== null && expectedVersion !== old.version) throw new DomainError('version-mismatch');
      const item = await this.keys.update(context.transaction, old.id, { revokedAt: this.clock.now() });
      context.publish({ name: 'apiKey.updated', guildId, item });
      context.audit({ action: 'apiKey.revoked', guildId, actor, target: { id: old.id, name: old.name } });
      context.afterCommit(() => this.liveKeys.forgetAll());
    });
  }

  /** Somebody who signed in, and may give these capabilities. */
  private async makerOf(
    { identity }: Actor,
    guildId: Snowflake,
    capabilities: readonly Capability[],
  ): Promise<AccountIdentity> {
    if (identity?.kind !== 'account') {
      throw new DomainError('missing-capability', { detail: 'Only people make API keys, and they sign in to do it.' });
    }
    const missing = ungivable(capabilities, await this.access.grant(identity, guildId));
    if (missing.length === 0) return identity;
    throw new DomainError('missing-capability', {
      detail: `You cannot give what you do not hold, or what only the owner gives: ${missing.join(', ')}.`,
    });
  }

  private async lock({ transaction }: ChangeContext, name: ApiKeyName): Promise<ApiKey> {
    const key = await this.keys.lock(transaction, name);
    if (!key) throw new DomainError('not-found', { detail: 'There is no such API key.' });
    return key;
  }

  private async insert(context: ChangeContext, grant: Grant, maker: AccountIdentity): Promise<NewApiKey> {
    const { guildId, name, capabilities, expiresAt } = grant;
    const key = newApiKey();
    const draft = {
      ...{ id: newId(), guildId, name, capabilities, expiresAt, createdAt: this.clock.now() },
      prefix: shownPrefix(key),
      hash: hashOfApiKey(key),
    };
    const item = await this.keys.insert(context.transaction, draft, maker.accountId);
    context.publish({ name: 'apiKey.created', guildId, item });
    context.afterCommit(() => this.liveKeys.forgetAll());
    return { ...item, key };
  }
}

function refuseRotation({ isBootstrap, successorId, expiresAt }: ApiKey, now: Date): void {
  if (isBootstrap) {
    throw new DomainError('conflict', { detail: 'This key comes from the environment: change API_KEY there.' });
  }
  if (successorId !== null) throw new DomainError('conflict', { detail: 'This key has a successor already.' });
  if (expiresAt !== null && new Date(expiresAt) <= now) {
    throw new DomainError('conflict', { detail: 'This key has expired. Make a new one.' });
  }
}
