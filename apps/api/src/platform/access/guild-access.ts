import type { Capability, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import type { Identity } from '../identity/identity.js';
import { DomainError } from '../problems/domain-error.js';
import { AccessRepository } from './access.repository.js';
import { capabilitiesFor, NO_CAPABILITIES } from './capabilities.rules.js';

/** What somebody may do in a guild. */
export interface GuildGrant {
  guildId: Snowflake;
  isOwner: boolean;
  capabilities: ReadonlySet<Capability>;
}

/** Answers who may do what where; every way to a guild's data leads through here. */
@Injectable()
export class GuildAccess {
  constructor(private readonly repository: AccessRepository) {}

  /** Empty for whom the guild does not exist, as for a guild that does not exist. */
  async capabilitiesOf(identity: Identity, guildId: Snowflake): Promise<ReadonlySet<Capability>> {
    const standing = await this.standing(identity, guildId);
    return standing ? capabilitiesFor(standing) : NO_CAPABILITIES;
  }

  /** The guilds that somebody may see, with what they may do in each. */
  async visibleGuilds({ discordId }: Identity): Promise<GuildGrant[]> {
    if (discordId === null) return [];
    const standings = await this.repository.standingsOf(discordId);
    return standings
      .map((standing) => ({ ...standing, capabilities: capabilitiesFor(standing) }))
      .filter(({ capabilities }) => capabilities.has('guild.view'));
  }

  /** What somebody may do in one guild. @throws DomainError `not-found` where they may not even see it */
  async grant(identity: Identity, guildId: Snowflake): Promise<GuildGrant> {
    const standing = await this.standing(identity, guildId);
    const capabilities = standing ? capabilitiesFor(standing) : NO_CAPABILITIES;
    if (!standing || !capabilities.has('guild.view')) throw invisible();
    return { guildId, isOwner: standing.isOwner, capabilities };
  }

  /**
   * @throws DomainError `not-found` for who may not see the guild, exactly as if it did not exist; `missing-capability` for
   * who sees it but may not do this
   */
  async require(identity: Identity, guildId: Snowflake, capability: Capability): Promise<void> {
    const { capabilities } = await this.grant(identity, guildId);
    if (!capabilities.has(capability)) {
      throw new DomainError('missing-capability', {
        detail: `This needs the capability ${capability}. Ask an administrator of the guild for it.`,
      });
    }
  }

  /** The guild that a channel belongs to. @throws DomainError `not-found` */
  async guildOfChannel(channelId: Snowflake): Promise<Snowflake> {
    const guildId = await this.repository.guildOfChannel(channelId);
    if (guildId === null) throw invisible();
    return guildId;
  }

  private async standing(identity: Identity, guildId: Snowflake) {
    const { discordId } = identity;
    if (discordId === null) return null;
    if (identity.kind === 'account') return this.repository.standing(guildId, discordId);
    // An interaction speaks for the guild it happened in, and for no other.
    if (identity.guildId !== guildId) return null;
    return this.repository.freshStanding(guildId, discordId, identity.roleIds);
  }
}

/** The same words for what is absent and for what is hidden, so that they cannot be told apart. */
function invisible(): DomainError {
  return new DomainError('not-found');
}
