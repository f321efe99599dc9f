import { Global, Module } from '@nestjs/common';
import { Clock } from '../clock.js';
import { KeyValueStore } from './key-value-store.js';
import { MemoryKeyValueStore } from './memory-key-value-store.js';

@Global()
@Module({
  providers: [
    { provide: KeyValueStore, inject: [Clock], useFactory: (clock: Clock) => new MemoryKeyValueStore(clock) },
  ],
  exports: [KeyValueStore],
})
export class KeyValueModule {}
