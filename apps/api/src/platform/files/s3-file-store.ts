import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { DomainError } from '../problems/domain-error.js';
import { checkContentType, segmentsOf } from './file-key.rules.js';
import { type FileBody, FileStore, type PutOptions, type StoredFile } from './file-store.js';
import { IncomingFolder } from './incoming-folder.js';
import type { S3Location } from './s3-location.rules.js';

const CONNECTION_TIMEOUT_MS = 2_000;
/** Until the answer begins; a body may take longer, as long as it does not stand still. */
const SILENCE_TIMEOUT_MS = 10_000;
const MAX_ATTEMPTS = 2;
/** Deleted at once; also what a page of a listing holds. */
const DELETED_AT_ONCE = 50;
/** What fails is thrown, and said by whoever it concerns; the client would write to the console besides. */
const nowhere = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Files in an S3-compatible store, for a deployment on several machines. */
export class S3FileStore extends FileStore {
  private readonly client: S3Client;
  private readonly bucket: string;
  /** A body's length has to be known before the first byte is sent. */
  private readonly incoming = new IncomingFolder(join(tmpdir(), 'guildhall-incoming'));

  constructor({ endpoint, region, bucket, isPathStyle, ...credentials }: S3Location) {
    super();
    this.bucket = bucket;
    this.client = new S3Client({
      endpoint,
      region,
      credentials,
      forcePathStyle: isPathStyle,
      maxAttempts: MAX_ATTEMPTS,
      // Amazon's newer checksums are unknown to many compatible stores.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      logger: nowhere,
      requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, socketTimeout: SILENCE_TIMEOUT_MS },
    });
  }

  override async put(key: string, body: FileBody, { contentType, maxBytes }: PutOptions): Promise<number> {
    const object = this.objectOf(key);
    checkContentType(contentType);
    const { path, sizeBytes } = await this.incoming.receive(body, { maxBytes });
    try {
      await ask('put', () =>
        this.client.send(
          new PutObjectCommand({
            ...object,
            Body: createReadStream(path),
            ContentLength: sizeBytes,
            ContentType: contentType,
          }),
        ),
      );
      return sizeBytes;
    } finally {
      await rm(path, { force: true });
    }
  }

  override async get(key: string): Promise<StoredFile | null> {
    const object = this.objectOf(key);
    const found = await ask('get', () => this.client.send(new GetObjectCommand(object)).catch(absent));
    if (!found) return null;
    if (!(found.Body instanceof Readable)) throw new Error('the S3 client gave no stream');
    return {
      stream: found.Body,
      contentType: found.ContentType ?? 'application/octet-stream',
      sizeBytes: found.ContentLength ?? 0,
    };
  }

  override async exists(key: string): Promise<boolean> {
    const object = this.objectOf(key);
    return ask('exists', async () => (await this.client.send(new HeadObjectCommand(object)).catch(absent)) !== null);
  }

  override async delete(key: string): Promise<void> {
    const object = this.objectOf(key);
    await ask('delete', () => this.client.send(new DeleteObjectCommand(object)));
  }

  /** Each listing begins anew, with what the last one did not show: there is nothing to continue from. */
  override async deletePrefix(folder: string): Promise<void> {
    const Prefix = `${segmentsOf(folder).join('/')}/`;
    const list = () =>
      this.client.send(new ListObjectsCommand({ Bucket: this.bucket, Prefix, MaxKeys: DELETED_AT_ONCE }));
    await ask('delete', async () => {
      for (let { Contents = [] } = await list(); Contents.length > 0; { Contents = [] } = await list()) {
        await Promise.all(
          Contents.map(({ Key }) => this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key }))),
        );
      }
    });
  }

  /** Whether it answers and has our bucket. @throws DomainError `unavailable` */
  async ping(): Promise<void> {
    await ask('ping', () => this.client.send(new HeadBucketCommand({ Bucket: this.bucket })));
  }

  /** Removes bodies that a killed process never sent. */
  async sweep(): Promise<void> {
    await this.incoming.sweep();
  }

  close(): void {
    this.client.destroy();
  }

  private objectOf(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: segmentsOf(key).join('/') };
  }
}

async function ask<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    // Only its name is passed on: the rest may hold the request with its signature.
    const name = error instanceof Error ? error.name : 'unknown';
    throw new DomainError('unavailable', {
      detail: 'The file store does not answer. Try again in a moment.',
      cause: new Error(`the S3 store failed at "${what}": ${name}`),
    });
  }
}

function absent(error: unknown): null {
  if (error instanceof S3ServiceException && ['NoSuchKey', 'NotFound'].includes(error.name)) return null;
  throw error;
}
