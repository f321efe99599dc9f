import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Bits per channel, RGB, and the only compression, filter and interlacing there are. */
const TRUE_COLOR = Buffer.from([8, 2, 0, 0, 0]);

/**
 * A picture of one colour, as a PNG.
 * @param color `0xrrggbb`
 * @see https://www.w3.org/TR/png-3/
 */
export function plainPng({ width, height }: Size, color: number): Buffer {
  const pixel = Buffer.from([color >> 16, (color >> 8) & 0xff, color & 0xff]);
  // Each line begins with its filter: none.
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, pixel)]);
  return png({ width, height }, Buffer.alloc(line.length * height, line));
}

/** A picture whose pixels are painted one by one, as a PNG. @param colorAt `0xrrggbb` of a pixel, from the upper left */
export function paintedPng({ width, height }: Size, colorAt: (x: number, y: number) => number): Buffer {
  const lineLength = 1 + width * 3;
  const lines = Buffer.alloc(lineLength * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) lines.writeUIntBE(colorAt(x, y), y * lineLength + 1 + x * 3, 3);
  return png({ width, height }, lines);
}

interface Size {
  width: number;
  height: number;
}

/** @param lines the pixels, each line of them after the number of its filter */
function png({ width, height }: Size, lines: Buffer): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const chunks = [chunk('IHDR', Buffer.concat([size, TRUE_COLOR])), chunk('IDAT', deflateSync(lines)), chunk('IEND')];
  return Buffer.concat([SIGNATURE, ...chunks]);
}

function chunk(type: string, content = Buffer.alloc(0)): Buffer {
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}
