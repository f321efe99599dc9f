import { Global, Module } from '@nestjs/common';
import { RealtimeAccess } from './realtime-access.js';
import { RealtimeAdmission } from './realtime-admission.js';
import { RealtimeHub } from './realtime-hub.js';
import { RealtimePublisher } from './realtime-publisher.js';
import { RealtimeSubscriptions } from './realtime-subscriptions.js';
import { TopicVersionsRepository } from './topic-versions.repository.js';

@Global()
@Module({
  providers: [
    RealtimeAccess,
    RealtimeAdmission,
    RealtimeHub,
    RealtimePublisher,
    RealtimeSubscriptions,
    TopicVersionsRepository,
  ],
  exports: [RealtimeHub, RealtimePublisher],
})
export class RealtimeModule {}
