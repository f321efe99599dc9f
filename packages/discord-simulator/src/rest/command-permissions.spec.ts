import { type Client, Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { formFaults } from '../../testing/form-faults.js';
import { demoApplication } from '../index.js';
import { ALL_PERMISSIONS } from '../state/permissions.js';

const SCOPE = 'applications.commands.permissions.update';
const enum Type {
  Role = 1,
  User = 2,
  Channel = 3,
}

describe('permissions of commands', () => {
  let bench: Bench;
  let client: Client<true>;
  let personId: string;
  let commandId: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: ALL_PERMISSIONS });
    client = await bench.login();
    personId = bench.person('person');
    commandId = (await client.application.commands.create({ name: 'ping', description: 'Ping' })).id;
  });
  afterEach(() => bench.close());

  const base = () => `/applications/${demoApplication.id}/guilds/${bench.guildId}/commands`;
  const tokenOf = (userId: string, scopes: string[] = [SCOPE]) => bench.control.authorize(userId, scopes).accessToken;
  const put = (id: string, permissions: object[], userId = bench.ownerId, scopes?: string[]) =>
    bench.rest(
      'PUT',
      `${base()}/${id}/permissions`,
      { permissions },
      { authorization: `Bearer ${tokenOf(userId, scopes)}` },
    );
  const has = (userId = personId, channelId = bench.channelId) =>
    bench.control.commandsFor(userId, channelId).length > 0;

  it('are set by who manages the guild, and told to the bot and the audit log', async () => {
    const told = new Promise((resolve) => client.once(Events.ApplicationCommandPermissionsUpdate, resolve));
    const permissions = [{ id: personId, type: Type.User, permission: false }];
    const expected = { id: commandId, application_id: demoApplication.id, guild_id: bench.guildId, permissions };
    expect(await bench.json(put(commandId, permissions))).toEqual(expected);
    expect(await told).toMatchObject({ id: commandId, guildId: bench.guildId, permissions });
    expect(await bench.json(bench.rest('GET', `${base()}/${commandId}/permissions`))).toEqual(expected);
    expect(await bench.json(bench.rest('GET', `${base()}/permissions`))).toEqual([expected]);
    expect(bench.control.guilds()[0]?.auditLog.at(-1)).toMatchObject({
      actionType: 121,
      targetId: commandId,
      userId: bench.ownerId,
      changes: [{ key: personId, new_value: permissions[0] }],
    });
  });

  it('hide a command from a person, whatever their roles allow', async () => {
    const role = bench.control.createRole(bench.guildId, { name: 'Crew' });
    bench.control.setMemberRoles(bench.guildId, personId, [role.id]);
    await put(commandId, [{ id: bench.guildId, type: Type.Role, permission: false }]);
    expect(has()).toBe(false);
    await put(commandId, [
      { id: bench.guildId, type: Type.Role, permission: false },
      { id: role.id, type: Type.Role, permission: true },
    ]);
    expect(has()).toBe(true);
    await put(commandId, [
      { id: role.id, type: Type.Role, permission: true },
      { id: personId, type: Type.User, permission: false },
    ]);
    expect(has()).toBe(false);
    expect(has(bench.ownerId)).toBe(true);
  });

  it('hide a command in a channel, or in all of them', async () => {
    const other = bench.control.createChannel(bench.guildId, { name: 'other' });
    await put(commandId, [{ id: bench.channelId, type: Type.Channel, permission: false }]);
    expect([has(), has(personId, other.id)]).toEqual([false, true]);
    const all = (BigInt(bench.guildId) - 1n).toString();
    await put(commandId, [
      { id: all, type: Type.Channel, permission: false },
      { id: bench.channelId, type: Type.Channel, permission: true },
    ]);
    expect([has(), has(personId, other.id)]).toEqual([true, false]);
  });

  it('go before those the command asks for, and those of the application do not', async () => {
    await client.application.commands.edit(commandId, { defaultMemberPermissions: '0' });
    expect(has()).toBe(false);
    await put(demoApplication.id, [{ id: personId, type: Type.User, permission: true }]);
    expect(has()).toBe(false);
    await put(commandId, [{ id: personId, type: Type.User, permission: true }]);
    expect(has()).toBe(true);
  });

  it('survive in the saved state', async () => {
    await put(commandId, [{ id: personId, type: Type.User, permission: false }]);
    const saved = bench.control.saveState();
    await put(commandId, []);
    expect(has()).toBe(true);
    bench.control.loadState(saved);
    expect(has()).toBe(false);
  });

  it('are refused to bots, to who lacks the scope, and to who does not manage the guild', async () => {
    const path = `${base()}/${commandId}/permissions`;
    expect(await bench.refusal(bench.rest('PUT', path, { permissions: [] }))).toEqual([403, 20_001]);
    expect(await bench.refusal(put(commandId, [], bench.ownerId, ['identify']))).toEqual([403, 50_026]);
    expect(await bench.refusal(put(commandId, [], personId))).toEqual([403, 50_013]);
    expect(await bench.refusal(put('1', []))).toEqual([404, 10_063]);
    expect(await bench.refusal(bench.rest('GET', path))).toEqual([404, 10_066]);
    const hundredAndOne = Array.from({ length: 101 }, (_, it) => ({
      id: `${it + 1}`,
      type: Type.User,
      permission: true,
    }));
    expect(await formFaults(put(commandId, hundredAndOne))).toEqual(['permissions BASE_TYPE_MAX_LENGTH']);
    expect(bench.control.guilds()[0]?.commandPermissions).toEqual([]);
  });
});
