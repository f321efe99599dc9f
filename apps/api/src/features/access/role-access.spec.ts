import { type RoleAccess, roleAccessListSchema, roleAccessSchema } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { DiscordStage, type PersonName } from '../../../testing/discord-stage.js';
import { readProblem } from '../../../testing/problem-answers.js';

let stage: DiscordStage;

beforeAll(async () => {
  stage = await DiscordStage.set(inject('postgresUrl'));
  // An administrator of access below Discord's administrators.
  await stage.grant('lead', ['access.manage']);
});
afterAll(() => stage?.strike());
afterEach(() => stage.control.failRest(null));

type RoleName = keyof DiscordStage['roles'];
const LIST = '/api/GUILD/access/roles';
const at = (role: RoleName) => `${LIST}/${stage.roles[role]}`;
const mapping = (facts: object = {}) => ({ set: null, granted: [], removed: [], ...facts });
const codeOf = async (response: Promise<Response>) => (await readProblem(await response)).code;

async function list(person: PersonName): Promise<Map<string, RoleAccess>> {
  const response = await stage.as(person, 'GET', LIST);
  const { items } = roleAccessListSchema.parse(await response.json());
  return new Map(items.map((item) => [item.name, item]));
}

async function put(person: PersonName, role: RoleName, body: object, headers = {}): Promise<RoleAccess> {
  const response = await stage.as(person, 'PUT', at(role), body, headers);
  if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  return roleAccessSchema.parse(await response.json());
}

/** What the fan may do, as the next request finds it; nothing where the guild is hidden. */
async function capabilitiesOfFan(): Promise<string[]> {
  const response = await stage.as('fan', 'GET', '/api/GUILD');
  return response.status === 200 ? ((await response.json()) as { capabilities: string[] }).capabilities : [];
}

/** Lets nobody write what a role gives until it is released. */
async function holdRow(roleId: string): Promise<() => Promise<void>> {
  const client = await stage.database.pool.connect();
  await client.query('begin');
  await client.query('select 1 from role_access where role_id = $1 for update', [roleId]);
  return async () => {
    await client.query('commit');
    client.release();
  };
}

async function waitingTransactions(): Promise<number> {
  const { rows } = await stage.database.pool.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length;
}

describe('GET …/access/roles', () => {
  it('lists the roles from the highest with what each gives, and which of them one may change', async () => {
    const roles = await list('lead');
    expect([...roles.keys()].slice(0, 5)).toEqual(['chief', expect.any(String), 'administrator', 'lead', 'moderator']);
    expect(roles.get('fan')).toMatchObject({ set: 'member', isEditable: true, isAdministrator: false, version: 1 });
    expect(roles.get('moderator')).toMatchObject({ isEditable: true });
    for (const name of ['lead', 'administrator', 'chief']) expect(roles.get(name)).toMatchObject({ isEditable: false });
    expect(roles.get('administrator')).toMatchObject({ isAdministrator: true, set: null, version: 0 });
    expect(roles.get('administrator')?.effective).toContain('access.manage');
    expect([...(await list('owner')).values()].every(({ isEditable }) => isEditable)).toBe(true);
  });

  it('is for those who decide about access', async () => {
    expect(await codeOf(stage.as('moderator', 'GET', LIST))).toBe('missing-capability');
    expect(await codeOf(stage.as('newcomer', 'GET', LIST))).toBe('not-found');
    expect(await codeOf(stage.as('stranger', 'GET', LIST))).toBe('not-found');
  });
});

