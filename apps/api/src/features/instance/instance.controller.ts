import { type Instance, instanceSchema, snowflakeSchema } from '@guildhall/contracts';
import { VERSION } from '@guildhall/process';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../../platform/config/config.module.js';
import { Answers } from '../../platform/http/answers.js';
import { Public } from '../../platform/identity/public.js';

@ApiTags('instance')
@Public()
@Controller('api/instance')
export class InstanceController {
  constructor(@Inject(API_CONFIG) private readonly config: ApiConfig) {}

  @Get()
  @ApiOperation({ summary: 'What everybody may know about this installation' })
  @Answers(instanceSchema)
  read(): Instance {
    const { SIMULATOR_URL, DISCORD_CLIENT_ID } = this.config;
    return {
      version: VERSION,
      isSimulated: SIMULATOR_URL !== undefined,
      simulatorUrl: SIMULATOR_URL ?? null,
      discordClientId: snowflakeSchema.parse(DISCORD_CLIENT_ID),
    };
  }
}
