import type { Transaction } from '@guildhall/database';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../../platform/jobs/jobs.js';
import { queue } from '../../platform/jobs/queue.js';
import { DiscordOAuthClient, type DiscordTokens } from './discord-oauth.client.js';
import { DiscordTokenSeal } from './discord-token-seal.js';
import { DiscordTokensRepository } from './discord-tokens.repository.js';

const discordRevocation = queue(
  'auth.revoke-discord-tokens',
  z.object({ accountId: z.uuid(), sealedRefreshToken: z.string() }),
  // Encrypted, and yet nothing to be kept.
  { isForgottenWhenDone: true },
);

/** Discord's tokens of accounts, from the moment we get them to the moment we need them no more. */
@Injectable()
export class KeptDiscordTokens implements OnModuleInit {
  constructor(
    private readonly tokens: DiscordTokensRepository,
    private readonly seal: DiscordTokenSeal,
    private readonly discord: DiscordOAuthClient,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.work(discordRevocation, async ({ accountId, sealedRefreshToken }) => {
      await this.discord.revoke(this.seal.open(sealedRefreshToken, accountId));
    });
  }

  async put(transaction: Transaction, accountId: string, tokens: DiscordTokens): Promise<void> {
    await this.tokens.put(transaction, accountId, this.seal.seal(tokens, accountId));
  }

  /** Forgets an account's tokens, and tells Discord as soon as it listens. */
  async giveBack(transaction: Transaction, accountId: string): Promise<void> {
    const kept = await this.tokens.remove(transaction, accountId);
    if (!kept) return;
    await this.jobs.send(transaction, discordRevocation, { accountId, sealedRefreshToken: kept.refreshToken });
  }
}
