import { Module } from '@nestjs/common';
import { GatewayController } from './gateway.controller.js';
import { GatewayRepository } from './gateway.repository.js';
import { GatewayService } from './gateway.service.js';

@Module({ controllers: [GatewayController], providers: [GatewayRepository, GatewayService] })
export class GatewayModule {}
