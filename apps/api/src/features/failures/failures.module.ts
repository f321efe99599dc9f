import { Module } from '@nestjs/common';
import { FailuresController } from './failures.controller.js';
import { FailuresRepository } from './failures.repository.js';
import { FailuresService } from './failures.service.js';
import { InstanceFailuresController } from './instance-failures.controller.js';

@Module({
  controllers: [FailuresController, InstanceFailuresController],
  providers: [FailuresRepository, FailuresService],
})
export class FailuresModule {}
