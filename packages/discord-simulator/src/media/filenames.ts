const MAX_NAME_LENGTH = 200;

/**
 * Spaces become underscores and everything but ASCII letters, digits, dots, dashes and underscores goes, so that no name leads out of
 * its folder. References to `attachment://` are changed in the same way.
 * @see https://github.com/discord/discord-api-docs/issues/7754
 */
export function safeFilename(name: string): string {
  const ascii = name.normalize('NFKD').replaceAll(/[/\\]/g, ' ').trim().replaceAll(/\s+/g, '_');
  const safe = ascii.replaceAll(/[^A-Za-z0-9_.-]/g, '').replaceAll(/^[._-]+|[._]+$/g, '');
  if (safe === '') return 'unknown';
  const dot = safe.lastIndexOf('.');
  // Nothing but an extension is left of a name in another script.
  if (dot === -1 && name.endsWith(`.${safe}`)) return `unknown.${safe}`;
  const extension = dot === -1 ? '' : safe.slice(dot).slice(0, 20);
  return safe.slice(0, dot === -1 ? undefined : dot).slice(0, MAX_NAME_LENGTH - extension.length) + extension;
}

/** Where the CDN serves it. */
export function attachmentPath(channelId: string, { id, filename }: { id: string; filename: string }): string {
  return `attachments/${channelId}/${id}/${filename}`;
}
