import { Module } from '@nestjs/common';
import { RolesController } from './roles.controller.js';
import { RolesRepository } from './roles.repository.js';
import { RolesService } from './roles.service.js';
import { MembersModule } from '../members/index.js';
import { RolesIngestRepository } from './roles-ingest.repository.js';
import { RolesIngest } from './roles.ingest.js';

@Module({
  imports: [MembersModule],
  controllers: [RolesController],
  providers: [RolesRepository, RolesService, RolesIngest, RolesIngestRepository],
  exports: [RolesIngest],
})
export class RolesModule {}
