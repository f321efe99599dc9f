import { describe, expect, it } from 'vitest';
import { imageSizeOf } from './image-size.js';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

describe('the size of an image', () => {
  it.each([
    ['PNG', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', [0, 0, 3, 0], [0, 0, 2, 0]), { width: 768, height: 512 }],
    ['GIF', bytes('GIF89a', [0x40, 1, 0xf0, 0]), { width: 320, height: 240 }],
    [
      'JPEG',
      bytes('\xff\xd8\xff\xe0', [0, 4, 0, 0], '\xff\xc4', [0, 3, 0], '\xff\xc2', [0, 11, 8, 0, 200, 1, 0x2c, 0]),
      { width: 300, height: 200 },
    ],
    [
      'extended WebP',
      bytes('RIFF\0\0\0\0WEBPVP8X', Array<number>(8).fill(0), [9, 0, 0, 4, 0, 0]),
      { width: 10, height: 5 },
    ],
    ['lossless WebP', bytes('RIFF\0\0\0\0WEBPVP8L', [0, 0, 0, 0, 0x2f, 9, 0, 1, 0]), { width: 10, height: 5 }],
    ['lossy WebP', bytes('RIFF\0\0\0\0WEBPVP8 ', Array<number>(10).fill(0), [10, 0, 5, 0]), { width: 10, height: 5 }],
  ])('is read from the header of a %s', (_format, image, size) => {
    expect(imageSizeOf(image)).toEqual(size);
  });

  it('is unknown for anything else, and for what is cut short', () => {
    expect(imageSizeOf(Buffer.from('hello'))).toBeUndefined();
    expect(imageSizeOf(Buffer.alloc(0))).toBeUndefined();
    expect(imageSizeOf(bytes('\x89PNG\r\n\x1a\n\0\0'))).toBeUndefined();
    expect(imageSizeOf(bytes('\xff\xd8\xff\xe0', [0xff, 0xff]))).toBeUndefined();
  });
});
