import { DomainError } from '../problems/domain-error.js';
import type { FileBody } from './file-store.js';

/**
 * The pieces of a body, as long as they are not more than `maxBytes` together.
 * @throws DomainError `payload-too-large` instead of the piece that is too much
 */
export async function* limitedBody(body: FileBody, maxBytes: number): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of body instanceof Uint8Array ? [body] : body) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxBytes)
      throw new DomainError('payload-too-large', { detail: `A file here has at most ${maxBytes} bytes.` });
    yield chunk;
  }
}
