import { plainPng } from '../src/media/png.js';

/** An upload: a file, and the data URI that stands for it. */
class Sample {
  constructor(
    readonly mediaType: string,
    readonly content: Buffer,
  ) {}

  get dataUri(): string {
    return `data:${this.mediaType};base64,${this.content.toString('base64')}`;
  }

  /** The same file with zeros behind it, up to a size. */
  ofSize(byteCount: number): Sample {
    return new Sample(this.mediaType, Buffer.concat([this.content, Buffer.alloc(byteCount - this.content.length)]));
  }
}

export const png = new Sample('image/png', plainPng({ width: 16, height: 16 }, 0x58_65_f2));
/** One pixel beyond what a sticker may measure. */
export const widePng = new Sample('image/png', plainPng({ width: 321, height: 16 }, 0x58_65_f2));
/** One that moves, of 16 by 16 pixels. */
export const gif = new Sample('image/gif', Buffer.from('GIF89a\x10\0\x10\0 NETSCAPE2.0', 'latin1'));

/** Silence of this many frames, each of 1,152 samples, of which there are 44,100 in a second. */
export function mp3(frameCount: number): Sample {
  const frame = Buffer.alloc(417);
  Buffer.from([0xff, 0xfb, 0x90, 0x00]).copy(frame);
  return new Sample('audio/mpeg', Buffer.concat(Array.from({ length: frameCount }, () => frame)));
}

/** Ogg with Opus, of this many samples of which there are 48,000 in a second. */
export function ogg(sampleCount: number): Sample {
  const page = Buffer.alloc(27);
  page.write('OggS', 'latin1');
  page.writeBigInt64LE(BigInt(sampleCount), 6);
  return new Sample('audio/ogg', page);
}
