import { GatewayIntentBits as Intent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';

let bench: Bench;
let path: string;
beforeEach(async () => {
  bench = await Bench.start({ botPermissions: BOT_PERMISSIONS | Permission.ManageGuild });
  path = `/guilds/${bench.guildId}`;
});
afterEach(() => bench.close());

const guild = () => bench.control.guilds()[0]!;

describe('templates', () => {
  interface Template {
    code: string;
    is_dirty: boolean | null;
    serialized_source_guild: { name: string; channels: object[] };
  }
  const templates = () => `${path}/templates`;
  const create = (body: object) => bench.rest('POST', templates(), body);

  it('keep how a guild was, and follow it when they are told to', async () => {
    const made = await bench.json<Template>(create({ name: 'Ours', description: 'As we like it' }));
    expect(made.serialized_source_guild).toMatchObject({ name: 'Bench', channels: [{ id: 1, name: 'general' }] });
    bench.control.updateGuild(bench.guildId, { name: 'Changed' });
    const read = () => bench.json<Template>(bench.rest('GET', `/guilds/templates/${made.code}`));
    expect(await read()).toMatchObject({ is_dirty: true, serialized_source_guild: { name: 'Bench' } });
    await bench.json(bench.rest('PUT', `${templates()}/${made.code}`));
    expect(await read()).toMatchObject({ is_dirty: null, serialized_source_guild: { name: 'Changed' } });
    const patch = { name: 'Renamed', description: null };
    expect(await bench.json(bench.rest('PATCH', `${templates()}/${made.code}`, patch))).toMatchObject(patch);
    expect(await bench.json(bench.rest('GET', templates()))).toHaveLength(1);
    await bench.json(bench.rest('DELETE', `${templates()}/${made.code}`));
    expect(await bench.refusal(bench.rest('GET', `/guilds/templates/${made.code}`))).toEqual([404, 10_057]);
  });

  it('can be read by discord.js', async () => {
    const client = await bench.login();
    const { code } = await bench.json<Template>(create({ name: 'Ours' }));
    expect((await client.fetchGuildTemplate(code)).name).toBe('Ours');
  });

  it.each([
    ['no name', { name: '' }],
    ['a name of 101 characters', { name: 'x'.repeat(101) }],
    ['a description of 121 characters', { name: 'x', description: 'x'.repeat(121) }],
  ])('refuse %s', async (_what, body) => {
    expect(await bench.refusal(create(body))).toEqual([400, 50_035]);
    expect(guild().templates).toEqual([]);
  });

  it('are one for each guild', async () => {
    await bench.json(create({ name: 'First' }));
    expect(await bench.refusal(create({ name: 'Second' }))).toEqual([400, 30_031]);
    expect(guild().templates).toHaveLength(1);
  });
});

describe('the welcome screen', () => {
  const patch = (body: object) => bench.rest('PATCH', `${path}/welcome-screen`, body);
  const channel = (changes: object = {}) => ({ channel_id: bench.channelId, description: 'Talk', ...changes });

  it('is unknown until it is set up, and then a feature of the guild', async () => {
    expect(await bench.refusal(bench.rest('GET', `${path}/welcome-screen`))).toEqual([404, 10_069]);
    const client = await bench.login();
    const told = new Promise<readonly string[]>((resolve) =>
      client.once(Events.GuildUpdate, (_old, updated) => resolve(updated.features)),
    );
    const screen = { description: 'Hello', welcome_channels: [channel({ emoji_id: null, emoji_name: '👋' })] };
    expect(await bench.json(patch({ enabled: true, ...screen }))).toEqual(screen);
    expect(await told).toContain('WELCOME_SCREEN_ENABLED');
    expect(await bench.json(patch({ description: null }))).toMatchObject({ description: null });
    expect(await bench.json(bench.rest('GET', `${path}/welcome-screen`))).toMatchObject({
      welcome_channels: screen.welcome_channels,
    });
  });

  it.each<[what: string, body: () => object, code: number]>([
    ['a description of 141 characters', () => ({ description: 'x'.repeat(141) }), 50_035],
    ['six channels', () => ({ welcome_channels: Array.from({ length: 6 }, () => channel()) }), 50_035],
    ['51 characters about a channel', () => ({ welcome_channels: [channel({ description: 'x'.repeat(51) })] }), 50_035],
    ['a channel of elsewhere', () => ({ welcome_channels: [channel({ channel_id: '1' })] }), 10_003],
  ])('refuses %s', async (_what, body, code) => {
    expect((await bench.refusal(patch({ enabled: true, ...body() })))[1]).toBe(code);
    expect(guild().welcomeScreen).toEqual({ isEnabled: false, description: null, channels: [] });
  });
});

describe('onboarding', () => {
  let channelIds: string[];
  let roleId: string;
  beforeEach(() => {
    const create = (index: number) => bench.control.createChannel(bench.guildId, { name: `channel-${index}` }).id;
    channelIds = Array.from({ length: 8 }, (_, index) => create(index));
    roleId = bench.control.createRole(bench.guildId, { name: 'Player', position: 0 }).id;
  });

  const put = (body: object) => bench.rest('PUT', `${path}/onboarding`, body);
  const option = (changes: object = {}) => ({ title: 'Games', role_ids: [roleId], ...changes });
  const prompt = (changes: object = {}) => ({ id: '0', title: 'What do you like?', options: [option()], ...changes });
  const times = <Item>(count: number, item: Item) => Array.from({ length: count }, () => item);

  interface Onboarding {
    prompts: { id: string; title: string; options: { id: string; channel_ids: string[] }[] }[];
  }

  it('keeps what new members are asked, and the ids of what stays', async () => {
    const first = await bench.json<Onboarding>(put({ prompts: [prompt()], default_channel_ids: channelIds }));
    const [asked] = first.prompts;
    expect(asked).toMatchObject({ title: 'What do you like?', options: [{ title: 'Games', role_ids: [roleId] }] });
    const known = { id: asked!.id, options: [option({ id: asked!.options[0]!.id })], title: 'And now?' };
    const second = await bench.json<Onboarding>(put({ prompts: [prompt(known), prompt()] }));
    expect(second.prompts[0]).toMatchObject({
      id: asked!.id,
      title: 'And now?',
      options: [{ id: asked!.options[0]!.id }],
    });
    expect(await bench.json(bench.rest('GET', `${path}/onboarding`))).toMatchObject({
      default_channel_ids: channelIds,
    });
    expect(
      guild()
        .auditLog.map((entry) => entry.actionType)
        .slice(-5),
    ).toEqual([163, 167, 164, 163, 167]);
  });

  it('is enabled with seven channels, in five of which everybody writes', async () => {
    const enable = (default_channel_ids: string[]) => put({ enabled: true, default_channel_ids });
    expect(await bench.refusal(enable(channelIds.slice(0, 6)))).toEqual([400, 350_000]);
    for (const id of channelIds.slice(0, 3))
      bench.control.updateChannel(id, {
        overwrites: [{ id: bench.guildId, type: 0, allow: '0', deny: String(Permission.SendMessages) }],
      });
    expect(await bench.refusal(enable(channelIds.slice(0, 7)))).toEqual([400, 350_000]);
    expect(await bench.json(enable(channelIds))).toMatchObject({ enabled: true });
    expect(await bench.refusal(put({ default_channel_ids: [] }))).toEqual([400, 350_001]);
    expect(guild().onboarding.defaultChannelIds).toEqual(channelIds);
  });

  it('counts what prompts offer in the advanced mode alone', async () => {
    const options = [option({ channel_ids: channelIds.slice(4) })];
    const body = { enabled: true, default_channel_ids: channelIds.slice(0, 4), prompts: [prompt({ options })] };
    expect(await bench.refusal(put({ ...body, mode: 0 }))).toEqual([400, 350_000]);
    expect(await bench.json(put({ ...body, mode: 1 }))).toMatchObject({ enabled: true, mode: 1 });
  });

  it.each<[what: string, body: () => object, code: number]>([
    ['16 prompts', () => ({ prompts: times(16, prompt()) }), 50_035],
    ['a prompt without options', () => ({ prompts: [prompt({ options: [] })] }), 50_035],
    ['51 options', () => ({ prompts: [prompt({ options: times(51, option()) })] }), 50_035],
    ['a question of 101 characters', () => ({ prompts: [prompt({ title: 'x'.repeat(101) })] }), 50_035],
    [
      'an answer of 51 characters',
      () => ({ prompts: [prompt({ options: [option({ title: 'x'.repeat(51) })] })] }),
      50_035,
    ],
    ['51 roles', () => ({ prompts: [prompt({ options: [option({ role_ids: times(51, roleId) })] })] }), 50_035],
    ['501 channels', () => ({ default_channel_ids: times(501, '1') }), 50_035],
    ['a channel of elsewhere', () => ({ default_channel_ids: ['1'] }), 10_003],
    ['a role of elsewhere', () => ({ prompts: [prompt({ options: [option({ role_ids: ['1'] })] })] }), 10_011],
  ])('refuses %s', async (_what, body, code) => {
    expect((await bench.refusal(put(body())))[1]).toBe(code);
    expect(guild().onboarding).toEqual({ isEnabled: false, mode: 0, defaultChannelIds: [], prompts: [] });
  });

  it('has no server guide unless Discord sets one up', async () => {
    expect((await bench.rest('GET', `${path}/new-member-welcome`)).status).toBe(204);
  });
});

describe('the widget', () => {
  const patch = (body: object) => bench.json(bench.rest('PATCH', `${path}/widget`, body));
  const visit = (end: string) => fetch(`${bench.simulator.apiUrl}/v10${path}/widget${end}`);

  it('shows itself to everybody once it is enabled', async () => {
    expect([(await visit('.json')).status, (await visit('.png')).status]).toEqual([403, 403]);
    const client = await bench.login({ intents: [Intent.Guilds] });
    const told = new Promise<boolean | null>((resolve) =>
      client.once(Events.GuildUpdate, (_old, updated) => resolve(updated.widgetEnabled)),
    );
    const settings = { enabled: true, channel_id: bench.channelId };
    expect(await patch(settings)).toEqual(settings);
    expect(await told).toBe(true);
    expect(guild().auditLog.at(-1)?.changes).toContainEqual({
      key: 'widget_enabled',
      old_value: false,
      new_value: true,
    });
    bench.control.createChannel(bench.guildId, { name: 'Talk', type: 2 });
    bench.control.setPresence(bench.ownerId, { status: 'idle', activities: [{ type: 0, name: 'Chess' }] });
    const widget = (await (await visit('.json')).json()) as { instant_invite: string };
    expect(widget).toMatchObject({
      name: 'Bench',
      channels: [{ name: 'Talk' }],
      members: [
        { id: '0', username: 'The Owner', status: 'idle', activity: { name: 'Chess' } },
        { id: '1', username: 'Guildhall', status: 'online' },
      ],
    });
    const [invite] = guild().invites.values();
    expect(widget.instant_invite).toBe(`https://discord.com/invite/${invite!.code}`);
    expect(await (await visit('.json')).json()).toEqual(widget);
  });

  it('is a picture in five sizes', async () => {
    await patch({ enabled: true });
    const picture = await visit('.png?style=banner2');
    const content = Buffer.from(await picture.arrayBuffer());
    expect([picture.headers.get('content-type'), content.readUInt32BE(16)]).toEqual(['image/png', 320]);
    expect((await visit('.png?style=poster')).status).toBe(400);
    expect((await visit('.json')).status).toBe(200);
  });

  it('does not point to channels of elsewhere', async () => {
    expect(await bench.refusal(bench.rest('PATCH', `${path}/widget`, { channel_id: '1' }))).toEqual([404, 10_003]);
    expect(guild().settings.widgetChannelId).toBeNull();
  });
});
