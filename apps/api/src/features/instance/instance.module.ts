import { Module } from '@nestjs/common';
import { DiagnosticsController } from './diagnostics.controller.js';
import { InstanceController } from './instance.controller.js';

@Module({ controllers: [InstanceController, DiagnosticsController] })
export class InstanceModule {}
