import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { formFaults } from '../../testing/form-faults.js';
import { ALL_PERMISSIONS } from '../state/permissions.js';

describe('what Discord refuses of webhooks', () => {
  let bench: Bench;
  let path: string;
  let ownId: string;
  beforeAll(async () => {
    bench = await Bench.start({ botPermissions: ALL_PERMISSIONS });
    const webhook = await bench.json<{ id: string; token: string }>(
      bench.rest('POST', `/channels/${bench.channelId}/webhooks`, { name: 'News' }),
    );
    ownId = webhook.id;
    path = `/webhooks/${webhook.id}/${webhook.token}`;
  });
  afterAll(() => bench.close());

  const state = () => JSON.stringify([bench.control.snapshot(bench.guildId), bench.control.guilds()[0]?.webhooks]);

  it.each<[what: string, body: object, fault: string]>([
    ['no name', {}, 'name BASE_TYPE_REQUIRED'],
    ['an empty name', { name: '' }, 'name BASE_TYPE_BAD_LENGTH'],
    ['81 characters', { name: 'x'.repeat(81) }, 'name BASE_TYPE_BAD_LENGTH'],
    ['Clyde', { name: 'Our Clyde' }, 'name USERNAME_INVALID_CONTAINS'],
    ['Discord', { name: 'DISCORD news' }, 'name USERNAME_INVALID_CONTAINS'],
    ['everyone', { name: 'everyone' }, 'name USERNAME_INVALID'],
    ['no image', { name: 'x', avatar: 'data:image/png;base64,AAAA' }, 'avatar IMAGE_INVALID'],
  ])('as a name or avatar: %s', async (_what, body, fault) => {
    const before = state();
    expect(await formFaults(bench.rest('POST', `/channels/${bench.channelId}/webhooks`, body))).toEqual([fault]);
    expect(state()).toBe(before);
  });

  it.each<[what: string, body: object, fault: string]>([
    ['2,001 characters', { content: 'x'.repeat(2_001) }, 'content BASE_TYPE_MAX_LENGTH'],
    ['11 embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, 'embeds BASE_TYPE_MAX_LENGTH'],
    ['a username of 81 characters', { content: 'x', username: 'x'.repeat(81) }, 'username BASE_TYPE_BAD_LENGTH'],
    ['a forbidden username', { content: 'x', username: 'discordant' }, 'username USERNAME_INVALID_CONTAINS'],
    ['a title of 101 characters', { content: 'x', thread_name: 'x'.repeat(101) }, 'thread_name BASE_TYPE_BAD_LENGTH'],
  ])('as a message: %s', async (_what, body, fault) => {
    const before = state();
    expect(await formFaults(bench.rest('POST', path, body))).toEqual([fault]);
    expect(state()).toBe(before);
  });

  it.each<[what: string, request: () => Promise<Response>, refusal: [number, number]]>([
    ['an empty message', () => bench.rest('POST', path, {}), [400, 50_006]],
    ['a thread that is none', () => bench.rest('POST', `${path}?thread_id=1`, { content: 'x' }), [404, 10_003]],
    ['an unknown webhook', () => bench.rest('GET', '/webhooks/1'), [404, 10_015]],
    ['an unknown webhook with a token', () => bench.rest('POST', '/webhooks/1/x', { content: 'x' }), [404, 10_015]],
    ['a wrong token', () => bench.rest('POST', `/webhooks/${ownId}/x`, { content: 'x' }), [401, 50_027]],
    [
      'a message of somebody else',
      () => bench.rest('PATCH', `${path}/messages/${bench.say('mine')}`, { content: 'x' }),
      [404, 10_008],
    ],
    [
      'a category',
      () => {
        const { id } = bench.control.createChannel(bench.guildId, { name: 'category', type: 4 });
        return bench.rest('POST', `/channels/${id}/webhooks`, { name: 'x' });
      },
      [400, 50_024],
    ],
  ])('%s', async (_what, request, refusal) => {
    expect(await bench.refusal(request())).toEqual(refusal);
  });

  it('more than 15 in a channel, also by moving there', async () => {
    const { id: channelId } = bench.control.createChannel(bench.guildId, { name: 'full' });
    for (let count = 0; count < 15; count += 1) bench.control.createWebhook(bench.ownerId, channelId, `${count}`);
    const before = state();
    expect(await bench.refusal(bench.rest('POST', `/channels/${channelId}/webhooks`, { name: 'x' }))).toEqual([
      400, 30_007,
    ]);
    expect(await bench.refusal(bench.rest('PATCH', `/webhooks/${ownId}`, { channel_id: channelId }))).toEqual([
      400, 30_007,
    ]);
    expect(state()).toBe(before);
  });
});
