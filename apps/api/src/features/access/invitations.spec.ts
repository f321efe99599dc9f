import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  acceptedInvitationSchema,
  type Invitation,
  invitationPageSchema,
  invitationPreviewSchema,
  invitationSchema,
} from '@guildhall/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { DiscordStage, type PersonName } from '../../../testing/discord-stage.js';
import { type SignedIn, signIn } from '../../../testing/people.js';
import { readProblem } from '../../../testing/problem-answers.js';

const LIST = '/api/GUILD/access/invitations';
const DAY_SECONDS = 86_400;

let stage: DiscordStage;
let dataFolder: string;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'guildhall-invitations-'));
  stage = await DiscordStage.set(inject('postgresUrl'), undefined, { GUILDHALL_DATA_DIR: dataFolder });
  await stage.grant('lead', ['access.manage']);
});
afterAll(async () => {
  await stage?.strike();
  await rm(dataFolder, { recursive: true, force: true });
});
afterEach(() => stage.control.failRest(null));

const codeOf = async (response: Promise<Response>) => (await readProblem(await response)).code;
const address = () => `${randomUUID()}@example.org`;
const body = (email: string, capabilities: string[] = ['members.read']) => ({ email, capabilities });

async function invite(person: PersonName, email = address(), capabilities?: string[]): Promise<Invitation> {
  const response = await stage.as(person, 'POST', LIST, body(email, capabilities));
  if (response.status !== 201) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  return invitationSchema.parse(await response.json());
}

interface ReceivedMail {
  to: string;
  subject: string;
  text: string;
}

async function mailsTo(email: string): Promise<ReceivedMail[]> {
  const folder = join(dataFolder, 'mail');
  const names = await readdir(folder).catch(() => []);
  const whole = names.filter((name) => name.endsWith('.json')).toSorted();
  const mails = await Promise.all(
    whole.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as ReceivedMail),
  );
  return mails.filter(({ to }) => to === email);
}

/** The secret in the newest mail to an address, once there are as many. */
async function tokenMailedTo(email: string, count = 1): Promise<string> {
  await expect.poll(async () => (await mailsTo(email)).length, { timeout: 15_000 }).toBe(count);
  const { text = '' } = (await mailsTo(email)).at(-1) ?? {};
  const link = /http:\/\/localhost:3000\/invitation#token=([\w-]{43})/.exec(text);
  if (!link?.[1]) throw new Error(`no link in the mail: ${text}`);
  return link[1];
}

async function invited(person: PersonName, capabilities?: string[]) {
  const email = address();
  const invitation = await invite(person, email, capabilities);
  return { email, invitation, token: await tokenMailedTo(email) };
}

/** Somebody without Discord. */
const newcomer = (): Promise<SignedIn> => signIn(stage.api.app, stage.database.database, null);

const accept = ({ accessToken }: SignedIn, token: string) =>
  stage.withToken(accessToken, 'POST', '/api/invitations/accept', { token });
const preview = (token: string) => fetch(`${stage.api.url}/api/invitations/preview?token=${token}`);
const stateOf = async (id: string) => {
  const { items } = invitationPageSchema.parse(await (await stage.as('owner', 'GET', `${LIST}?limit=100`)).json());
  return items.find((item) => item.id === id)?.state;
};

