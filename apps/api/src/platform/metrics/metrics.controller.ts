import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';
import { Public } from '../identity/public.js';
import { DomainError } from '../problems/domain-error.js';
import { isDirectLoopback } from './loopback.rules.js';
import { Metrics } from './metrics.js';

/** For a collector on this machine; to everybody else there is nothing here. */
@ApiExcludeController()
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  @Get()
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.config.ENABLE_METRICS || !isDirectLoopback(request.socket.remoteAddress, request.headers)) {
      throw new DomainError('not-found');
    }
    await reply.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}
