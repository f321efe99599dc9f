import type { FastifyInstance, FastifyReply } from 'fastify';
import { escapeHtml } from './html.js';
import type { World } from './state/world.js';

const COLORS = ['#5865f2', '#3ba55c', '#c27c0e', '#d0455b', '#8e5bd0', '#2a8fa8', '#b8577f', '#5d7a3a'] as const;

/** Avatars and icons: initials on a colour, whatever format the path names. @see https://docs.discord.com/developers/reference#image-formatting */
export function serveImages(app: FastifyInstance, world: World): void {
  app.get('/avatars/:userId/:file', (request, reply) => {
    const user = world.users.get((request.params as { userId: string }).userId);
    return sendImage(reply, user?.globalName ?? user?.username ?? '?', user?.id ?? '0');
  });

  app.get('/icons/:guildId/:file', (request, reply) => {
    const guild = world.guilds.get((request.params as { guildId: string }).guildId);
    return sendImage(reply, guild?.name ?? '?', guild?.id ?? '0');
  });

  app.get('/embed/avatars/:file', (request, reply) => sendImage(reply, '☺', (request.params as { file: string }).file));
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
