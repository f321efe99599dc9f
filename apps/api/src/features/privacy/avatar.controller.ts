import { type Avatar, avatarSchema, AVATAR_MEDIA_TYPES, MAX_AVATAR_BYTES } from '@guildhall/contracts';
import {
  Controller,
  Delete,
  Get,
  HttpCode,
  type OnModuleInit,
  Put,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { type Actor, CurrentActor } from '../../platform/identity/actor.js';
import type { AccountIdentity } from '../../platform/identity/identity.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { CurrentAccount } from '../../platform/identity/request-identity.js';
import { AvatarService } from './avatar.service.js';

const versionQuerySchema = z.strictObject({ v: z.string().max(64).optional() });

/** One address for one picture: a new one has another `v`. */
const FOR_EVER = 'private, max-age=31536000, immutable';

@ApiTags('auth')
@ForAccounts()
@Controller('api/auth/me/avatar')
export class AvatarController implements OnModuleInit {
  constructor(
    private readonly avatars: AvatarService,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Pictures are read into memory up to their own limit, and refused by their length before that. */
  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const options = { parseAs: 'buffer', bodyLimit: MAX_AVATAR_BYTES } as const;
    server.addContentTypeParser([...AVATAR_MEDIA_TYPES], options, (_request, body, done) => done(null, body));
  }

  @Put()
  @ApiOperation({ summary: 'Uploads a picture of me' })
  @ApiConsumes(...AVATAR_MEDIA_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Answers(avatarSchema)
  async put(
    @CurrentAccount() account: AccountIdentity,
    @Req() request: FastifyRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Avatar> {
    return this.avatars.put(account, request.body, actor);
  }

  @Get()
  @ApiOperation({ summary: 'My uploaded picture' })
  @ApiProduces(...AVATAR_MEDIA_TYPES)
  @Answers(z.string())
  @Fails('not-found')
  async read(
    @CurrentAccount() { accountId }: AccountIdentity,
    @Query({ schema: versionQuerySchema }) { v }: z.infer<typeof versionQuerySchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { file, hash } = await this.avatars.open(accountId);
    void reply.header('x-content-type-options', 'nosniff').header('content-security-policy', "default-src 'none'");
    if (v === hash) void reply.header('cache-control', FOR_EVER);
    return new StreamableFile(file.stream, { type: file.contentType, length: file.sizeBytes, disposition: 'inline' });
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Removes my uploaded picture' })
  @ApiResponse({ status: 204, description: '' })
  async remove(@CurrentAccount() account: AccountIdentity, @CurrentActor() actor: Actor): Promise<void> {
    await this.avatars.remove(account, actor);
  }
}
