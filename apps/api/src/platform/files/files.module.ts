import { join } from 'node:path';
import { Global, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';
import { LOGGER } from '../logging/logging.module.js';
import { DiskFileStore } from './disk-file-store.js';
import { FileStore } from './file-store.js';
import { S3FileStore } from './s3-file-store.js';
import { readS3Url } from './s3-location.rules.js';
import { S3Health } from './s3.health.js';

type AnyFileStore = DiskFileStore | S3FileStore;

/** An S3-compatible store where `S3_URL` names one, else a folder of this machine. */
@Global()
@Module({
  providers: [
    {
      provide: FileStore,
      inject: [API_CONFIG],
      useFactory: ({ S3_URL, GUILDHALL_DATA_DIR }: ApiConfig): AnyFileStore => {
        const location = S3_URL === undefined ? null : readS3Url(S3_URL);
        return location ? new S3FileStore(location) : new DiskFileStore(join(GUILDHALL_DATA_DIR, 'files'));
      },
    },
    S3Health,
  ],
  exports: [FileStore],
})
export class FilesModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(FileStore) private readonly files: AnyFileStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** What was left over takes space and nothing else, so that failing to remove it must not keep the process from starting. */
  async onModuleInit(): Promise<void> {
    try {
      await this.files.sweep();
    } catch (error) {
      this.logger.warn({ err: error }, 'unfinished files could not be removed');
    }
  }

  onApplicationShutdown(): void {
    if (this.files instanceof S3FileStore) this.files.close();
  }
}
