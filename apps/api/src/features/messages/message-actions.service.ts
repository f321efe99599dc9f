import type { Message, MessageDraft, Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { GuildAccess } from '../../platform/access/guild-access.js';
import { type ActingCaller, DiscordActions } from '../../platform/discord/discord-actions.js';
import { DiscordRest } from '../../platform/discord/discord-rest.js';
import { callerOf } from '../../platform/identity/identity.js';
import { discordMessageOf, messageOfDiscord, nonceOf } from './message-draft.rules.js';
import { MessagesIngestRepository } from './messages-ingest.repository.js';

export interface MessageAddress {
  channelId: Snowflake;
  messageId: Snowflake;
}

/** Sends messages as the bot, and deletes those of anybody. Each method throws DomainErrors as DiscordRest does. */
@Injectable()
export class MessageActionsService {
  constructor(
    private readonly access: GuildAccess,
    private readonly rest: DiscordRest,
    private readonly actions: DiscordActions,
    private readonly messages: MessagesIngestRepository,
  ) {}

  /** Sends a message; the same idempotency key within a few minutes sends it once. */
  async send(
    actor: ActingCaller,
    { channelId, idempotencyKey }: { channelId: Snowflake; idempotencyKey: string | null },
    draft: MessageDraft,
  ): Promise<Message> {
    const nonce = nonceOf(callerOf(actor.identity), channelId, idempotencyKey);
    return this.actions.make({
      actor,
      guildId: await this.access.guildOfChannel(channelId),
      permission: PermissionFlagsBits.SendMessages,
      reason: draft.reason,
      perform: () => this.rest.sendMessage(channelId, { ...discordMessageOf(draft), nonce }),
      // Messages of bots are not kept; that one was sent is.
      keep: async (_context, answer) => {
        const target = { id: answer.id };
        return {
          result: messageOfDiscord(answer),
          record: { action: 'message.sent', target, after: { channelId, embeds: draft.embeds.length } },
        };
      },
    });
  }

  async delete(actor: ActingCaller, address: MessageAddress, reason: string | undefined): Promise<void> {
    const { channelId, messageId } = address;
    const guildId = await this.access.guildOfChannel(channelId);
    await this.actions.make({
      actor,
      guildId,
      permission: PermissionFlagsBits.ManageMessages,
      reason,
      perform: (auditReason) => this.rest.deleteMessage(channelId, messageId, auditReason),
      keep: async ({ transaction, publish }) => {
        const deletion = { id: messageId, guildId, channelId, deletedAt: new Date().toISOString() };
        const buried = await this.messages.bury(transaction, [deletion]);
        if (buried.has(messageId)) publish({ name: 'message.deleted', guildId, item: { id: messageId, channelId } });
        return {
          result: undefined,
          record: { action: 'message.deleted', target: { id: messageId }, before: { channelId } },
        };
      },
    });
  }
}
