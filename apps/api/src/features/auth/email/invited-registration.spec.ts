import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { startTestApi, type TestApi } from '../../../../testing/api.js';
import { id } from '../../../../testing/bot-events.js';
import { TestBrowser } from '../../../../testing/browser.js';
import { createEmailPerson, GOOD_PASSWORD } from '../../../../testing/email-people.js';
import { type MigratedDatabase, migratedDatabase } from '../../../../testing/ingest-app.js';
import { readProblem } from '../../../../testing/problem-answers.js';
import { newId } from '../../../platform/ids.js';
import { randomToken, sha256 } from '../secrets.js';

const guildId = id(1_000);

let database: MigratedDatabase;
let api: TestApi;
let email: string;
let count = 0;

beforeAll(async () => {
  database = await migratedDatabase(inject('postgresUrl'));
  await database.database.insert(schema.guilds).values({
    id: guildId,
    name: 'Ours',
    ownerId: id(14),
    preferredLocale: 'en-GB',
    botId: 'guildhall',
    syncedAt: new Date(),
  });
  await database.database
    .insert(schema.accounts)
    .values({ id: newId(), discordId: id(14), username: 'owner', displayName: 'Owner' });
  api = await startTestApi(database.url);
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

beforeEach(() => {
  email = `guest.${(count += 1)}@example.org`;
});

/** The secret of an invitation of the guild's owner. */
async function invite(address = email): Promise<string> {
  const token = randomToken();
  const [owner] = await database.database
    .select()
    .from(schema.accounts)
    .where(eq(schema.accounts.discordId, id(14)));
  await database.database.insert(schema.invitations).values({
    id: newId(),
    guildId,
    email: address,
    capabilities: ['guild.view'],
    hash: sha256(token),
    invitedBy: owner!.id,
    expiresAt: new Date(api.clock.now().getTime() + 3_600_000),
  });
  return token;
}

const register = (body: object) =>
  new TestBrowser(api.url).post('/api/auth/register', { email, password: GOOD_PASSWORD, ...body });
const login = () => new TestBrowser(api.url).post('/api/auth/login', { email, password: GOOD_PASSWORD });
const codeOf = async (response: Response) => (await readProblem(response)).code;

describe('where registration is closed', () => {
  it('nobody registers without an invitation', async () => {
    expect(await codeOf(await register({}))).toBe('registration-closed');
  });

  it('an invited person registers, is confirmed by the link and takes part in the guild at once', async () => {
    const invitation = await invite();
    const answer = await register({ invitation, email: email.toUpperCase() });
    expect([answer.status, await answer.json()]).toEqual([202, { status: 'accepted' }]);
    const { accessToken } = (await (await login()).json()) as { accessToken: string };
    const guild = await fetch(`${api.url}/api/guilds/${guildId}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(guild.status).toBe(200);
    expect(await codeOf(await register({ invitation }))).toBe('link-invalid');
  });

  it('an invitation is good for its address only', async () => {
    const invitation = await invite(`other.${email}`);
    expect(await codeOf(await register({ invitation }))).toBe('link-invalid');
    expect(await codeOf(await register({ invitation: randomToken() }))).toBe('link-invalid');
    expect((await login()).status).toBe(401);
  });

  it('who has an account is sent to the sign-in, and the invitation stays good', async () => {
    await createEmailPerson(api.app, { email });
    const invitation = await invite();
    expect(await codeOf(await register({ invitation }))).toBe('conflict');
    const preview = await fetch(`${api.url}/api/invitations/preview?token=${invitation}`);
    expect(preview.status).toBe(200);
  });

  it('two at once with one invitation make one account', async () => {
    const invitation = await invite();
    const answers = await Promise.all([register({ invitation }), register({ invitation })]);
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
  });
});
