import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../../platform/clock.js';
import { FileStore } from '../../platform/files/file-store.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { queue } from '../../platform/jobs/queue.js';
import { PersonalData } from '../../platform/privacy/personal-data.js';
import { exportText } from './export-text.rules.js';
import { PrivacyRepository } from './privacy.repository.js';

/** Collects what is held of a person. */
export const collectExport = queue('privacy.export', z.object({ exportId: z.uuid() }), { shown: ['exportId'] });

const expireExports = queue('privacy.expire-exports', z.object({}));

/** Deletes files of somebody who is no longer there. */
export const deleteFiles = queue('privacy.delete-files', z.object({ fileKeys: z.array(z.string()) }), {
  isForgottenWhenDone: true,
});

const EVERY_HOUR = '23 * * * *';
const MAX_EXPORT_BYTES = 2_000_000_000;

@Injectable()
export class ExportsJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly repository: PrivacyRepository,
    private readonly personalData: PersonalData,
    private readonly files: FileStore,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.work(collectExport, ({ exportId }) => this.collect(exportId));
    this.jobs.work(expireExports, () => this.expire());
    this.jobs.work(deleteFiles, async ({ fileKeys }) => {
      for (const fileKey of fileKeys) await this.files.delete(fileKey);
    });
    this.jobs.schedule(expireExports, EVERY_HOUR, {});
  }

  /** Writes the file. Done already, or asked for by somebody who is gone: nothing happens. */
  async collect(exportId: string): Promise<void> {
    const asked = await this.repository.findExport(exportId);
    const person = asked && (await this.repository.findPerson(asked.accountId));
    if (!asked || !person || asked.state === 'ready') return;
    const now = this.clock.now();
    const fileKey = `exports/${exportId}/guildhall.json.gz`;
    const text = Readable.from(exportText(this.personalData.sections(person), now));
    // What goes wrong with the text goes wrong with the file: `put` is told of it by the stream it reads.
    const body = pipeline(text, createGzip(), () => undefined);
    const sizeBytes = await this.files.put(fileKey, body, {
      contentType: 'application/gzip',
      maxBytes: MAX_EXPORT_BYTES,
    });
    const isWanted = await this.repository.finishExport(exportId, { fileKey, sizeBytes, finishedAt: now });
    if (!isWanted) await this.files.delete(fileKey);
  }

  /** Deletes what nobody fetched in time. */
  async expire(): Promise<void> {
    for (const { id, fileKey } of await this.repository.findExpired(this.clock.now())) {
      if (fileKey) await this.files.delete(fileKey);
      await this.repository.deleteExport(id);
    }
  }
}
