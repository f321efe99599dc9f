/** What the first bytes of a file say it is; null for anything that guilds do not take. */
export function mediaTypeOf(content: Buffer): string | null {
  const begins = (text: string, offset = 0) => content.toString('latin1', offset, offset + text.length) === text;
  if (begins('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins('\xff\xd8\xff')) return 'image/jpeg';
  if (begins('GIF87a') || begins('GIF89a')) return 'image/gif';
  if (begins('RIFF') && begins('WEBP', 8)) return 'image/webp';
  if (begins('OggS')) return 'audio/ogg';
  // MP3: with a tag in front, or right away with the eleven bits that begin a frame.
  if (begins('ID3') || (content[0] === 0xff && ((content[1] ?? 0) & 0xe0) === 0xe0)) return 'audio/mpeg';
  return begins('{') ? 'application/json' : null;
}

/** What each moving format has and no still image needs. */
const ANIMATION_MARKS: Record<string, string> = {
  'image/gif': 'NETSCAPE2.0',
  'image/png': 'acTL',
  'image/webp': 'ANIM',
};

/** Whether an image moves: a GIF that repeats, an APNG or an animated WebP. */
export function isAnimated(content: Buffer): boolean {
  const mark = ANIMATION_MARKS[mediaTypeOf(content) ?? ''];
  return mark !== undefined && content.includes(mark);
}
