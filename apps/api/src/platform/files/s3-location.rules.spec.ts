import { describe, expect, it } from 'vitest';
import { isS3Url, readS3Url } from './s3-location.rules.js';

describe('readS3Url', () => {
  it('reads everything that an address says', () => {
    expect(readS3Url('https://key:se%2Fcr%3Aet@host:9000/bucket?region=eu-west-3&pathStyle=false')).toEqual({
      endpoint: 'https://host:9000',
      bucket: 'bucket',
      region: 'eu-west-3',
      isPathStyle: false,
      accessKeyId: 'key',
      secretAccessKey: 'se/cr:et',
    });
  });

  it('takes path style and a region that every server knows when nothing is said', () => {
    expect(readS3Url('http://key:secret@localhost:9000/bucket/')).toMatchObject({
      endpoint: 'http://localhost:9000',
      region: 'us-east-1',
      isPathStyle: true,
    });
  });

  it.each([
    'bucket',
    'ftp://key:secret@host/bucket',
    'https://host/bucket',
    'https://key@host/bucket',
    'https://key:secret@host/',
    'https://key:secret@host/bucket/folder',
    'https://key:secret@host/UPPER',
    'https://key:100%@host/bucket',
  ])('does not understand %s', (url) => {
    expect(isS3Url(url)).toBe(false);
  });
});
