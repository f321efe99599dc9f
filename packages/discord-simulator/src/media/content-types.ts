/** Media types by extension: what Discord shows in its client, and what people send most. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/x-wav',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  txt: 'text/plain; charset=utf-8',
  log: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'application/javascript',
  json: 'application/json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  pdf: 'application/pdf',
  zip: 'application/zip',
  gz: 'application/gzip',
};

/** The media type of a file by its name, if it is known. */
export function contentTypeOf(filename: string): string | undefined {
  return CONTENT_TYPES[filename.slice(filename.lastIndexOf('.') + 1).toLowerCase()];
}

/** Whether a browser may show it in a page of this origin; anything else is for download, as it could carry scripts. */
export function isShownInline(contentType: string | undefined): boolean {
  return contentType !== undefined && /^(?:image\/(?!svg)|audio\/|video\/)/.test(contentType);
}
