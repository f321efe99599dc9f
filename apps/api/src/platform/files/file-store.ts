import type { Readable } from 'node:stream';

/** The bytes of a file: at once, or one piece after the other (a Node.js stream is such a thing). */
export type FileBody = Uint8Array | AsyncIterable<Uint8Array>;

export interface PutOptions {
  /** As in a Content-Type header, e.g. `image/png`. */
  contentType: string;
  maxBytes: number;
}

export interface StoredFile {
  /** Has to be read to its end or destroyed. */
  stream: Readable;
  contentType: string;
  sizeBytes: number;
}

/**
 * Files that are too large for the database: exports, uploads, transcripts. Keys are made by us and look like
 * `exports/<id>/members.csv`: segments of lower-case letters, digits, dots, hyphens and underscores. Methods throw a
 * DomainError `unavailable` when the store is away, and a RangeError for a key that is none.
 */
export abstract class FileStore {
  /**
   * Stores a file, in place of the one that had this key. Either all of it is there afterwards or nothing has changed.
   * @returns its size in bytes
   * @throws DomainError `payload-too-large` when the body has more than `maxBytes`
   */
  abstract put(key: string, body: FileBody, options: PutOptions): Promise<number>;

  /** The file, or null when there is none. */
  abstract get(key: string): Promise<StoredFile | null>;

  abstract exists(key: string): Promise<boolean>;

  /** Does nothing when there is no such file. */
  abstract delete(key: string): Promise<void>;

  /** Deletes every file below a folder: `exports/1` has `exports/1/a.csv`, but not `exports/10/a.csv`. */
  abstract deletePrefix(folder: string): Promise<void>;
}
