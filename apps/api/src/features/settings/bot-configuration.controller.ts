import { type BotConfiguration, botConfigurationSchema, snowflakeSchema } from '@guildhall/contracts';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../../platform/http/answers.js';
import { ServiceRoute } from '../../platform/identity/public.js';
import { SettingsService } from './settings.service.js';

const configurationQuerySchema = z.strictObject({ guildId: snowflakeSchema.optional() });

@ApiTags('interactions')
@ServiceRoute()
@Controller('api/interactions/configuration')
export class BotConfigurationController {
  constructor(private readonly settings: SettingsService) {}

  @Get()
  @ApiOperation({ summary: 'What the bot has to know of the guilds to speak there; of one of them with `guildId`' })
  @Answers(botConfigurationSchema)
  async read(
    @Query({ schema: configurationQuerySchema }) { guildId }: z.infer<typeof configurationQuerySchema>,
  ): Promise<BotConfiguration> {
    return this.settings.configuration(guildId);
  }
}
