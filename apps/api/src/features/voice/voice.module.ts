import { Module } from '@nestjs/common';
import { VoiceIngestRepository } from './voice-ingest.repository.js';
import { VoiceIngest } from './voice.ingest.js';

@Module({ providers: [VoiceIngest, VoiceIngestRepository] })
export class VoiceModule {}
