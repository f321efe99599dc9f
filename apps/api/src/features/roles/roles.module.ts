import { Module } from '@nestjs/common';
import { RoleAssignmentsController } from './role-assignments.controller.js';
import { RoleAssignmentsService } from './role-assignments.service.js';
import { RolesController } from './roles.controller.js';
import { RolesRepository } from './roles.repository.js';
import { RolesService } from './roles.service.js';
import { MembersModule } from '../members/index.js';
import { RolesIngestRepository } from './roles-ingest.repository.js';
import { RolesIngest } from './roles.ingest.js';

@Module({
  imports: [MembersModule],
  controllers: [RolesController, RoleAssignmentsController],
  providers: [RolesRepository, RolesService, RoleAssignmentsService, RolesIngest, RolesIngestRepository],
  exports: [RolesIngest],
})
export class RolesModule {}
