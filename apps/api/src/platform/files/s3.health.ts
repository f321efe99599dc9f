import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HealthIndicators } from '../health/health-indicators.js';
import { FileStore } from './file-store.js';
import { S3FileStore } from './s3-file-store.js';

/** Shows the S3 store among the dependencies, where one is used. */
@Injectable()
export class S3Health implements OnModuleInit {
  constructor(
    private readonly files: FileStore,
    private readonly indicators: HealthIndicators,
  ) {}

  onModuleInit(): void {
    const { files } = this;
    if (!(files instanceof S3FileStore)) return;
    this.indicators.register('s3', async () => {
      await files.ping();
      return { status: 'up' };
    });
  }
}
