import * as zlib from 'node:zlib';

/** Transport compressions a client may ask for. @see https://docs.discord.com/developers/events/gateway#transport-compression */
export const COMPRESSIONS = ['zlib-stream', 'zstd-stream'] as const;

export type Compression = (typeof COMPRESSIONS)[number];

/** One compression context for the life of a connection: each frame is flushed and never ended. */
export interface FrameCompressor {
  /** Calls back with all bytes of the frame. One frame at a time. */
  compress(frame: string, done: (bytes: Buffer) => void): void;
  /** Frees the context. */
  close(): void;
}

/** Whether this Node can compress so: `zstd-stream` needs Node 22.15. */
export function isServed(compression: Compression): boolean {
  return compression === 'zlib-stream' || 'createZstdCompress' in zlib;
}

export function createCompressor(compression: Compression): FrameCompressor {
  const [stream, flushKind] =
    compression === 'zlib-stream'
      ? [zlib.createDeflate(), zlib.constants.Z_SYNC_FLUSH]
      : [zlib.createZstdCompress(), zlib.constants.ZSTD_e_flush];
  return {
    compress(frame, done) {
      const chunks: Buffer[] = [];
      const collect = (chunk: Buffer) => chunks.push(chunk);
      stream.on('data', collect);
      stream.write(frame);
      stream.flush(flushKind, () => {
        stream.off('data', collect);
        done(Buffer.concat(chunks));
      });
    },
    close: () => stream.close(),
  };
}
