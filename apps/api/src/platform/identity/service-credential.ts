import { createHash, timingSafeEqual } from 'node:crypto';
import { INTERACTION_CONTEXT_HEADER, interactionContextSchema } from '@guildhall/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';
import { DomainError } from '../problems/domain-error.js';
import type { InteractionIdentity } from './identity.js';

/** The bot's credential: proves that the bot calls, while a header says for whom. */
@Injectable()
export class ServiceCredential {
  private readonly digest: Buffer;

  constructor(@Inject(API_CONFIG) config: ApiConfig) {
    this.digest = digestOf(config.SERVICE_TOKEN);
  }

  /** Whether this is the service token, in the same time whatever it is. */
  matches(token: string): boolean {
    return timingSafeEqual(digestOf(token), this.digest);
  }

  /**
   * The member that the interaction header names.
   * @throws DomainError `bad-request` when the header is missing or malformed
   */
  readInteraction(header: string | string[] | undefined): InteractionIdentity {
    const context = interactionContextSchema.safeParse(parseHeader(header));
    if (!context.success) {
      throw new DomainError('bad-request', {
        detail: `The header ${INTERACTION_CONTEXT_HEADER} is missing or malformed.`,
      });
    }
    const { userId, guildId, roleIds, permissions } = context.data;
    return { kind: 'interaction', discordId: userId, guildId, roleIds, permissions };
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function parseHeader(header: string | string[] | undefined): unknown {
  if (typeof header !== 'string') return undefined;
  try {
    return JSON.parse(Buffer.from(header, 'base64url').toString());
  } catch {
    // Not JSON: the schema refuses it with the rest.
    return undefined;
  }
}