describe('PUT …/access/roles/:roleId', () => {
  it('counts from the next request on, and is written down', async () => {
    expect(await capabilitiesOfFan()).not.toContain('bans.read');
    const changed = await put(
      'owner',
      'fan',
      mapping({ set: 'member', granted: ['bans.read'], removed: ['roles.read'] }),
    );
    expect(changed.effective).toEqual(['guild.view', 'members.read', 'channels.read', 'bans.read']);
    expect(await capabilitiesOfFan()).toEqual(changed.effective);
    expect((await stage.audit('access.roleUpdated')).at(-1)).toMatchObject({
      actor: { discordId: stage.people.owner },
      target: { id: stage.roles.fan, name: 'fan' },
      details: {
        before: { set: 'member', granted: [], removed: [] },
        after: { set: 'member', granted: ['bans.read'], removed: ['roles.read'] },
      },
    });
    await put('owner', 'fan', mapping());
    expect(await capabilitiesOfFan()).toEqual([]);
    await put('owner', 'fan', mapping({ set: 'member' }));
  });

  it('changes nothing where nothing differs', async () => {
    const before = (await list('owner')).get('fan')!;
    const entries = (await stage.audit('access.roleUpdated')).length;
    expect(await put('owner', 'fan', mapping({ set: 'member' }))).toEqual(before);
    expect(await stage.audit('access.roleUpdated')).toHaveLength(entries);
  });

  it('lets one of two administrators win who change the same at once', async () => {
    const { version } = (await list('owner')).get('moderator')!;
    const send = (person: PersonName, granted: string) => {
      const body = mapping({ set: 'moderator', granted: [granted] });
      return stage.as(person, 'PUT', at('moderator'), body, { 'if-match': `"${version}"` });
    };
    // Both are let in and stopped right before they write.
    const release = await holdRow(stage.roles.moderator);
    const answers = Promise.all([send('owner', 'audit.read'), send('administrator', 'guild.manage')]);
    await expect.poll(waitingTransactions, { timeout: 10_000 }).toBe(2);
    await release();
    expect((await answers).map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const winner = (await answers).find(({ status }) => status === 200);
    expect(winner?.headers.get('etag')).toBe(`"${version + 1}"`);
    expect((await list('owner')).get('moderator')?.version).toBe(version + 1);
    await put('owner', 'moderator', mapping({ set: 'moderator' }));
  });

  it('is for those who decide about access', async () => {
    expect(await codeOf(stage.as('moderator', 'PUT', at('fan'), mapping()))).toBe('missing-capability');
    expect(await codeOf(stage.as('stranger', 'PUT', at('fan'), mapping()))).toBe('not-found');
  });

  it('is for roles below one’s own', async () => {
    for (const role of ['lead', 'administrator', 'chief'] as const) {
      expect(await codeOf(stage.as('lead', 'PUT', at(role), mapping()))).toBe('above-your-role');
    }
    // Discord's administrators hold everything, and stand where they stand all the same.
    expect(await codeOf(stage.as('administrator', 'PUT', at('administrator'), mapping()))).toBe('above-your-role');
    expect(
      (await stage.as('administrator', 'PUT', at('lead'), mapping({ set: 'manager', granted: ['access.manage'] })))
        .status,
    ).toBe(200);
  });

  it('gives nobody what the giver does not hold', async () => {
    await put('owner', 'lead', mapping({ set: 'manager', granted: ['access.manage'], removed: ['audit.read'] }));
    const more = mapping({ set: 'moderator', granted: ['audit.read'] });
    expect(await codeOf(stage.as('lead', 'PUT', at('moderator'), more))).toBe('missing-capability');
    // Nor by a set that holds it.
    expect(await codeOf(stage.as('lead', 'PUT', at('moderator'), mapping({ set: 'manager' })))).toBe(
      'missing-capability',
    );
    // What the owner gave stays while the rest is changed.
    await put('owner', 'moderator', more);
    await put('lead', 'moderator', mapping({ set: 'member', granted: ['audit.read'] }));
    await put('owner', 'moderator', mapping({ set: 'moderator' }));
    await put('owner', 'lead', mapping({ set: 'manager', granted: ['access.manage'] }));
  });

  it('leaves it to the owner who else decides', async () => {
    const deciding = mapping({ set: 'moderator', granted: ['access.manage'] });
    for (const person of ['lead', 'administrator'] as const) {
      expect(await codeOf(stage.as(person, 'PUT', at('moderator'), deciding))).toBe('owner-only');
    }
    await put('owner', 'moderator', deciding);
    // Neither is it taken by another, nor hidden behind a removal that is lifted later.
    expect(await codeOf(stage.as('lead', 'PUT', at('moderator'), mapping({ set: 'moderator' })))).toBe('owner-only');
    expect(await codeOf(stage.as('lead', 'PUT', at('moderator'), mapping({ removed: ['access.manage'] })))).toBe(
      'owner-only',
    );
    await put('owner', 'moderator', mapping({ set: 'moderator' }));
    // A role that has ADMINISTRATOR today may lose it tomorrow, and what stands here would count then.
    stage.control.updateRole(stage.guildId, stage.roles.fan, { permissions: '8' });
    await stage.copy();
    expect(await codeOf(stage.as('administrator', 'PUT', at('fan'), deciding))).toBe('owner-only');
    stage.control.updateRole(stage.guildId, stage.roles.fan, { permissions: '0' });
    await stage.copy();
  });

  it('goes by the roles that Discord names now', async () => {
    stage.control.setMemberRoles(stage.guildId, stage.people.lead, []);
    try {
      // Our copy has not heard of it yet.
      expect((await stage.row('lead'))?.roleIds).toEqual([stage.roles.lead]);
      expect(await codeOf(stage.as('lead', 'PUT', at('fan'), mapping()))).toBe('not-found');
    } finally {
      stage.control.setMemberRoles(stage.guildId, stage.people.lead, [stage.roles.lead]);
    }
    expect((await list('owner')).get('fan')?.set).toBe('member');
  });

  it('refuses in doubt, while Discord is away', async () => {
    stage.control.failRest({ status: 500, times: 100 });
    expect(await codeOf(stage.as('owner', 'PUT', at('fan'), mapping()))).toBe('discord-unavailable');
  });

  it('finds no role that is gone, unknown or of another guild', async () => {
    const other = stage.control.createGuild({ name: 'Other', ownerId: stage.people.owner });
    const foreign = stage.control.createRole(other.id, { name: 'foreign' });
    expect(await codeOf(stage.as('owner', 'PUT', `${LIST}/${foreign.id}`, mapping()))).toBe('not-found');
    expect(await codeOf(stage.as('owner', 'PUT', `${LIST}/1090000000000000999`, mapping()))).toBe('not-found');
    await stage.database.database
      .update(schema.roles)
      .set({ deletedAt: new Date() })
      .where(eq(schema.roles.id, stage.roles.fan));
    expect(await codeOf(stage.as('owner', 'PUT', at('fan'), mapping()))).toBe('not-found');
    expect((await list('owner')).has('fan')).toBe(false);
    await stage.database.database
      .update(schema.roles)
      .set({ deletedAt: null })
      .where(eq(schema.roles.id, stage.roles.fan));
  });

  it.each([
    mapping({ granted: ['bans.read'], removed: ['bans.read'] }),
    mapping({ granted: ['bans.everything'] }),
    mapping({ set: 'tyrant' }),
    mapping({ version: 7 }),
    { set: 'member' },
  ])('does not understand %j', async (body) => {
    expect(await codeOf(stage.as('owner', 'PUT', at('fan'), body))).toBe('validation-failed');
  });
});

describe('an API key', () => {
  async function keyOf(person: PersonName, capabilities: string[]) {
    const response = await stage.as(person, 'POST', '/api/GUILD/api-keys', { name: 'automation', capabilities });
    if (response.status !== 201) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
    const { key } = (await response.json()) as { key: string };
    return (method: string, path: string, body?: unknown) => stage.withToken(key, method, path, body);
  }

  it('does what it was given while its creator holds it', async () => {
    await put('owner', 'lead', mapping({ set: 'manager', granted: ['apiKeys.manage'] }));
    const use = await keyOf('lead', ['guild.view', 'members.read']);
    expect((await use('GET', 'GUILD/members')).status).toBe(200);
    expect(await codeOf(use('GET', 'GUILD/roles'))).toBe('missing-capability');
    await put('owner', 'lead', mapping({ set: 'manager', removed: ['members.read'] }));
    expect(await codeOf(use('GET', 'GUILD/members'))).toBe('missing-capability');
    await put('owner', 'lead', mapping());
    expect(await codeOf(use('GET', 'GUILD/members'))).toBe('not-found');
    await put('owner', 'lead', mapping({ set: 'manager', granted: ['access.manage'] }));
  });

  it('gives what it was given itself, and is not the owner who made it', async () => {
    const use = await keyOf('owner', ['guild.view', 'members.read', 'access.manage']);
    expect((await use('PUT', at('fan'), mapping({ granted: ['members.read'] }))).status).toBe(200);
    expect(await codeOf(use('PUT', at('fan'), mapping({ set: 'moderator' })))).toBe('missing-capability');
    expect(await codeOf(use('PUT', at('fan'), mapping({ granted: ['access.manage'] })))).toBe('owner-only');
    await put('owner', 'fan', mapping({ set: 'member' }));
  });
});
