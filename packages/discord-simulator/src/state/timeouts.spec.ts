import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { guildPermissions } from './permissions.js';

const startAt = new Date('2026-03-01T12:00:00Z');

describe('a timeout', () => {
  let bench: Bench;
  let personId: string;
  beforeEach(async () => {
    bench = await Bench.start({ startAt });
    personId = bench.person('person');
  });
  afterEach(() => bench.close());

  const canSpeak = () => {
    const guild = bench.control.guilds()[0]!;
    return (guildPermissions(guild, personId) & Permission.SendMessages) !== 0n;
  };

  it('ends by the clock, without a word of Discord', async () => {
    const client = await bench.login();
    const heard: (string | null)[] = [];
    client.ws.on('GUILD_MEMBER_UPDATE' as never, ({ nick }: { nick: string | null }) => heard.push(nick));
    const until = new Date(startAt.getTime() + 60_000);
    bench.control.timeOut(bench.guildId, personId, until);
    expect(canSpeak()).toBe(false);
    bench.control.advance(59_999);
    expect(canSpeak()).toBe(false);
    bench.control.advance(1);
    expect(canSpeak()).toBe(true);
    bench.control.setNickname(bench.guildId, personId, 'after');
    // Between the timeout and the new name nothing was said.
    await expect.poll(() => heard).toEqual([null, 'after']);
    expect(await bench.json(bench.rest('GET', `/guilds/${bench.guildId}/members/${personId}`))).toMatchObject({
      communication_disabled_until: until.toISOString(),
    });
  });

  it('leaves seeing and reading, and spares the owner', () => {
    bench.control.timeOut(bench.guildId, personId, new Date(startAt.getTime() + 60_000));
    const guild = bench.control.guilds()[0]!;
    expect(guildPermissions(guild, personId)).toBe(Permission.ViewChannel | Permission.ReadMessageHistory);
    const before = guildPermissions(guild, bench.ownerId);
    bench.control.timeOut(bench.guildId, bench.ownerId, new Date(startAt.getTime() + 60_000));
    expect(guildPermissions(guild, bench.ownerId)).toBe(before);
  });
});
