import type { Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import type { Identity } from '../identity/identity.js';
import { DomainError } from '../problems/domain-error.js';
import { AccessRepository, type Person } from './access.repository.js';
import type { Standing } from './capabilities.rules.js';
import { FreshMembers } from './fresh-members.js';

/**
 * Standings by what Discord says now. Of the caller Discord is asked once a request, which is as long as an identity lives;
 * nothing is remembered from one request to the next.
 */
@Injectable()
export class FreshStandings {
  private readonly ofCallers = new WeakMap<Identity, Map<Snowflake, Promise<Standing | null>>>();

  constructor(
    private readonly repository: AccessRepository,
    private readonly members: FreshMembers,
  ) {}

  /** Null for a guild we do not know. @throws DomainError `discord-unavailable` */
  async ofCaller(identity: Identity, guildId: Snowflake): Promise<Standing | null> {
    const known = this.ofCallers.get(identity) ?? new Map<Snowflake, Promise<Standing | null>>();
    this.ofCallers.set(identity, known);
    const standing = known.get(guildId) ?? this.ask(guildId, personOf(identity), toldBy(identity));
    known.set(guildId, standing);
    return standing;
  }

  /**
   * The standing of somebody on whom a caller acts.
   * @throws DomainError `discord-unavailable` also when they have a role that we have not heard of: it may stand above all
   */
  async ofTarget(guildId: Snowflake, userId: Snowflake): Promise<Standing | null> {
    const roleIds = await this.members.rolesOf(guildId, userId);
    const standing = await this.repository.freshStanding(guildId, { accountId: null, discordId: userId }, roleIds);
    if (!standing || roleIds === null) return standing;
    const knownIds = new Set(standing.roles.map(({ id }) => id));
    if (roleIds.every((id) => knownIds.has(id))) return standing;
    throw new DomainError('discord-unavailable', {
      detail: 'The roles of this guild have just changed and are being read. Try again in a moment.',
      logLevel: 'info',
    });
  }

  private async ask(guildId: Snowflake, person: Person, told?: readonly Snowflake[]): Promise<Standing | null> {
    if (person.discordId === null) return this.repository.standing(guildId, person);
    const roleIds = told ?? (await this.members.rolesOf(guildId, person.discordId));
    return this.repository.freshStanding(guildId, person, roleIds);
  }
}

/** For whom a caller acts: an API key for who created it. */
export function personOf(identity: Identity): Person {
  switch (identity.kind) {
    case 'account':
      return { accountId: identity.accountId, discordId: identity.discordId };
    case 'interaction':
      return { accountId: null, discordId: identity.discordId };
    case 'apiKey':
      return identity.createdBy ?? { accountId: null, discordId: null };
  }
}

/** The roles that came with the request, just told by Discord. */
function toldBy(identity: Identity): readonly Snowflake[] | undefined {
  return identity.kind === 'interaction' ? identity.roleIds : undefined;
}
