import type { Capability, GuildPerson, PageQuery, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { GuildAccess } from '../../platform/access/guild-access.js';
import { type ChangeContext, Changes } from '../../platform/changes/changes.js';
import type { Acting } from '../../platform/identity/actor.js';
import type { PageContent } from '../../platform/lists/page.rules.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { areEqual, requireMayChange } from './grants.rules.js';
import { PeopleRepository, type PersonRow } from './people.repository.js';

/** Somebody in a guild. */
export interface PersonAddress {
  guildId: Snowflake;
  accountId: string;
}

/** Who changes what somebody may do, and the version that the change is meant for; null for any. */
export interface PersonChange {
  actor: Acting;
  expectedVersion: number | null;
}

/** People who take part in a guild by invitation. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly people: PeopleRepository,
    private readonly access: GuildAccess,
    private readonly changes: Changes,
  ) {}

  async list(guildId: Snowflake, query: PageQuery): Promise<PageContent<GuildPerson>> {
    const { items, total } = await this.people.findPage(guildId, query);
    return { items: items.map(shown), total };
  }

  /**
   * Lets somebody do this and nothing else.
   * @throws DomainError `above-your-role`, `owner-only`, `missing-capability`, `version-mismatch`, `not-found`,
   * `discord-unavailable`
   */
  async update(address: PersonAddress, capabilities: Capability[], change: PersonChange): Promise<GuildPerson> {
    return this.change(address, { ...change, capabilities }, async ({ transaction, audit, publish }, before) => {
      if (areEqual(before.capabilities, capabilities)) return shown(before);
      await this.people.write(transaction, address, capabilities);
      audit({
        ...recordOf(before, address, change.actor),
        action: 'access.personUpdated',
        after: { capabilities },
      });
      publish(changed(address));
      return shown({ ...before, capabilities, version: before.version + 1 });
    });
  }

  /** Puts somebody out; what Discord roles give them stays. @throws DomainError as `update` does */
  async remove(address: PersonAddress, change: PersonChange): Promise<void> {
    await this.change(address, { ...change, capabilities: [] }, async ({ transaction, audit, publish }, before) => {
      await this.people.remove(transaction, address.guildId, address.accountId);
      audit({ ...recordOf(before, address, change.actor), action: 'access.personRemoved' });
      publish(changed(address));
    });
  }

  private async change<T>(
    { guildId, accountId }: PersonAddress,
    { actor, expectedVersion, capabilities }: PersonChange & { capabilities: readonly Capability[] },
    work: (context: ChangeContext, before: PersonRow) => Promise<T>,
  ): Promise<T> {
    const grant = await this.access.requireFresh(actor.identity, guildId, 'access.manage');
    const known = await this.people.find(guildId, accountId);
    if (!known) throw missingPerson();
    await this.access.requireAbovePerson(actor.identity, guildId, known);
    return this.changes.make(async (context) => {
      const before = await this.people.lock(context.transaction, guildId, accountId);
      if (!before) throw missingPerson();
      if (expectedVersion !== null && expectedVersion !== before.version) throw new DomainError('version-mismatch');
      requireMayChange(grant, { before: before.capabilities, after: capabilities });
      return work(context, before);
    });
  }
}

function recordOf(before: PersonRow, { guildId, accountId }: PersonAddress, actor: Acting) {
  const { displayName, discordId, capabilities } = before;
  const target = { id: accountId, name: displayName, accountId, ...(discordId !== null && { discordId }) };
  return { guildId, actor, target, before: { capabilities } };
}

function changed({ guildId, accountId }: PersonAddress) {
  return { name: 'access.updated' as const, guildId, item: { id: accountId, of: 'person' as const } };
}

function missingPerson(): DomainError {
  return new DomainError('not-found', { detail: 'Nobody with this account was invited here.' });
}

function shown({ createdAt, ...person }: PersonRow): GuildPerson {
  return { ...person, joinedAt: createdAt.toISOString() };
}
