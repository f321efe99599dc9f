import { type ResetPassword, resetPasswordSchema, type VerifyEmail, verifyEmailSchema } from '@guildhall/contracts';
import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Fails } from '../../../platform/http/fails.js';
import { Public } from '../../../platform/identity/public.js';
import { Rate } from '../../../platform/rate-limits/rate-class.js';
import { EmailVerifications } from './email-verifications.js';
import { PasswordResets } from './password-resets.js';

/** What the links in mails lead to; each works once. `POST`, since mail programs open links by themselves. */
@ApiTags('auth')
@Public()
@Rate('sign-in')
@Controller('api/auth')
export class MailedLinksController {
  constructor(
    private readonly verifications: EmailVerifications,
    private readonly resets: PasswordResets,
  ) {}

  @Post('verify-email')
  @HttpCode(204)
  @ApiOperation({ summary: 'Confirms an e-mail address with the secret of the mailed link' })
  @ApiResponse({ status: 204, description: 'The address is confirmed.' })
  @Fails('link-invalid')
  async verifyEmail(
    @Body({ schema: verifyEmailSchema }) { token }: VerifyEmail,
    @Ip() ipAddress: string,
  ): Promise<void> {
    await this.verifications.verify(token, ipAddress);
  }

  @Post('reset-password')
  @HttpCode(204)
  @ApiOperation({ summary: 'Chooses a new password with the secret of the mailed link, and ends all sessions' })
  @ApiResponse({ status: 204, description: 'The password is changed.' })
  @Fails('link-invalid', 'password-too-weak')
  async resetPassword(
    @Body({ schema: resetPasswordSchema }) body: ResetPassword,
    @Ip() ipAddress: string,
  ): Promise<void> {
    await this.resets.reset(body, ipAddress);
  }
}
