import {
  type AcceptedInvitation,
  type AcceptInvitation,
  acceptedInvitationSchema,
  acceptInvitationSchema,
  type InvitationPreview,
  invitationPreviewSchema,
} from '@guildhall/contracts';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Changes } from '../../platform/changes/changes.js';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { type Actor, CurrentActor } from '../../platform/identity/actor.js';
import type { AccountIdentity } from '../../platform/identity/identity.js';
import { ForAccounts, Public } from '../../platform/identity/public.js';
import { CurrentAccount } from '../../platform/identity/request-identity.js';
import { Rate } from '../../platform/rate-limits/rate-class.js';
import { Invitations } from './invitations.js';

/** For who holds the link of an invitation; guesses are counted like those of passwords. */
@ApiTags('access')
@Rate('sign-in')
@Controller('api/invitations')
export class InvitationLinksController {
  constructor(
    private readonly invitations: Invitations,
    private readonly changes: Changes,
  ) {}

  @Get('preview')
  @Public()
  @ApiOperation({ summary: 'Where the link of an invitation leads' })
  @Answers(invitationPreviewSchema)
  @Fails('link-invalid')
  async preview(@Query({ schema: acceptInvitationSchema }) { token }: AcceptInvitation): Promise<InvitationPreview> {
    return this.invitations.preview(token);
  }

  @Post('accept')
  @HttpCode(200)
  @ForAccounts()
  @ApiOperation({ summary: 'Accepts an invitation with my account; its link works once' })
  @Answers(acceptedInvitationSchema)
  @Fails('link-invalid', 'conflict', 'request-in-flight')
  async accept(
    @Body({ schema: acceptInvitationSchema }) { token }: AcceptInvitation,
    @CurrentAccount() { accountId }: AccountIdentity,
    @CurrentActor() actor: Actor,
  ): Promise<AcceptedInvitation> {
    return this.changes.make((context) => this.invitations.accept(context, token, { accountId, actor }));
  }
}
