import { REST, type RESTOptions } from '@discordjs/rest';
import type { Snowflake } from '@guildhall/contracts';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  type APIGuildMember,
  type APIMessage,
  type APIUser,
  type RESTPatchAPIGuildMemberJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from 'discord-api-types/v10';
import { problemOfDiscord } from './discord-problems.rules.js';
import { DiscordTransport } from './discord-transport.js';

/** How long a request may wait for the limits and for Discord together. */
const DEADLINE_MS = 30_000;

/** A member of a guild on Discord. */
export interface MemberAddress {
  guildId: Snowflake;
  userId: Snowflake;
}

interface Call {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  route: `/${string}`;
  body?: unknown;
  /** For Discord's own audit log. */
  reason?: string;
}

/**
 * Everything we ask of Discord in the name of the bot. Each method throws a DomainError: `discord-missing-permission`,
 * `discord-refused`, `not-found` and `validation-failed` with Discord's own code, or `discord-unavailable`.
 */
@Injectable()
export class DiscordRest implements OnApplicationShutdown {
  private readonly rest: REST;

  constructor(transport: DiscordTransport) {
    // Whoever asked may try again; a second attempt at what may have been done already would be answered with "unknown".
    this.rest = new REST({
      api: transport.baseUrl,
      retries: 0,
      timeout: DEADLINE_MS,
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      makeRequest: requestThrough(transport),
    });
  }

  /** @see https://discord.com/developers/docs/resources/user#get-user */
  async user(userId: Snowflake): Promise<APIUser> {
    return this.call({ method: 'get', route: Routes.user(userId) });
  }

  /** @see https://discord.com/developers/docs/resources/guild#get-guild-member */
  async member({ guildId, userId }: MemberAddress): Promise<APIGuildMember> {
    return this.call({ method: 'get', route: Routes.guildMember(guildId, userId) });
  }

  /** @see https://discord.com/developers/docs/resources/guild#modify-guild-member */
  async editMember(
    { guildId, userId }: MemberAddress,
    body: Pick<RESTPatchAPIGuildMemberJSONBody, 'nick' | 'communication_disabled_until'>,
    reason: string,
  ): Promise<APIGuildMember> {
    return this.call({ method: 'patch', route: Routes.guildMember(guildId, userId), body, reason });
  }

  /** @see https://discord.com/developers/docs/resources/guild#remove-guild-member */
  async kick({ guildId, userId }: MemberAddress, reason: string): Promise<void> {
    await this.call({ method: 'delete', route: Routes.guildMember(guildId, userId), reason });
  }

  /** Giving a role that the member has changes nothing. @see https://discord.com/developers/docs/resources/guild#add-guild-member-role */
  async addRole({ guildId, userId }: MemberAddress, roleId: Snowflake, reason: string): Promise<void> {
    await this.call({ method: 'put', route: Routes.guildMemberRole(guildId, userId, roleId), reason });
  }

  /** @see https://discord.com/developers/docs/resources/guild#remove-guild-member-role */
  async removeRole({ guildId, userId }: MemberAddress, roleId: Snowflake, reason: string): Promise<void> {
    await this.call({ method: 'delete', route: Routes.guildMemberRole(guildId, userId, roleId), reason });
  }

  /** Also for people who are not in the guild. @see https://discord.com/developers/docs/resources/guild#create-guild-ban */
  async ban({ guildId, userId }: MemberAddress, deleteMessageSeconds: number, reason: string): Promise<void> {
    const body = { delete_message_seconds: deleteMessageSeconds };
    await this.call({ method: 'put', route: Routes.guildBan(guildId, userId), body, reason });
  }

  /** @see https://discord.com/developers/docs/resources/guild#remove-guild-ban */
  async unban({ guildId, userId }: MemberAddress, reason: string): Promise<void> {
    await this.call({ method: 'delete', route: Routes.guildBan(guildId, userId), reason });
  }

  /**
   * Sends a message that mentions nobody unless told whom. The nonce makes it one message, however often it is sent within
   * a few minutes.
   * @see https://discord.com/developers/docs/resources/message#create-message
   */
  async sendMessage(
    channelId: Snowflake,
    message: RESTPostAPIChannelMessageJSONBody & { nonce: string },
  ): Promise<APIMessage> {
    const body = { allowed_mentions: { parse: [] }, ...message, enforce_nonce: true };
    return this.call({ method: 'post', route: Routes.channelMessages(channelId), body });
  }

  /** @see https://discord.com/developers/docs/resources/message#delete-message */
  async deleteMessage(channelId: Snowflake, messageId: Snowflake, reason: string): Promise<void> {
    await this.call({ method: 'delete', route: Routes.channelMessage(channelId, messageId), reason });
  }

  onApplicationShutdown(): void {
    this.rest.clearHandlerSweeper();
    this.rest.clearHashSweeper();
  }

  private async call<T>({ method, route, ...options }: Call): Promise<T> {
    try {
      const request = { ...options, auth: false, signal: AbortSignal.timeout(DEADLINE_MS) };
      // Safe: the results that Discord documents for the routes.
      return (await this.rest[method](route, request)) as T;
    } catch (error) {
      throw problemOfDiscord(error);
    }
  }
}

/** Limits, the token and the network are the transport's; bodies, reasons and errors stay with @discordjs/rest. */
function requestThrough(transport: DiscordTransport): RESTOptions['makeRequest'] {
  return async (url, { method = 'GET', headers, body, signal }) => {
    const response = await transport.send({
      method,
      path: url.slice(transport.baseUrl.length),
      // Safe: what @discordjs/rest hands over is a plain object, and JSON as long as no files are sent.
      headers: headers as Record<string, string>,
      body: (body ?? undefined) as string | undefined,
      signal: signal ?? undefined,
    });
    // Safe: Node's own fetch and the undici of @discordjs/rest give the same kind of answer.
    return response as unknown as Awaited<ReturnType<RESTOptions['makeRequest']>>;
  };
}
