import { type RequestView, requestViewSchema } from '@guildhall/contracts';
import { Controller, Get, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Answers } from '../../platform/http/answers.js';
import { ServiceRoute } from '../../platform/identity/public.js';

@ApiTags('instance')
@ServiceRoute()
@Controller('api/diagnostics')
export class DiagnosticsController {
  @Get('request')
  @ApiOperation({ summary: 'How this very request arrived, for `guildhall doctor`' })
  @Answers(requestViewSchema)
  request(@Req() { ip, protocol, host }: FastifyRequest): RequestView {
    return { ip, protocol, host };
  }
}
