import { Module } from '@nestjs/common';
import { InvitesIngestRepository } from './invites-ingest.repository.js';
import { InvitesIngest } from './invites.ingest.js';

@Module({ providers: [InvitesIngest, InvitesIngestRepository] })
export class InvitesModule {}
