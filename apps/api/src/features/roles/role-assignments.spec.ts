import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { DiscordStage, type PersonName } from '../../../testing/discord-stage.js';
import { readProblem } from '../../../testing/problem-answers.js';

let stage: DiscordStage;

beforeAll(async () => {
  stage = await DiscordStage.set(inject('postgresUrl'));
});
afterAll(() => stage?.strike());
afterEach(() => stage.control.failRest(null));

type RoleName = keyof DiscordStage['roles'];
const at = (person: PersonName, role: RoleName) => `GUILD/members/${stage.people[person]}/roles/${stage.roles[role]}`;
const codeOf = async (response: Promise<Response>) => (await readProblem(await response)).code;

describe('PUT and DELETE …/members/:userId/roles/:roleId', () => {
  it('gives a role and takes it again, on Discord and in the copy', async () => {
    expect((await stage.as('lead', 'PUT', at('newcomer', 'fan'), { reason: 'welcome' })).status).toBe(204);
    // Giving it twice changes nothing.
    expect((await stage.as('lead', 'PUT', at('newcomer', 'fan'))).status).toBe(204);
    expect(stage.member('newcomer')?.roleIds).toEqual([stage.roles.fan]);
    expect((await stage.row('newcomer'))?.roleIds).toEqual([stage.roles.fan]);
    expect((await stage.audit('member.roleAdded'))[0]).toMatchObject({
      target: { id: stage.people.newcomer, name: 'newcomer' },
      details: { reason: 'welcome', after: { roleId: stage.roles.fan, role: 'fan', by: 'capability' } },
    });
    expect((await stage.as('lead', 'DELETE', at('newcomer', 'fan'))).status).toBe(204);
    expect(stage.member('newcomer')?.roleIds).toEqual([]);
    expect((await stage.row('newcomer'))?.roleIds).toEqual([]);
    expect(await stage.audit('member.roleRemoved')).toHaveLength(1);
  });

  it('is open to the bot on behalf of a member', async () => {
    expect((await stage.asBotFor('lead', 'PUT', at('newcomer', 'moderator'))).status).toBe(204);
    expect(await codeOf(stage.asBotFor('fan', 'PUT', at('fan', 'moderator')))).toBe('missing-capability');
    expect((await stage.asBotFor('lead', 'DELETE', at('newcomer', 'moderator'))).status).toBe(204);
  });

  it('gives nobody a role at or above one’s own, neither to oneself', async () => {
    expect(await codeOf(stage.as('lead', 'PUT', at('newcomer', 'lead')))).toBe('above-your-role');
    expect(await codeOf(stage.as('lead', 'PUT', at('lead', 'administrator')))).toBe('above-your-role');
    expect(stage.member('lead')?.roleIds).toEqual([stage.roles.lead]);
  });

  it('gives no role that stands above the bot', async () => {
    expect(await codeOf(stage.as('owner', 'PUT', at('newcomer', 'chief')))).toBe('discord-missing-permission');
  });

  it('gives no role that Discord manages, and none that does not exist', async () => {
    expect(await codeOf(stage.as('owner', 'PUT', at('newcomer', 'bot')))).toBe('conflict');
    const everybody = `GUILD/members/${stage.people.newcomer}/roles/${stage.guildId}`;
    expect(await codeOf(stage.as('owner', 'PUT', everybody))).toBe('not-found');
    expect(await codeOf(stage.as('owner', 'PUT', everybody.replace(/\d+$/, '1090000000000000999')))).toBe('not-found');
  });

  it('leaves a role that may do everything to the owner', async () => {
    const { chief } = stage.roles;
    // Above the administrators and one of them.
    stage.control.updateRole(stage.guildId, chief, { permissions: '8' });
    await stage.copy();
    expect(await codeOf(stage.as('chief', 'PUT', at('newcomer', 'administrator')))).toBe('owner-only');
    expect((await stage.as('owner', 'PUT', at('newcomer', 'administrator'))).status).toBe(204);
    expect((await stage.as('owner', 'DELETE', at('newcomer', 'administrator'))).status).toBe(204);
  });

  it('counts the roles that Discord tells now', async () => {
    stage.control.setMemberRoles(stage.guildId, stage.people.lead, []);
    try {
      expect(await codeOf(stage.as('lead', 'PUT', at('newcomer', 'fan')))).toMatch(/not-found|missing-capability/);
    } finally {
      stage.control.setMemberRoles(stage.guildId, stage.people.lead, [stage.roles.lead]);
    }
  });

  it('refuses in doubt, while Discord is away', async () => {
    stage.control.failRest({ status: 500, times: 100 });
    expect(await codeOf(stage.as('lead', 'PUT', at('newcomer', 'fan')))).toBe('discord-unavailable');
    expect(stage.member('newcomer')?.roleIds).toEqual([]);
  });

  it('has nobody to give a role to where nobody is', async () => {
    const path = `GUILD/members/${stage.people.stranger}/roles/${stage.roles.fan}`;
    expect(await readProblem(await stage.as('lead', 'PUT', path))).toMatchObject({
      code: 'not-found',
      discordCode: 10007,
    });
  });
});
