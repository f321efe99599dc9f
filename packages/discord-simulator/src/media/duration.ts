/** How an MP3 frame begins says how long it lasts. @see http://www.mp3-tech.org/programmer/frame_header.html */
const KILOBITS = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const SAMPLES_PER_SECOND = [44_100, 48_000, 32_000] as const;
/** Opus in Ogg counts in this rate whatever it was recorded in. @see https://www.rfc-editor.org/rfc/rfc7845#section-4 */
const OPUS_SAMPLES_PER_SECOND = 48_000;

/** Length of an MP3 or Ogg file in seconds; null for one that does not say. */
export function durationOf(content: Buffer): number | null {
  return content.toString('latin1', 0, 4) === 'OggS' ? oggDuration(content) : mp3Duration(content);
}

function mp3Duration(content: Buffer): number | null {
  let seconds = 0;
  for (let offset = afterTag(content); offset + 4 <= content.length;) {
    const frame = mp3Frame(content, offset);
    if (!frame) break;
    seconds += frame.seconds;
    offset += frame.byteCount;
  }
  return seconds > 0 ? seconds : null;
}

/** An ID3v2 tag tells its own length, in four bytes of seven bits. */
function afterTag(content: Buffer): number {
  if (content.toString('latin1', 0, 3) !== 'ID3') return 0;
  return [...content.subarray(6, 10)].reduce((sum, byte) => (sum << 7) | (byte & 0x7f), 0) + 10;
}

function mp3Frame(content: Buffer, offset: number): { seconds: number; byteCount: number } | null {
  const [sync = 0, version = 0, rates = 0] = content.subarray(offset, offset + 3);
  // Eleven bits in a row, and layer III.
  if (sync !== 0xff || (version & 0xe6) !== 0xe2) return null;
  const generation = (version >> 3) & 3;
  const isFirst = generation === 3;
  const kilobits = KILOBITS[isFirst ? 1 : 2][rates >> 4];
  const base = SAMPLES_PER_SECOND[(rates >> 2) & 3];
  if (!kilobits || !base) return null;
  const rate = base / (isFirst ? 1 : generation === 2 ? 2 : 4);
  const samples = isFirst ? 1_152 : 576;
  const padding = (rates >> 1) & 1;
  return { seconds: samples / rate, byteCount: Math.floor((samples * kilobits * 125) / rate) + padding };
}

/** The last page of an Ogg stream says how many samples come before its end. @see https://www.rfc-editor.org/rfc/rfc3533#section-6 */
function oggDuration(content: Buffer): number | null {
  const last = content.lastIndexOf('OggS');
  if (last + 14 > content.length) return null;
  const samples = Number(content.readBigInt64LE(last + 6));
  const vorbis = content.indexOf('\x01vorbis', 0, 'latin1');
  const rate = vorbis < 0 ? OPUS_SAMPLES_PER_SECOND : content.readUInt32LE(vorbis + 12);
  return samples > 0 && rate > 0 ? samples / rate : null;
}
