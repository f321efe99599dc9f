import {
  type Ping,
  type PingQuery,
  pingQuerySchema,
  pingSchema,
  type PipelineStatus,
  pipelineStatusSchema,
} from '@guildhall/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../../platform/http/answers.js';
import type { Identity } from '../../platform/identity/identity.js';
import { ForAccounts, InteractionRoute } from '../../platform/identity/public.js';
import { CurrentIdentity } from '../../platform/identity/request-identity.js';
import { GatewayService } from './gateway.service.js';

@ApiTags('gateway')
@ForAccounts()
@Controller('api/gateway')
export class GatewayController {
  constructor(private readonly gateway: GatewayService) {}

  @Get('ping')
  @InteractionRoute()
  @ApiOperation({ summary: 'The latency of each hop from the API to Discord' })
  @Answers(pingSchema)
  async ping(
    @CurrentIdentity() identity: Identity,
    @Query({ schema: pingQuerySchema }) query: PingQuery,
  ): Promise<Ping> {
    return this.gateway.ping(identity, query);
  }

  @Get('status')
  @ApiOperation({ summary: 'How bots, gateways and the way of the events between them are' })
  @Answers(pipelineStatusSchema)
  async status(@CurrentIdentity() identity: Identity): Promise<PipelineStatus> {
    return this.gateway.status(identity);
  }
}
