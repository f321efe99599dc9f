/** No upper case, because some disks do not tell it apart, and no dot at the beginning, so that nothing leads upwards. */
const SEGMENT = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const MAX_SEGMENTS = 10;
const CONTENT_TYPE = /^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.-]+)?$/;
const MAX_CONTENT_TYPE_LENGTH = 200;

/** The segments of a file's key. @throws RangeError when it is none */
export function segmentsOf(key: string): string[] {
  const segments = key.split('/');
  if (segments.length > MAX_SEGMENTS || !segments.every((segment) => SEGMENT.test(segment)))
    throw new RangeError('not a key of a file');
  return segments;
}

/** @throws RangeError when it cannot stand in a Content-Type header */
export function checkContentType(contentType: string): void {
  if (contentType.length > MAX_CONTENT_TYPE_LENGTH || !CONTENT_TYPE.test(contentType))
    throw new RangeError('not a content type');
}
