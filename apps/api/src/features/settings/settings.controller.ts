import {
  type GuildSettings,
  guildSettingsSchema,
  type Snowflake,
  snowflakeSchema,
  type UpdateGuildSettings,
  updateGuildSettingsSchema,
} from '@guildhall/contracts';
import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { type Actor, CurrentActor } from '../../platform/identity/actor.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { SettingsService } from './settings.service.js';

@ApiTags('settings')
@ForAccounts()
@Controller('api/guilds/:guildId/settings')
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @Get()
  @RequireCapability('guild.view', { guild: 'guildId' })
  @ApiOperation({ summary: 'What the administrators of a guild chose' })
  @Answers(guildSettingsSchema)
  async get(@Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake): Promise<GuildSettings> {
    return this.settings.get(guildId);
  }

  @Patch()
  @RequireCapability('guild.manage', { guild: 'guildId' })
  @ApiOperation({ summary: 'Changes the settings of a guild; what is not named stays' })
  @Answers(guildSettingsSchema)
  async update(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Body({ schema: updateGuildSettingsSchema }) body: UpdateGuildSettings,
    @IfMatch() expectedVersion: number | null,
    @CurrentActor() actor: Actor,
  ): Promise<GuildSettings> {
    return this.settings.update(guildId, { actor, body, expectedVersion });
  }
}
