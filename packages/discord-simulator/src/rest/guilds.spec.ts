import { GuildSystemChannelFlags, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { gif, png } from '../../testing/images.js';

describe('a guild over REST', () => {
  let bench: Bench;
  let path: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: BOT_PERMISSIONS | Permission.ManageGuild | Permission.ViewAuditLog });
    path = `/guilds/${bench.guildId}`;
  });
  afterEach(() => bench.close());

  const patch = (body: object) => bench.json(bench.rest('PATCH', path, body));
  const lastEntry = () => bench.control.guilds()[0]!.auditLog.at(-1)!;

  it('changes what is given, tells everybody and logs the changes', async () => {
    const client = await bench.login();
    const told = new Promise<string>((resolve) =>
      client.once(Events.GuildUpdate, (_old, guild) => resolve(guild.name)),
    );
    const afk = bench.control.createChannel(bench.guildId, { name: 'Away', type: 2 });
    const body = { name: '  Renamed ', afk_channel_id: afk.id, afk_timeout: 900, verification_level: 3 };
    const guild = await bench.json(bench.rest('PATCH', path, body, { 'x-audit-log-reason': 'New%20name' }));
    expect(guild).toMatchObject({ name: 'Renamed', afk_channel_id: afk.id, afk_timeout: 900, verification_level: 3 });
    expect(await told).toBe('Renamed');
    expect(lastEntry()).toMatchObject({
      actionType: 1,
      targetId: bench.guildId,
      reason: 'New name',
      changes: [
        { key: 'name', old_value: 'Bench', new_value: 'Renamed' },
        { key: 'afk_channel_id', new_value: afk.id },
        { key: 'afk_timeout', old_value: 300, new_value: 900 },
        { key: 'verification_level', old_value: 1, new_value: 3 },
      ],
    });
    expect(await patch({ afk_channel_id: null, verification_level: null })).toMatchObject({
      afk_channel_id: null,
      verification_level: 0,
      name: 'Renamed',
    });
  });

  it('keeps an icon that the CDN serves, still unless the guild may have moving ones', async () => {
    const guild = await patch({ icon: png.dataUri });
    const served = await fetch(`${bench.simulator.url}/icons/${bench.guildId}/${String(guild['icon'])}.png`);
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await served.arrayBuffer())).toEqual(png.content);
    expect((await patch({ icon: gif.dataUri }))['icon']).toMatch(/^[\da-f]{32}$/);
    bench.control.updateGuild(bench.guildId, { settings: { features: ['COMMUNITY', 'ANIMATED_ICON'] } });
    expect((await patch({ icon: gif.dataUri }))['icon']).toMatch(/^a_[\da-f]{32}$/);
    expect(await patch({ icon: null })).toMatchObject({ icon: null });
  });

  it('previews guilds it is in, and others only when they are listed', async () => {
    const preview = await bench.json(bench.rest('GET', `${path}/preview`));
    expect(preview).toMatchObject({ id: bench.guildId, approximate_member_count: 2, emojis: [] });
    const other = bench.control.createGuild({ name: 'Other', ownerId: bench.ownerId, withBot: false });
    const ask = () => bench.rest('GET', `/guilds/${other.id}/preview`);
    expect(await bench.refusal(ask())).toEqual([404, 10_004]);
    bench.control.updateGuild(other.id, { settings: { features: ['DISCOVERABLE'] } });
    expect(await bench.json(ask())).toMatchObject({ name: 'Other', features: ['DISCOVERABLE'] });
  });

  it.each<[what: string, body: object, code: number]>([
    ['a name of one character', { name: 'x' }, 50_035],
    ['a name of 101 characters', { name: 'x'.repeat(101) }, 50_035],
    ['a description of 301 characters', { description: 'x'.repeat(301) }, 50_035],
    ['a verification level that does not exist', { verification_level: 5 }, 50_035],
    ['a content filter that does not exist', { explicit_content_filter: 3 }, 50_035],
    ['an AFK timeout of its own', { afk_timeout: 301 }, 50_035],
    ['a locale that does not exist', { preferred_locale: 'xx' }, 50_035],
    ['flags that do not exist', { system_channel_flags: 64 }, 50_035],
    ['an icon that is no image', { icon: `data:image/png;base64,${btoa('no image')}` }, 50_035],
    ['an icon beyond 10 MiB', { icon: png.ofSize(10_240 * 1_024 + 1).dataUri }, 50_035],
    ['a channel of another guild', { system_channel_id: '1' }, 10_003],
    ['invites switched off without being a community', { features: ['INVITES_DISABLED'] }, 40_006],
  ])('refuses %s and changes nothing', async (_what, body, code) => {
    bench.control.updateGuild(bench.guildId, { settings: { features: [] } });
    const before = bench.control.snapshot(bench.guildId);
    expect((await bench.refusal(bench.rest('PATCH', path, body)))[1]).toBe(code);
    expect(bench.control.snapshot(bench.guildId)).toEqual(before);
  });

  it('wants channels of the right kind', async () => {
    const voice = bench.control.createChannel(bench.guildId, { name: 'Talk', type: 2 });
    const refusal = (body: object) => bench.refusal(bench.rest('PATCH', path, body));
    expect(await refusal({ afk_channel_id: bench.channelId })).toEqual([400, 50_024]);
    expect(await refusal({ system_channel_id: voice.id })).toEqual([400, 50_024]);
    expect(await refusal({ rules_channel_id: voice.id })).toEqual([400, 50_086]);
  });

  it('lets administrators alone make and unmake a community, with its two channels', async () => {
    const features = { features: [] };
    expect(await bench.refusal(bench.rest('PATCH', path, features))).toEqual([403, 50_013]);
    const botRole = [...bench.control.guilds()[0]!.roles.values()].find((role) => role.botId !== null)!;
    bench.control.updateRole(bench.guildId, botRole.id, { permissions: String(Permission.Administrator) });
    expect(await patch(features)).toMatchObject({ features: [] });
    const community = { features: ['COMMUNITY'] };
    expect(await bench.refusal(bench.rest('PATCH', path, community))).toEqual([403, 40_006]);
    const channels = { rules_channel_id: bench.channelId, public_updates_channel_id: bench.channelId };
    expect(await patch({ ...community, ...channels })).toMatchObject({ features: ['COMMUNITY'], ...channels });
    expect(await patch({ features: ['COMMUNITY', 'INVITES_DISABLED', 'PARTNERED'] })).toMatchObject({
      features: ['COMMUNITY', 'INVITES_DISABLED'],
    });
  });

  it('needs Manage Guild', async () => {
    const weak = await Bench.start();
    expect(await weak.refusal(weak.rest('PATCH', `/guilds/${weak.guildId}`, { name: 'Mine' }))).toEqual([403, 50_013]);
    await weak.close();
  });

  it('greets who joins in the system channel, unless it is told not to', async () => {
    const greetings = () => bench.control.listSentMessages({ channelId: bench.channelId }).map((it) => it.authorId);
    bench.person('early');
    await patch({ system_channel_id: bench.channelId });
    const newcomer = bench.person('newcomer');
    await patch({ system_channel_flags: GuildSystemChannelFlags.SuppressJoinNotifications });
    bench.person('quiet');
    expect(greetings()).toEqual([newcomer]);
    const [message] = await bench.json<{ type: number }[]>(bench.rest('GET', `/channels/${bench.channelId}/messages`));
    expect(message).toMatchObject({ type: 7, content: '', author: { id: newcomer } });
  });

  it('forgets channels that are deleted', async () => {
    await patch({ system_channel_id: bench.channelId, rules_channel_id: bench.channelId });
    bench.control.deleteChannel(bench.channelId);
    const guild = await bench.json(bench.rest('GET', path));
    expect(guild).toMatchObject({ system_channel_id: null, rules_channel_id: null });
  });
});
