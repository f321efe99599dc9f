import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { demoApplication } from '../index.js';

describe('the search for messages', () => {
  let bench: Bench;
  let ada: string;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    bench = await Bench.start();
    ada = bench.person('ada');
    const other = bench.control.createChannel(bench.guildId, { name: 'other' }).id;
    const hidden = bench.control.createChannel(bench.guildId, {
      name: 'hidden',
      overwrites: [{ id: bench.guildId, type: 0, allow: '0', deny: Permission.ViewChannel.toString() }],
    }).id;
    const say = (name: string, text: string, where = bench.channelId, options = {}) => {
      ids[name] = bench.control.sendMessage(name.startsWith('ada') ? ada : bench.ownerId, where, text, options).id;
    };
    say('first', 'The red fox');
    say('ada', 'A red car, see https://x.y');
    say('file', '', bench.channelId, { files: [{ filename: 'fox.png', bytes: Buffer.from('x') }] });
    say('reply', `Nice, <@${ada}>`, bench.channelId, { replyToId: ids['ada'] });
    say('other', 'red again', other);
    say('hidden', 'red secret', hidden);
    bench.control.pinMessage(bench.ownerId, bench.channelId, ids['first']!);
  });
  afterAll(() => bench.close());

  interface Found {
    messages: { id: string }[][];
    total_results: number;
  }
  const search = (query: string) =>
    bench.json<Found>(bench.rest('GET', `/guilds/${bench.guildId}/messages/search?${query}`));
  const names = async (query: string) => {
    const { messages } = await search(query);
    return messages.map(([message]) => Object.entries(ids).find(([, id]) => id === message!.id)?.[0] ?? 'notice');
  };

  it.each([
    ['content=red', ['other', 'ada', 'first']],
    ['content=FOX%20red', ['first']],
    ['content=red&sort_order=asc', ['first', 'ada', 'other']],
    ['has=file', ['file']],
    ['has=image&attachment_extension=png', ['file']],
    ['has=link', ['ada']],
    ['has=-link&has=-file&content=red', ['other', 'first']],
    ['pinned=true', ['first']],
    ['author_type=bot', []],
    ['limit=2&content=red', ['other', 'ada']],
    ['limit=2&offset=2&content=red', ['first']],
  ])('finds by %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it('finds by people, channels and ids', async () => {
    expect(await names(`author_id=${ada}`)).toEqual(['ada']);
    expect(await names(`mentions=${ada}`)).toEqual(['reply']);
    expect(await names(`replied_to_user_id=${ada}`)).toEqual(['reply']);
    expect(await names(`channel_id=${bench.channelId}&content=red`)).toEqual(['ada', 'first']);
    expect(await names(`min_id=${ids['first']}&max_id=${ids['reply']}`)).toEqual(['file', 'ada']);
    expect(await names(`author_id=${ada}&author_id=${bench.ownerId}&content=red`)).toEqual(['other', 'ada', 'first']);
  });

  it('counts all, and refuses more than it may be asked', async () => {
    expect((await search('content=red&limit=1')).total_results).toBe(3);
    const refusal = (query: string) =>
      bench.refusal(bench.rest('GET', `/guilds/${bench.guildId}/messages/search?${query}`));
    expect(await refusal('limit=26')).toEqual([400, 50_035]);
    expect(await refusal('offset=9976')).toEqual([400, 50_035]);
    expect(await refusal('has=x')).toEqual([400, 50_035]);
    expect(await refusal(`content=${'x'.repeat(1_025)}`)).toEqual([400, 50_035]);
    expect(await refusal('link_hostname=x.y')).toEqual([501, 0]);
  });

  it('looks into age-restricted channels when it is told to', async () => {
    const { id: restricted } = bench.control.createChannel(bench.guildId, { name: 'restricted' });
    bench.control.updateChannel(restricted, { isNsfw: true });
    bench.control.sendMessage(ada, restricted, 'purple');
    expect((await search('content=purple')).total_results).toBe(0);
    expect((await search('content=purple&include_nsfw=true')).total_results).toBe(1);
  });

  it('is for those who may read content', async () => {
    const application = {
      ...demoApplication,
      privilegedIntents: { ...demoApplication.privilegedIntents, messageContent: false },
    };
    const blind = await Bench.start({ application });
    expect(await blind.refusal(blind.rest('GET', `/guilds/${blind.guildId}/messages/search`))).toEqual([403, 50_001]);
    await blind.close();
  });
});
