// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- types for a package that has none: nothing to import
/// <reference path="./s3rver.d.ts" />
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';

const BUCKET = 'guildhall-files';

/** An S3-compatible server of a spec's own. */
export interface S3Server {
  /** As `S3_URL` takes it. */
  url: string;
  /** Makes it unreachable; what was stored is lost. */
  close(): Promise<void>;
}

/**
 * Starts an S3-compatible server on a free port, with an empty bucket. A strict one refuses wrong signatures, but also right
 * ones of requests about the bucket as a whole: it leaves the slash at the end of `/bucket/` out of what it verifies.
 */
export async function startS3Server({ isStrict = false } = {}): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'guildhall-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    allowMismatchedSignatures: !isStrict,
    configureBuckets: [{ name: BUCKET }],
  });
  // It fails when two deletions find the same folder empty.
  let lastDeletion = Promise.resolve();
  server.middleware.unshift(({ method }, next) =>
    method === 'DELETE' ? (lastDeletion = lastDeletion.then(next, next)) : next(),
  );
  const { port } = await server.run();
  let isOpen = true;
  return {
    url: `http://S3RVER:S3RVER@127.0.0.1:${port}/${BUCKET}?pathStyle=true`,
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
