import { Injectable } from '@nestjs/common';
import type { ChangeContext } from '../../platform/changes/changes.js';
import { AccountStanding, KeptDiscordTokens } from '../auth/index.js';

/** What of an account's sign-ins lies outside its rows: sockets, what processes remember, tokens at Discord. */
@Injectable()
export class SignInEnding {
  constructor(
    private readonly standing: AccountStanding,
    private readonly discordTokens: KeptDiscordTokens,
  ) {}

  async endWith(context: ChangeContext, accountId: string): Promise<void> {
    await this.standing.renewWith(context, accountId);
    await this.discordTokens.giveBack(context.transaction, accountId);
  }
}
