import type { Capability, Snowflake } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';
import type { Identity } from '../identity/identity.js';
import { DomainError } from '../problems/domain-error.js';
import { AccessRepository, type Person } from './access.repository.js';
import { capabilitiesFor, capabilitiesOfCaller, NO_CAPABILITIES, type Standing } from './capabilities.rules.js';
import { FreshStandings, personOf } from './fresh-standings.js';
import { operatorRank, outranks, type Rank, rankOf, rankOfRole, type RolePosition } from './hierarchy.rules.js';

/** What somebody may do in a guild. */
export interface GuildGrant {
  guildId: Snowflake;
  /** Whether this is the owner in person; never true of an API key. */
  isOwner: boolean;
  capabilities: ReadonlySet<Capability>;
}

export interface HierarchyOptions {
  /** Whether the bot does it on Discord, where it has to stand high enough itself; true unless told otherwise. */
  isDoneByBot?: boolean;
  /** Whether people may do it to themselves. */
  allowsSelf?: boolean;
}

/** Answers who may do what where; every way to a guild's data leads through here. */
@Injectable()
export class GuildAccess {
  /** The bot as a Discord user: it has the id of its application. */
  private readonly botUserId: Snowflake;

  constructor(
    private readonly repository: AccessRepository,
    private readonly fresh: FreshStandings,
    @Inject(API_CONFIG) config: ApiConfig,
  ) {
    // Safe: the configuration checks that it is a Discord id.
    this.botUserId = config.DISCORD_CLIENT_ID as Snowflake;
  }

  /** Empty for whom the guild does not exist, as for a guild that does not exist. */
  async capabilitiesOf(identity: Identity, guildId: Snowflake): Promise<ReadonlySet<Capability>> {
    const standing = await this.standingOf(identity, guildId);
    return standing ? capabilitiesOfCaller(identity, standing) : NO_CAPABILITIES;
  }

  /** The guilds that somebody may see, with what they may do in each. */
  async visibleGuilds(identity: Identity): Promise<GuildGrant[]> {
    const grants =
      identity.kind === 'account'
        ? (await this.repository.standingsOf(personOf(identity))).map((standing) => grantOf(identity, standing))
        : [await this.grantIn(identity, identity.guildId)];
    return grants.filter((grant) => grant !== null).filter(({ capabilities }) => capabilities.size > 0);
  }

  /** What somebody may do in one guild. @throws DomainError `not-found` where they may not even see it */
  async grant(identity: Identity, guildId: Snowflake): Promise<GuildGrant> {
    const grant = await this.grantIn(identity, guildId);
    if (!grant || grant.capabilities.size === 0) throw invisible();
    return grant;
  }

  /** What a person may do in a guild without being asked for a session; null where they may not see it. */
  async grantOfPerson(person: Person, guildId: Snowflake, transaction?: Transaction): Promise<GuildGrant | null> {
    const standing = await this.repository.standing(guildId, person, transaction);
    const capabilities = standing ? capabilitiesFor(standing) : NO_CAPABILITIES;
    if (!standing || standing.isAccountDisabled || capabilities.size === 0) return null;
    return { guildId, isOwner: standing.isPresent && standing.isOwner, capabilities };
  }

  /**
   * @throws DomainError `not-found` for who may not see the guild, exactly as if it did not exist; `missing-capability` for
   * who sees it but may not do this
   */
  async require(identity: Identity, guildId: Snowflake, capability: Capability): Promise<void> {
    const { capabilities } = await this.grant(identity, guildId);
    if (!capabilities.has(capability)) throw missing(capability);
  }

  /**
   * The same for grave writes: by the roles that Discord names now, since the synchronised copy may lag behind. In doubt it
   * refuses. Discord is asked only for those who may do it by the copy.
   * @returns what Discord's word leaves of the caller's capabilities
   * @throws DomainError `not-found`, `missing-capability`, `discord-unavailable`
   */
  async requireFresh(identity: Identity, guildId: Snowflake, capability: Capability): Promise<GuildGrant> {
    await this.require(identity, guildId, capability);
    const standing = await this.freshStandingOf(identity, guildId);
    const grant = grantOf(identity, standing);
    if (grant.capabilities.size === 0) throw invisible();
    if (!grant.capabilities.has(capability)) throw missing(capability);
    return grant;
  }

  /**
   * Lets in the owner in person and nobody else, neither the owner's API keys.
   * @throws DomainError `not-found` for who may not see the guild, `owner-only`
   */
  async requireOwner(identity: Identity, guildId: Snowflake): Promise<void> {
    const { isOwner } = await this.grant(identity, guildId);
    if (!isOwner) throw new DomainError('owner-only');
  }

  /**
   * Nobody acts on an equal or a superior, and nobody on the owner; by the roles that Discord names now. Who is not in the
   * guild stands below everybody.
   * @throws DomainError `above-your-role`; `discord-missing-permission` when the bot does not stand above them;
   * `discord-unavailable`, `not-found`
   */
  async requireAbove(
    identity: Identity,
    guildId: Snowflake,
    targetUserId: Snowflake,
    { isDoneByBot = true, allowsSelf = false }: HierarchyOptions = {},
  ): Promise<void> {
    const target = await this.fresh.ofTarget(guildId, targetUserId);
    if (!target) throw invisible();
    const isSelf = personOf(identity).discordId === targetUserId;
    const rank = target.isOwner ? ownerRank(guildId) : rankOf(target);
    if (!rank) return;
    if (!(isSelf && allowsSelf)) requireOutranked(await this.freshRankOf(identity, guildId), rank);
    if (isDoneByBot) await this.requireBotAbove(guildId, rank);
  }

