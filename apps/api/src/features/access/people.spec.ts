import { randomUUID } from 'node:crypto';
import { type Capability, guildPersonPageSchema, guildPersonSchema } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { DiscordStage } from '../../../testing/discord-stage.js';
import { type SignedIn, signIn } from '../../../testing/people.js';
import { readProblem } from '../../../testing/problem-answers.js';

const LIST = '/api/GUILD/access/people';

let stage: DiscordStage;
let guest: SignedIn;

beforeAll(async () => {
  stage = await DiscordStage.set(inject('postgresUrl'));
  await stage.grant('lead', ['access.manage']);
});
afterAll(() => stage?.strike());
beforeEach(async () => (guest = await takingPart(['members.read'])));

const codeOf = async (response: Promise<Response>) => (await readProblem(await response)).code;
const at = ({ accountId }: Pick<SignedIn, 'accountId'>) => `${LIST}/${accountId}`;

/** Somebody who accepted an invitation. */
async function takingPart(capabilities: Capability[]): Promise<SignedIn> {
  const person = await signIn(stage.api.app, stage.database.database, null);
  await stage.database.database
    .insert(schema.guildPeople)
    .values({ guildId: stage.guildId, accountId: person.accountId, capabilities });
  return person;
}

describe('GET …/access/people', () => {
  it('pages through those who were invited', async () => {
    const page = guildPersonPageSchema.parse(await (await stage.as('lead', 'GET', `${LIST}?limit=1`)).json());
    expect(page).toMatchObject({ limit: 1, total: page.totalPages });
    expect(page.items[0]).toMatchObject({
      displayName: 'Camille',
      discordId: null,
      capabilities: ['members.read'],
      version: 1,
    });
  });

  it('is for those who decide about access', async () => {
    expect(await codeOf(stage.as('moderator', 'GET', LIST))).toBe('missing-capability');
    expect(await codeOf(stage.as('stranger', 'GET', LIST))).toBe('not-found');
    expect(await codeOf(stage.withToken(guest.accessToken, 'GET', LIST))).toBe('missing-capability');
  });
});

describe('PATCH …/access/people/:accountId', () => {
  it('counts from the next request on, and is written down', async () => {
    const response = await stage.as('lead', 'PATCH', at(guest), { capabilities: ['bans.read'] });
    expect(guildPersonSchema.parse(await response.json())).toMatchObject({ capabilities: ['bans.read'], version: 2 });
    expect(await codeOf(stage.withToken(guest.accessToken, 'GET', 'GUILD/members'))).toBe('missing-capability');
    expect((await stage.audit('access.personUpdated')).at(-1)).toMatchObject({
      target: { id: guest.accountId, name: 'Camille' },
      details: { before: { capabilities: ['members.read'] }, after: { capabilities: ['bans.read'] } },
    });
  });

  it('lets one of two administrators win who change the same at once', async () => {
    const send = (capability: string) =>
      stage.as('owner', 'PATCH', at(guest), { capabilities: [capability] }, { 'if-match': '"1"' });
    const answers = await Promise.all(['bans.read', 'roles.read', 'channels.read'].map(send));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412, 412]);
  });

  it('gives nobody what the giver does not hold, and leaves it to the owner who decides', async () => {
    expect(await codeOf(stage.as('lead', 'PATCH', at(guest), { capabilities: ['access.manage'] }))).toBe('owner-only');
    await stage.database.pool.query(`update role_access set removed = '{bans.write}' where role_id = $1`, [
      stage.roles.lead,
    ]);
    expect(await codeOf(stage.as('lead', 'PATCH', at(guest), { capabilities: ['bans.write'] }))).toBe(
      'missing-capability',
    );
    await stage.database.pool.query(`update role_access set removed = '{}' where role_id = $1`, [stage.roles.lead]);
    expect((await stage.as('owner', 'PATCH', at(guest), { capabilities: ['access.manage'] })).status).toBe(200);
    expect(await codeOf(stage.as('lead', 'PATCH', at(guest), { capabilities: ['bans.read'] }))).toBe('owner-only');
    expect(await codeOf(stage.as('lead', 'DELETE', at(guest)))).toBe('owner-only');
  });

  it('is for those who stand above, which nobody does above themselves', async () => {
    const decider = await takingPart(['access.manage', 'members.read', 'bans.read']);
    const change = { capabilities: ['bans.read'] };
    expect(await codeOf(stage.withToken(decider.accessToken, 'PATCH', at(guest), change))).toBe('above-your-role');
    expect(await codeOf(stage.withToken(decider.accessToken, 'PATCH', at(decider), change))).toBe('above-your-role');
    expect(await codeOf(stage.withToken(decider.accessToken, 'DELETE', at(guest)))).toBe('above-your-role');
    expect(await codeOf(stage.withToken(guest.accessToken, 'PATCH', at(guest), change))).toBe('missing-capability');
  });

  it('goes by the Discord roles of who was invited beside them', async () => {
    const [account] = await stage.database.database
      .insert(schema.accounts)
      .values({ id: randomUUID(), discordId: stage.people.chief, username: 'chief', displayName: 'Chief' })
      .returning();
    const chief = { accountId: account!.id };
    await stage.database.database
      .insert(schema.guildPeople)
      .values({ guildId: stage.guildId, accountId: chief.accountId, capabilities: ['members.read'] });
    expect(await codeOf(stage.as('lead', 'DELETE', at(chief)))).toBe('above-your-role');
    expect((await stage.as('owner', 'DELETE', at(chief))).status).toBe(204);
  });

  it.each([{ capabilities: [] }, { capabilities: ['everything'] }, {}, { capabilities: ['bans.read'], version: 3 }])(
    'does not understand %j',
    async (body) => {
      expect(await codeOf(stage.as('owner', 'PATCH', at(guest), body))).toBe('validation-failed');
    },
  );
});

describe('DELETE …/access/people/:accountId', () => {
  it('puts somebody out at once', async () => {
    expect((await stage.withToken(guest.accessToken, 'GET', 'GUILD/members')).status).toBe(200);
    expect(await codeOf(stage.as('lead', 'DELETE', at(guest), undefined, { 'if-match': '"9"' }))).toBe(
      'version-mismatch',
    );
    expect((await stage.as('lead', 'DELETE', at(guest))).status).toBe(204);
    expect(await codeOf(stage.withToken(guest.accessToken, 'GET', 'GUILD/members'))).toBe('not-found');
    expect(await codeOf(stage.as('lead', 'DELETE', at(guest)))).toBe('not-found');
    expect((await stage.audit('access.personRemoved')).at(-1)).toMatchObject({ target: { id: guest.accountId } });
  });

  it('finds nobody who was not invited here', async () => {
    expect(await codeOf(stage.as('owner', 'DELETE', at({ accountId: randomUUID() })))).toBe('not-found');
    expect(
      await codeOf(stage.as('owner', 'PATCH', at({ accountId: randomUUID() }), { capabilities: ['bans.read'] })),
    ).toBe('not-found');
    expect(await codeOf(stage.as('moderator', 'DELETE', at(guest)))).toBe('missing-capability');
    expect(await codeOf(stage.as('stranger', 'DELETE', at(guest)))).toBe('not-found');
  });
});

describe('an account that was shut out', () => {
  it('does nothing by what it was invited with', async () => {
    await stage.database.pool.query('update accounts set disabled_at = now() where id = $1', [guest.accountId]);
    expect(await codeOf(stage.withToken(guest.accessToken, 'GET', 'GUILD/members'))).toMatch(
      /^(not-found|unauthenticated)$/,
    );
  });
});
