import { Global, Module } from '@nestjs/common';
import { BatchIntake } from './batch-intake.js';
import { GatewayLink } from './gateway-link.js';

@Global()
@Module({ providers: [BatchIntake, GatewayLink], exports: [GatewayLink] })
export class GatewayLinkModule {}
