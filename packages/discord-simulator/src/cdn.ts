import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml } from './html.js';
import { contentTypeOf, isShownInline } from './media/content-types.js';
import type { FileStore } from './state/file-store.js';
import { plainPng } from './media/png.js';
import { mediaTypeOf } from './state/media-type.js';
import type { World } from './state/world.js';
import { standardStickers } from './views/sticker-packs.js';

const COLORS = ['#5865f2', '#3ba55c', '#c27c0e', '#d0455b', '#8e5bd0', '#2a8fa8', '#b8577f', '#5d7a3a'] as const;

/** Pixels and colour of the stickers everybody may use. */
const STICKER_SIZE = { width: 320, height: 320 };
const STICKER_COLOR = 0x58_65_f2;

/** What exists only where somebody uploaded it. @see https://docs.discord.com/developers/reference#image-formatting-cdn-endpoints */
const UPLOADED = [
  '/app-icons/:applicationId/:file',
  '/banners/:userId/:file',
  '/guild-events/:eventId/:file',
  '/emojis/:file',
  '/stickers/:file',
  '/soundboard-sounds/:file',
  '/role-icons/:roleId/:file',
  '/guilds/:guildId/users/:userId/avatars/:file',
  '/guilds/:guildId/users/:userId/banners/:file',
];

/** Avatars and icons: initials on a colour, whatever format the path names. @see https://docs.discord.com/developers/reference#image-formatting */
export function serveImages(app: FastifyInstance, world: World): void {
  for (const path of UPLOADED) {
    app.get(path, (request, reply) => sendFile(reply, world.files.get(storedPath(request))));
  }

  for (const { id } of standardStickers)
    app.get(`/stickers/${id}.png`, (_request, reply) => sendFile(reply, plainPng(STICKER_SIZE, STICKER_COLOR)));

  app.get('/avatars/:userId/:file', (request, reply) => {
    const file = world.files.get(storedPath(request));
    if (file) return sendFile(reply, file);
    const user = world.users.get((request.params as { userId: string }).userId);
    return sendImage(reply, user?.globalName ?? user?.username ?? '?', user?.id ?? '0');
  });

  app.get('/icons/:guildId/:file', (request, reply) => {
    const file = world.files.get(storedPath(request));
    if (file) return sendFile(reply, file);
    const guild = world.guilds.get((request.params as { guildId: string }).guildId);
    return sendImage(reply, guild?.name ?? '?', guild?.id ?? '0');
  });

  app.get('/embed/avatars/:file', (request, reply) => sendImage(reply, '☺', (request.params as { file: string }).file));
}

/** The files of messages, to anybody who knows where they are, as Discord does. @see https://docs.discord.com/developers/reference#uploading-files */
export function serveAttachments(app: FastifyInstance, files: FileStore): void {
  app.get('/attachments/:channelId/:attachmentId/:filename', (request, reply) => {
    const { channelId, attachmentId, filename } = request.params as Record<string, string>;
    const bytes = files.get(`attachments/${channelId}/${attachmentId}/${filename}`);
    if (!bytes) return reply.code(404).type('text/plain').send('This content is no longer available.');
    const contentType = contentTypeOf(filename ?? '');
    return reply
      .headers({
        'content-type': contentType ?? 'application/octet-stream',
        'content-disposition': `${isShownInline(contentType) ? 'inline' : 'attachment'}; filename="${filename}"`,
        // The CDN shares its origin with the web client: what people upload must not act in its name.
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'public, max-age=31536000',
      })
      .send(bytes);
  });
}

/** A file keeps the format it was uploaded in, whichever its path asks for. */
function storedPath(request: FastifyRequest): string {
  return (request.url.split('?')[0] ?? '').slice(1).replace(/\.\w+$/, '');
}

function sendFile(reply: FastifyReply, file: Buffer | undefined): FastifyReply {
  if (!file) return reply.code(404).send();
  return reply
    .headers({
      'content-type': mediaTypeOf(file) ?? 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000',
    })
    .send(file);
}

function sendImage(reply: FastifyReply, name: string, seed: string): FastifyReply {
  return reply
    .headers({ 'content-type': 'image/svg+xml', 'cache-control': 'max-age=3600' })
    .send(drawInitials(name, seed));
}

function drawInitials(name: string, seed: string): string {
  const initials = name
    .split(/[\s._-]+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
  const hash = [...seed].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 7);
  const color = COLORS[hash % COLORS.length];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128" width="128" height="128"><rect width="128" height="128" fill="${color}"/>
<circle cx="${24 + (hash % 80)}" cy="${96 + (hash % 24)}" r="58" fill="#fff" opacity=".12"/>
<text x="64" y="66" fill="#fff" font-family="system-ui,sans-serif" font-size="52" font-weight="600" text-anchor="middle" dominant-baseline="central">${escapeHtml(initials)}</text></svg>`;
}
