import {
  type DataExport,
  dataExportListSchema,
  dataExportSchema,
  type EraseAccount,
  eraseAccountSchema,
} from '@guildhall/contracts';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { type Actor, CurrentActor } from '../../platform/identity/actor.js';
import type { AccountIdentity } from '../../platform/identity/identity.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { CurrentAccount } from '../../platform/identity/request-identity.js';
import { Rate } from '../../platform/rate-limits/rate-class.js';
import { ErasureService } from './erasure.service.js';
import { ExportsService } from './exports.service.js';

@ApiTags('privacy')
@ForAccounts()
@Controller('api/auth/me')
export class PrivacyController {
  constructor(
    private readonly exports: ExportsService,
    private readonly erasure: ErasureService,
  ) {}

  @Post('exports')
  @HttpCode(202)
  @Rate('expensive')
  @ApiOperation({ summary: 'Has a copy made of everything that is held of me' })
  @Answers(dataExportSchema, { status: 202 })
  @Fails('conflict', 'request-in-flight')
  async ask(@CurrentAccount() account: AccountIdentity, @CurrentActor() actor: Actor): Promise<DataExport> {
    return this.exports.ask(account, actor);
  }

  @Get('exports')
  @ApiOperation({ summary: 'The copies of my data, newest first' })
  @Answers(dataExportListSchema)
  async list(@CurrentAccount() { accountId }: AccountIdentity): Promise<{ items: DataExport[] }> {
    return { items: await this.exports.list(accountId) };
  }

  @Get('exports/:id/file')
  @Rate('expensive')
  @ApiOperation({ summary: 'A copy of my data, as compressed JSON' })
  @ApiProduces('application/gzip')
  @Answers(z.string())
  async file(
    @CurrentAccount() { accountId }: AccountIdentity,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<StreamableFile> {
    const { stream, contentType, sizeBytes } = await this.exports.open(accountId, id);
    return new StreamableFile(stream, {
      type: contentType,
      length: sizeBytes,
      disposition: 'attachment; filename="guildhall.json.gz"',
    });
  }

  @Delete()
  @HttpCode(204)
  @Rate('sign-in')
  @ApiOperation({ summary: 'Erases my account and what is held of me, for good' })
  @ApiResponse({ status: 204, description: '' })
  @Fails('password-wrong', 'sign-in-locked')
  async erase(
    @CurrentAccount() { accountId }: AccountIdentity,
    @Body({ schema: eraseAccountSchema }) body: EraseAccount,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.erasure.erase(accountId, body, actor);
  }
}
