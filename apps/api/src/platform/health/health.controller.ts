import { type Health, healthSchema } from '@guildhall/contracts';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers } from '../http/answers.js';
import { Public } from '../identity/public.js';
import { HealthIndicators } from './health-indicators.js';

@ApiTags('operations')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly indicators: HealthIndicators) {}

  @Get()
  @ApiOperation({ summary: 'The state of this process and of everything it depends on; 503 unless all is well' })
  @Answers(healthSchema, { description: 'Yes.' })
  @Answers(healthSchema, { status: 503, description: 'No, and why not.' })
  async health(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    const health = await this.indicators.report();
    void reply.code(health.status === 'healthy' ? 200 : 503);
    return health;
  }

  @Get('live')
  @ApiOperation({ summary: 'Answers while the process runs: restart it when this stops' })
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether to send requests here; 503 while something essential is down' })
  @Answers(healthSchema, { description: 'Yes.' })
  @Answers(healthSchema, { status: 503, description: 'No, and why not.' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    const health = await this.indicators.report();
    void reply.code(health.status === 'unhealthy' ? 503 : 200);
    return health;
  }
}
