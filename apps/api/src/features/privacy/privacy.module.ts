import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { AccountDataRepository } from './account-data.repository.js';
import { AvatarController } from './avatar.controller.js';
import { AvatarService } from './avatar.service.js';
import { CommunityDataRepository } from './community-data.repository.js';
import { ErasureConsent } from './erasure-consent.js';
import { ErasureService } from './erasure.service.js';
import { ExportsJobs } from './exports.jobs.js';
import { ExportsService } from './exports.service.js';
import { MessageDataRepository } from './message-data.repository.js';
import { PersonRemoval } from './person-removal.js';
import { PrivacyController } from './privacy.controller.js';
import { PrivacyRepository } from './privacy.repository.js';
import { SignInEnding } from './sign-in-ending.js';

@Module({
  imports: [AuthModule],
  controllers: [PrivacyController, AvatarController],
  providers: [
    AccountDataRepository,
    AvatarService,
    CommunityDataRepository,
    ErasureConsent,
    ErasureService,
    ExportsJobs,
    ExportsService,
    MessageDataRepository,
    PersonRemoval,
    PrivacyRepository,
    SignInEnding,
  ],
})
export class PrivacyModule {}