describe('an invitation', () => {
  it('lets somebody without Discord take part, once', async () => {
    const { email, invitation, token } = await invited('owner', ['members.read', 'bans.read']);
    expect(invitation).toMatchObject({ email, state: 'open', capabilities: ['members.read', 'bans.read'] });
    expect(JSON.stringify(invitation)).not.toContain(token);
    expect((await mailsTo(email))[0]).toMatchObject({ subject: 'Invitation to Volta' });

    const shown = invitationPreviewSchema.parse(await (await preview(token)).json());
    expect(shown).toMatchObject({ guildName: 'Volta', email, inviterName: stage.people.owner });

    const guest = await newcomer();
    expect(await codeOf(stage.withToken(guest.accessToken, 'GET', 'GUILD/members'))).toBe('not-found');
    const accepted = acceptedInvitationSchema.parse(await (await accept(guest, token)).json());
    expect(accepted).toEqual({ guildId: stage.guildId, capabilities: ['members.read', 'bans.read'] });
    expect((await stage.withToken(guest.accessToken, 'GET', 'GUILD/members')).status).toBe(200);
    const mine = (await (await stage.withToken(guest.accessToken, 'GET', '/api/guilds')).json()) as { items: object[] };
    expect(mine.items).toMatchObject([{ name: 'Volta', capabilities: ['guild.view', 'members.read', 'bans.read'] }]);
    expect(await codeOf(stage.withToken(guest.accessToken, 'GET', LIST))).toBe('missing-capability');

    expect(await codeOf(accept(guest, token))).toBe('link-invalid');
    expect(await codeOf(accept(await newcomer(), token))).toBe('link-invalid');
    expect(await codeOf(preview(token))).toBe('link-invalid');
    expect(await stateOf(invitation.id)).toBe('accepted');
    expect((await stage.audit('access.invitationAccepted')).at(-1)).toMatchObject({
      actor: { accountId: guest.accountId },
      target: { id: invitation.id, name: email },
    });
  });

  it('is accepted by one of those who try at once', async () => {
    const { token } = await invited('owner');
    const guests = await Promise.all(Array.from({ length: 8 }, newcomer));
    const answers = await Promise.all(guests.map((guest) => accept(guest, token)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(7).fill(400)]);
  });

  it('adds to what somebody may do already', async () => {
    const guest = await newcomer();
    await accept(guest, (await invited('owner', ['bans.read'])).token);
    const second = await accept(guest, (await invited('owner', ['members.read'])).token);
    expect(await second.json()).toMatchObject({ capabilities: ['members.read', 'bans.read'] });
  });

  it('is replaced by the next one to the same address, however it is written', async () => {
    const { email, invitation, token } = await invited('owner');
    const next = await invite('lead', email.toUpperCase());
    expect(await stateOf(invitation.id)).toBe('revoked');
    expect(await codeOf(accept(await newcomer(), token))).toBe('link-invalid');
    expect((await accept(await newcomer(), await tokenMailedTo(email.toUpperCase()))).status).toBe(200);
    expect(await stateOf(next.id)).toBe('accepted');
  });

  it('stays the only open one of its address when several are sent at once', async () => {
    const email = address();
    const answers = await Promise.all(Array.from({ length: 5 }, () => stage.as('owner', 'POST', LIST, body(email))));
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    const { items } = invitationPageSchema.parse(
      await (await stage.as('owner', 'GET', `${LIST}?state=open&limit=100`)).json(),
    );
    expect(items.filter((item) => item.email === email)).toHaveLength(1);
  });

  it('can be taken back until it is accepted', async () => {
    const { invitation, token } = await invited('owner');
    expect((await stage.as('lead', 'DELETE', `${LIST}/${invitation.id}`)).status).toBe(204);
    expect((await stage.as('lead', 'DELETE', `${LIST}/${invitation.id}`)).status).toBe(204);
    expect(await codeOf(accept(await newcomer(), token))).toBe('link-invalid');
    expect(await stateOf(invitation.id)).toBe('revoked');
    expect(await stage.audit('access.invitationRevoked')).toHaveLength(1);

    const used = await invited('owner');
    await accept(await newcomer(), used.token);
    expect(await codeOf(stage.as('lead', 'DELETE', `${LIST}/${used.invitation.id}`))).toBe('conflict');
    expect(await codeOf(stage.as('owner', 'DELETE', `${LIST}/${randomUUID()}`))).toBe('not-found');
  });

  it('leads to its own guild and is found in no other', async () => {
    const { invitation } = await invited('owner');
    await stage.database.pool.query(
      `insert into guilds (id, name, owner_id, preferred_locale, bot_id) values (77, 'Other', $1, 'en-US', 'guildhall')`,
      [stage.people.owner],
    );
    expect(await codeOf(stage.as('owner', 'DELETE', `/api/guilds/77/access/invitations/${invitation.id}`))).toBe(
      'not-found',
    );
    const page = await stage.as('owner', 'GET', '/api/guilds/77/access/invitations');
    expect(await page.json()).toMatchObject({ items: [], total: 0 });
  });
});

