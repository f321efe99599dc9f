import { describe, expect, it } from 'vitest';
import { idAt } from '../../../testing/bot-events.js';
import { limitedRouteOf } from './limited-route.rules.js';

const GUILD = '1090000000000000042';
const CHANNEL = '1090000000000000043';
const OTHER = '1090000000000000044';
const now = new Date('2026-11-20T12:00:00Z');

describe('the route that Discord counts a request under', () => {
  it.each([
    ['GET', `/guilds/${GUILD}/members/${OTHER}`, 'GET /guilds/:id/members/:id', GUILD],
    ['PUT', `/guilds/${GUILD}/bans/${OTHER}`, 'PUT /guilds/:id/bans/:id', GUILD],
    ['GET', `/guilds/${GUILD}`, 'GET /guilds/:id', GUILD],
    ['POST', `/channels/${CHANNEL}/messages`, 'POST /channels/:id/messages', CHANNEL],
    ['GET', '/users/@me', 'GET /users/@me', ''],
    ['GET', `/users/${OTHER}`, 'GET /users/:id', ''],
    [
      'PUT',
      `/channels/${CHANNEL}/messages/${OTHER}/reactions/%F0%9F%91%8D/@me`,
      'PUT /channels/:id/messages/:id/reactions/:reaction',
      CHANNEL,
    ],
  ])('%s %s', (method, path, name, majorId) => {
    expect(limitedRouteOf(method, path, now)).toEqual({ name, majorId, isGloballyLimited: true });
  });

  it.each([`/interactions/${OTHER}/aW50ZXJhY3Rpb24/callback`, `/webhooks/${OTHER}/aW50ZXJhY3Rpb24/messages/@original`])(
    'keeps answers to interactions out of the global limit: %s',
    (path) => {
      const { name, majorId, isGloballyLimited } = limitedRouteOf('POST', path, now);
      expect(isGloballyLimited).toBe(false);
      expect(name).not.toContain('aW50ZXJhY3Rpb24');
      expect(majorId).toBe(`${OTHER}/aW50ZXJhY3Rpb24`);
    },
  );

  it('counts the deletion of a message older than two weeks apart', () => {
    const routeOf = (instant: string) =>
      limitedRouteOf('DELETE', `/channels/${CHANNEL}/messages/${idAt(instant)}`, now).name;
    expect(routeOf('2026-11-06T11:59:59Z')).not.toBe(routeOf('2026-11-06T12:00:01Z'));
  });
});
