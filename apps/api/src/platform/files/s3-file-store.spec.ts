import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startTestApi } from '../../../testing/api.js';
import { describeFileStore } from '../../../testing/file-store.suite.js';
import { type MigratedDatabase, migratedDatabase } from '../../../testing/ingest-app.js';
import { startS3Server } from '../../../testing/s3-server.js';
import { DomainError } from '../problems/domain-error.js';
import { S3FileStore } from './s3-file-store.js';
import { readS3Url } from './s3-location.rules.js';

describeFileStore('S3FileStore', async () => {
  const server = await startS3Server();
  const store = new S3FileStore(readS3Url(server.url)!);
  return {
    store,
    close: async () => {
      store.close();
      await server.close();
    },
  };
});

describe('S3FileStore', () => {
  it('says that it is unavailable without its server, and nothing about how it signs', async () => {
    const server = await startS3Server();
    const store = new S3FileStore(readS3Url(server.url)!);
    await store.put('a', new Uint8Array(1), { contentType: 'text/plain', maxBytes: 1 });
    await server.close();
    const calls = [
      store.put('a', new Uint8Array(1), { contentType: 'text/plain', maxBytes: 1 }),
      store.get('a'),
      store.exists('a'),
      store.delete('a'),
      store.deletePrefix('a'),
      store.ping(),
    ];
    const errors = await Promise.all(
      calls.map((call) =>
        call.then(
          () => undefined,
          (error: unknown) => error,
        ),
      ),
    );
    for (const error of errors) {
      expect(error).toBeInstanceOf(DomainError);
      expect(error).toMatchObject({ code: 'unavailable' });
      expect(inspect(error, { depth: 10 })).not.toMatch(/signature|credential|S3RVER/i);
    }
    store.close();
  });

  it('signs what it asks for', async () => {
    const server = await startS3Server({ isStrict: true });
    const right = new S3FileStore(readS3Url(server.url)!);
    const wrong = new S3FileStore(readS3Url(server.url.replace(':S3RVER@', ':wrong@'))!);
    const options = { contentType: 'text/plain', maxBytes: 100 };
    await right.put('a/b.c_d-e', Readable.from([new Uint8Array(1)]), options);
    expect(await right.exists('a/b.c_d-e')).toBe(true);
    await expect(wrong.exists('a/b.c_d-e')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(wrong.put('a/b.c_d-e', new Uint8Array(2), options)).rejects.toMatchObject({ code: 'unavailable' });
    const error = await wrong.get('a/b.c_d-e').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'unavailable' });
    // The store repeats what was signed, and by whom.
    expect(inspect(error, { depth: 10 })).not.toMatch(/S3RVER|StringToSign/);
    expect((await right.get('a/b.c_d-e'))?.sizeBytes).toBe(1);
    await right.delete('a/b.c_d-e');
    expect(await right.exists('a/b.c_d-e')).toBe(false);
    right.close();
    wrong.close();
    await server.close();
  });

  it('is unavailable when its bucket does not exist', async () => {
    const server = await startS3Server();
    const store = new S3FileStore(readS3Url(server.url.replace('guildhall-files', 'no-such-bucket'))!);
    await expect(store.get('a')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.ping()).rejects.toMatchObject({ code: 'unavailable' });
    store.close();
    await server.close();
  });
});

describe('an API with S3_URL', () => {
  let database: MigratedDatabase;

  beforeAll(async () => {
    database = await migratedDatabase(inject('postgresUrl'));
  });
  afterAll(() => database?.close());

  it('shows the store among its dependencies, and goes on without it', async () => {
    const server = await startS3Server();
    const api = await startTestApi(database.url, { S3_URL: server.url });
    const stateOfStore = async () => {
      const health = (await (await fetch(`${api.url}/health`)).json()) as { dependencies: Record<string, unknown> };
      return health.dependencies['s3'];
    };
    expect(await stateOfStore()).toEqual({ status: 'up' });
    await server.close();
    expect(await stateOfStore()).toEqual({ status: 'down', detail: 'it cannot be reached' });
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(200);
    await api.close();
  });
});
