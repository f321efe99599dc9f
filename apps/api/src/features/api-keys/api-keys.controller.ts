import {
  type ApiKey,
  type ApiKeyListQuery,
  apiKeyListQuerySchema,
  apiKeyPageSchema,
  type CreateApiKey,
  createApiKeySchema,
  type NewApiKey,
  newApiKeySchema,
  type Page,
  type RotateApiKey,
  rotateApiKeySchema,
  type Snowflake,
  snowflakeSchema,
} from '@guildhall/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { type Actor, CurrentActor } from '../../platform/identity/actor.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { pageOf } from '../../platform/lists/page.rules.js';
import { ApiKeysService } from './api-keys.service.js';

/** Without a body the old key works on for a day. */
const rotateBodySchema = rotateApiKeySchema.prefault({});

@ApiTags('api keys')
@ForAccounts()
@Controller('api/guilds/:guildId/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @RequireCapability('apiKeys.manage')
  @ApiOperation({ summary: "The guild's API keys, without those that were revoked" })
  @Answers(apiKeyPageSchema)
  async list(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Query({ schema: apiKeyListQuerySchema }) query: ApiKeyListQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<ApiKey>> {
    return pageOf(await this.keys.list(guildId, query), query, request.url);
  }

  @Post()
  @RequireCapability('apiKeys.manage')
  @ApiOperation({
    summary: 'Makes a key; this answer is the only one that tells it',
    description: 'A key holds nothing that its maker does not, now or later. Keys cannot make keys.',
  })
  @Answers(newApiKeySchema, { status: 201, description: 'Made.' })
  async create(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Body({ schema: createApiKeySchema }) body: CreateApiKey,
    @CurrentActor() actor: Actor,
  ): Promise<NewApiKey> {
    return this.keys.create(guildId, actor, body);
  }

  @Post(':id/rotate')
  @RequireCapability('apiKeys.manage')
  @ApiOperation({ summary: 'Makes a key that takes the place of this one, which works on for the overlap' })
  @Answers(newApiKeySchema, { status: 201, description: 'Made.' })
  @Fails('conflict', 'request-in-flight')
  async rotate(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: rotateBodySchema }) body: RotateApiKey,
    @CurrentActor() actor: Actor,
  ): Promise<NewApiKey> {
    return this.keys.rotate({ guildId, id }, actor, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireCapability('apiKeys.manage')
  @ApiOperation({ summary: 'Revokes a key, at once' })
  @ApiResponse({ status: 204, description: 'Revoked.' })
  async revoke(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Param('id', { schema: z.uuid() }) id: string,
    @IfMatch() version: number | null,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.keys.revoke({ guildId, id }, actor, version);
  }
}
