import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench, BOT_PERMISSIONS } from '../../testing/bench.js';
import { png } from '../../testing/images.js';

describe('the roles of a guild', () => {
  let bench: Bench;
  let path: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: BOT_PERMISSIONS });
    path = `/guilds/${bench.guildId}/roles`;
  });
  afterEach(() => bench.close());

  const create = (body: object) => bench.rest('POST', path, body);
  const roles = () => bench.control.guilds()[0]!.roles;

  it('are 250 at most', async () => {
    while (roles().size < 250) bench.control.createRole(bench.guildId, { name: 'Role', position: 1 });
    expect(await bench.refusal(create({ name: 'One more' }))).toEqual([400, 30_005]);
    expect(roles().size).toBe(250);
  });

  it.each<[what: string, body: object, refusal: [number, number]]>([
    ['a name of 101 characters', { name: 'x'.repeat(101) }, [400, 50_035]],
    ['a colour beyond white', { color: 0x1_00_00_00 }, [400, 50_035]],
    ['permissions that the bot does not hold', { permissions: String(Permission.BanMembers) }, [403, 50_013]],
    ['an icon in a guild without boosts', { icon: png.dataUri }, [403, 50_101]],
    ['an emoji as icon in a guild without boosts', { unicode_emoji: '🦆' }, [403, 50_101]],
  ])('are not made with %s', async (_what, body, refusal) => {
    const before = roles().size;
    expect(await bench.refusal(create(body))).toEqual(refusal);
    expect(roles().size).toBe(before);
  });

  it('have icons where the guild may have them', async () => {
    bench.control.updateGuild(bench.guildId, { settings: { features: ['ROLE_ICONS'] } });
    const role = await bench.json<{ id: string; icon: string }>(create({ name: 'Duck', icon: png.dataUri }));
    const served = await fetch(`${bench.simulator.url}/role-icons/${role.id}/${role.icon}.png`);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(png.content);
    const changed = bench.rest('PATCH', `${path}/${role.id}`, { icon: null, unicode_emoji: '🦆' });
    expect(await bench.json(changed)).toMatchObject({ icon: null, unicode_emoji: '🦆' });
    expect(bench.control.guilds()[0]!.auditLog.at(-1)?.changes).toEqual([
      { key: 'unicode_emoji', new_value: '🦆' },
      { key: 'icon_hash', old_value: role.icon },
    ]);
    const tooLarge = create({ icon: png.ofSize(256 * 1_024 + 1).dataUri });
    expect(await bench.refusal(tooLarge)).toEqual([400, 50_138]);
  });
});
