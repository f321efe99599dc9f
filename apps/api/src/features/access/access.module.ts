import { Module } from '@nestjs/common';
import { SettingsModule } from '../settings/index.js';
import { InvitationLinksController } from './invitation-links.controller.js';
import { InvitationMails } from './invitation-mails.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsRepository } from './invitations.repository.js';
import { InvitationsService } from './invitations.service.js';
import { Invitations } from './invitations.js';
import { PeopleController } from './people.controller.js';
import { PeopleRepository } from './people.repository.js';
import { PeopleService } from './people.service.js';
import { RoleAccessController } from './role-access.controller.js';
import { RoleAccessRepository } from './role-access.repository.js';
import { RoleAccessService } from './role-access.service.js';

/** Who may do what: for those who decide it, and for those who are invited. */
@Module({
  imports: [SettingsModule],
  controllers: [RoleAccessController, PeopleController, InvitationsController, InvitationLinksController],
  providers: [
    RoleAccessRepository,
    RoleAccessService,
    PeopleRepository,
    PeopleService,
    InvitationsRepository,
    InvitationsService,
    InvitationMails,
    Invitations,
  ],
  exports: [Invitations],
})
export class GuildAccessModule {}