describe('what an invitation gives', () => {
  it('is what its sender may give', async () => {
    expect(await codeOf(stage.as('moderator', 'POST', LIST, body(address())))).toBe('missing-capability');
    expect(await codeOf(stage.as('stranger', 'POST', LIST, body(address())))).toBe('not-found');
    expect(await codeOf(stage.as('lead', 'POST', LIST, body(address(), ['access.manage'])))).toBe('owner-only');
    expect(await codeOf(stage.as('administrator', 'POST', LIST, body(address(), ['apiKeys.manage'])))).toBe(
      'owner-only',
    );
    await stage.database.pool.query(`update role_access set removed = '{bans.write}' where role_id = $1`, [
      stage.roles.lead,
    ]);
    expect(await codeOf(stage.as('lead', 'POST', LIST, body(address(), ['bans.write'])))).toBe('missing-capability');
    await stage.database.pool.query(`update role_access set removed = '{}' where role_id = $1`, [stage.roles.lead]);
    expect((await invite('owner', address(), ['access.manage'])).capabilities).toEqual(['access.manage']);
  });

  it('is not more than its sender still holds when it is accepted', async () => {
    const { token } = await invited('lead', ['members.read', 'bans.write']);
    await stage.database.pool.query(`update role_access set removed = '{bans.write}' where role_id = $1`, [
      stage.roles.lead,
    ]);
    expect(await (await accept(await newcomer(), token)).json()).toMatchObject({ capabilities: ['members.read'] });

    await stage.database.pool.query(`update role_access set removed = '{}' where role_id = $1`, [stage.roles.lead]);
    const late = await invited('lead');
    await stage.grant('lead', []);
    const guest = await newcomer();
    expect(await codeOf(accept(guest, late.token))).toBe('link-invalid');
    expect(await codeOf(preview(late.token))).toBe('link-invalid');
    // What was refused did not use the link up.
    await stage.grant('lead', ['access.manage']);
    expect((await accept(guest, late.token)).status).toBe(200);
  });

  it('is not for its sender', async () => {
    const { token, invitation } = await invited('lead');
    expect(await codeOf(stage.as('lead', 'POST', '/api/invitations/accept', { token }))).toBe('conflict');
    expect(await stateOf(invitation.id)).toBe('open');
  });

  it('goes by the roles that Discord names now, and is refused in doubt', async () => {
    stage.control.setMemberRoles(stage.guildId, stage.people.lead, []);
    expect(await codeOf(stage.as('lead', 'POST', LIST, body(address())))).toBe('not-found');
    stage.control.setMemberRoles(stage.guildId, stage.people.lead, [stage.roles.lead]);
    stage.control.failRest({ status: 500, times: 100 });
    expect(await codeOf(stage.as('lead', 'POST', LIST, body(address())))).toBe('discord-unavailable');
  });
});

describe('the body of an invitation', () => {
  it.each([
    body('nobody'),
    body('camille@example.org\r\nBcc: everybody@example.org'),
    body(address(), []),
    body(address(), ['everything']),
    { ...body(address()), isOwner: true },
  ])('is not understood as %j', async (draft) => {
    expect(await codeOf(stage.as('owner', 'POST', LIST, draft))).toBe('validation-failed');
  });

  it('needs a token that could be one', async () => {
    expect(await codeOf(preview('short'))).toBe('validation-failed');
    expect(await codeOf(preview('a'.repeat(43)))).toBe('link-invalid');
    expect(await codeOf(accept(await newcomer(), 'a'.repeat(43)))).toBe('link-invalid');
  });
});

// Last, because everybody's session ends as well.
it('expires after seven days', async () => {
  const { email, token } = await invited('owner');
  stage.api.clock.pass(7 * DAY_SECONDS - 1);
  expect((await preview(token)).status).toBe(200);
  stage.api.clock.pass(1);
  expect(await codeOf(preview(token))).toBe('link-invalid');
  const { rows } = await stage.database.pool.query('select accepted_at, revoked_at from invitations where email = $1', [
    email,
  ]);
  expect(rows).toEqual([{ accepted_at: null, revoked_at: null }]);
});