  /**
   * The same towards an account that takes part in a guild, on Discord or by invitation; for what happens in Guildhall alone.
   * @throws DomainError `above-your-role`, `discord-unavailable`, `not-found`
   */
  async requireAbovePerson(
    identity: Identity,
    guildId: Snowflake,
    person: { accountId: string; discordId: Snowflake | null },
  ): Promise<void> {
    if (person.discordId !== null) {
      await this.requireAbove(identity, guildId, person.discordId, { isDoneByBot: false });
      return;
    }
    const target = await this.repository.standing(guildId, person);
    if (!target) throw invisible();
    const rank = rankOf(target);
    if (rank) requireOutranked(await this.freshRankOf(identity, guildId), rank);
  }

  /** Those of a guild's roles that stand below the caller, by the synchronised copy. */
  async rolesBelow<R extends RolePosition>(
    identity: Identity,
    guildId: Snowflake,
    roles: readonly R[],
  ): Promise<Set<R>> {
    const standing = await this.standingOf(identity, guildId);
    const rank = standing && rankOfCaller(identity, standing);
    return new Set(roles.filter((role) => rank && outranks(rank, rankOfRole(role, guildId))));
  }

  /**
   * Nobody gives, takes or changes a role at or above their own highest one.
   * @throws DomainError `above-your-role`; `discord-missing-permission` when the bot does not stand above it;
   * `discord-unavailable`; `not-found` for a role that does not exist
   */
  async requireAboveRole(
    identity: Identity,
    guildId: Snowflake,
    roleId: Snowflake,
    { isDoneByBot = true }: Pick<HierarchyOptions, 'isDoneByBot'> = {},
  ): Promise<void> {
    const role = await this.repository.findRole(guildId, roleId);
    if (!role) throw new DomainError('not-found', { detail: 'There is no such role.' });
    const rank = rankOfRole(role, guildId);
    requireOutranked(await this.freshRankOf(identity, guildId), rank);
    if (isDoneByBot) await this.requireBotAbove(guildId, rank);
  }

  /** The guild that a channel belongs to. @throws DomainError `not-found` */
  async guildOfChannel(channelId: Snowflake): Promise<Snowflake> {
    const guildId = await this.repository.guildOfChannel(channelId);
    if (guildId === null) throw invisible();
    return guildId;
  }

  private async grantIn(identity: Identity, guildId: Snowflake): Promise<GuildGrant | null> {
    const standing = await this.standingOf(identity, guildId);
    return standing && grantOf(identity, standing);
  }

  /** By the synchronised copy, or by what came with an interaction; null for a guild that is not the caller's or not known. */
  private async standingOf(identity: Identity, guildId: Snowflake): Promise<Standing | null> {
    if (identity.kind === 'account') return this.repository.standing(guildId, personOf(identity));
    // An interaction speaks for the guild it happened in, an API key for the guild it was made for, and for no other.
    if (identity.guildId !== guildId) return null;
    if (identity.kind === 'interaction') return this.fresh.ofCaller(identity, guildId);
    return this.repository.standing(guildId, personOf(identity));
  }

  private async freshStandingOf(identity: Identity, guildId: Snowflake): Promise<Standing> {
    if (identity.kind !== 'account' && identity.guildId !== guildId) throw invisible();
    const standing = await this.fresh.ofCaller(identity, guildId);
    if (!standing) throw invisible();
    return standing;
  }

  private async freshRankOf(identity: Identity, guildId: Snowflake): Promise<Rank | null> {
    return rankOfCaller(identity, await this.freshStandingOf(identity, guildId));
  }

  /** A bot whose own roles have not arrived yet is left to Discord, which refuses by itself. */
  private async requireBotAbove(guildId: Snowflake, rank: Rank): Promise<void> {
    const bot = await this.repository.standing(guildId, { accountId: null, discordId: this.botUserId });
    const botRank = bot && rankOf(bot);
    if (!botRank || outranks(botRank, rank)) return;
    throw new DomainError('discord-missing-permission', {
      detail: "The highest role of Guildhall's bot is not above this one. Move it up in the guild's list of roles.",
    });
  }
}

function grantOf(identity: Identity, standing: Standing): GuildGrant {
  return {
    guildId: standing.guildId,
    isOwner: identity.kind !== 'apiKey' && standing.isPresent && standing.isOwner,
    capabilities: capabilitiesOfCaller(identity, standing),
  };
}

/** The bootstrap key, which nobody created, stands for the operator of the instance. */
function rankOfCaller(identity: Identity, standing: Standing): Rank | null {
  const isOfOperator = identity.kind === 'apiKey' && identity.createdBy === null;
  return isOfOperator ? operatorRank(standing.guildId) : rankOf(standing);
}

/** Nobody acts on the owner, even while Discord does not show them among the members. */
function ownerRank(guildId: Snowflake): Rank {
  return { tier: 'owner', position: 0, roleId: guildId };
}

function requireOutranked(actor: Rank | null, target: Rank): void {
  if (!actor || !outranks(actor, target)) throw new DomainError('above-your-role');
}

function missing(capability: Capability): DomainError {
  return new DomainError('missing-capability', {
    detail: `This needs the capability ${capability}. Ask an administrator of the guild for it.`,
  });
}

/** The same words for what is absent and for what is hidden, so that they cannot be told apart. */
function invisible(): DomainError {
  return new DomainError('not-found');
}
