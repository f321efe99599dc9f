import type { Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { DomainError } from '../../../platform/problems/domain-error.js';
import { randomToken, sha256 } from '../secrets.js';
import { type LinkOwner, type LinkPurpose, OneTimeLinksRepository } from './one-time-links.repository.js';

/** Links that are mailed and work once, for a while; a new one ends those before it. Only their SHA-256 is kept. */
@Injectable()
export class OneTimeLinks {
  constructor(
    private readonly links: OneTimeLinksRepository,
    private readonly clock: Clock,
  ) {}

  /** Makes a link and returns its secret. */
  async issue(
    transaction: Transaction,
    { accountId, email }: LinkOwner,
    { purpose, lifetimeMinutes }: { purpose: LinkPurpose; lifetimeMinutes: number },
  ): Promise<string> {
    const now = this.clock.now();
    const token = randomToken();
    const expiresAt = new Date(now.getTime() + lifetimeMinutes * 60_000);
    await this.links.add(transaction, { accountId, email, hash: sha256(token), purpose, now, expiresAt });
    return token;
  }

  /** Whose a link is, while it is good. @throws DomainError `link-invalid` */
  async ownerOf(token: string, purpose: LinkPurpose): Promise<LinkOwner> {
    return good(await this.links.find({ hash: sha256(token), purpose, now: this.clock.now() }));
  }

  /** Uses a link up. @throws DomainError `link-invalid` */
  async redeem(transaction: Transaction, token: string, purpose: LinkPurpose): Promise<LinkOwner> {
    return good(await this.links.redeem(transaction, { hash: sha256(token), purpose, now: this.clock.now() }));
  }

  /** Ends the links of a purpose that an account was mailed. */
  async end(transaction: Transaction, accountId: string, purpose: LinkPurpose): Promise<void> {
    await this.links.removeUnused(transaction, accountId, purpose);
  }
}

function good(owner: LinkOwner | null): LinkOwner {
  if (!owner) throw new DomainError('link-invalid', { detail: 'Ask for a new one.' });
  return owner;
}
