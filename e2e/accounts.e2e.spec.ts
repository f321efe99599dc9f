import { demoIds } from '@guildhall/discord-simulator';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser } from './support/browser.js';
import { type Guildhall, startGuildhall } from './support/guildhall.js';
import { openBrowser, signIn } from './support/people.js';

const PASSWORD = 'three calm rivers at dusk';

describe('accounts and access', () => {
  let guildhall: Guildhall;
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    guildhall = await startGuildhall({ seed: 'demo' });
    browser = await launchBrowser();
    const guildCount = guildhall.simulator.control.guilds().length;
    const synced = 'select count(*)::int as count from guilds where members_synced_at is not null';
    await vi.waitFor(
      async () => expect((await guildhall.database.query<{ count: number }>(synced)).rows[0]?.count).toBe(guildCount),
      { timeout: 60_000, interval: 200 },
    );
  });

  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });

  afterAll(async () => {
    await browser?.close();
    await guildhall?.stop();
  });

  async function newPage(visitor?: Parameters<typeof openBrowser>[1]): Promise<Page> {
    const context = await openBrowser(browser, visitor);
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return page;
  }

  const guildPage = (page: string) => `${guildhall.webUrl}/guilds/${demoIds.pixelTavern}/${page}`;

  /** The link in the newest mail to an address. */
  async function linkTo(address: string): Promise<string> {
    await vi.waitFor(() => expect(guildhall.mailsTo(address).length).toBeGreaterThan(0), { timeout: 20_000 });
    const link = /https?:\/\/\S+/.exec(guildhall.mailsTo(address).at(-1)?.text ?? '')?.[0];
    if (link === undefined) throw new Error('the mail has no link');
    return link;
  }

  async function signInByEmail(page: Page, email: string, password: string): Promise<void> {
    await page.goto(`${guildhall.webUrl}/auth/sign-in`);
    await page.locator('input[type=email]').fill(email);
    await page.locator('input[autocomplete=current-password]').fill(password);
    await page.locator('form button.primary').click();
  }

  it('lets somebody in whom the command line made, on a phone and in French', async () => {
    const email = 'camille@example.org';
    const printed = guildhall.command('user:create', '--email', email, '--role', 'ADMIN');
    const password = /password.*: (\S{12,})/.exec(printed)?.[1];
    expect(password).toBeDefined();

    const page = await newPage({ locale: 'fr-FR', width: 390 });
    await signInByEmail(page, email, 'not the password');
    await page.getByText('Cette adresse ou ce mot de passe est incorrect').waitFor();
    await signInByEmail(page, email, password ?? '');
    await page.waitForURL(`${guildhall.webUrl}/guilds`);
    await page.goto(`${guildhall.webUrl}/admin/accounts`);
    await page.getByText(email).first().waitFor();
  });

  it('brings in somebody without Discord by invitation, and shows them no more than they may see', async () => {
    const email = 'planner@example.org';
    const administrator = await newPage();
    await signIn(administrator, guildhall, demoIds.administrator);
    await administrator.goto(guildPage('access'));
    await administrator.locator('input[type=email]').fill(email);
    for (const name of ['See the guild', 'See members', 'Read messages']) await administrator.getByLabel(name).check();
    await administrator.getByRole('button', { name: 'Send the invitation' }).click();
    await administrator.getByText(email).waitFor();

    const guest = await newPage();
    await guest.goto(await linkTo(email));
    await guest.getByText('You are invited to Pixel Tavern').waitFor();
    await guest.getByRole('link', { name: 'Create an account with this address' }).click();
    await guest.locator('input[autocomplete=name]').fill('Pat Planner');
    await guest.locator('input[autocomplete=new-password]').fill(PASSWORD);
    await guest.getByRole('button', { name: 'Create the account' }).click();
    await guest.getByText('Look into your mailbox').waitFor();
    await signInByEmail(guest, email, PASSWORD);
    await guest
      .getByRole('link', { name: /Pixel Tavern/ })
      .last()
      .click();
    await guest.getByRole('feed').waitFor();
    expect(await guest.getByRole('link', { name: 'Settings' }).count()).toBe(0);
  });

  /** Somebody on the overview of a guild that they may see by one role alone. */
  async function openByRole(name: string): Promise<Page> {
    const { control } = guildhall.simulator;
    const role = control.createRole(demoIds.pixelTavern, { name });
    control.setMemberRoles(demoIds.pixelTavern, demoIds.member, [role.id]);
    const owner = await newPage();
    await signIn(owner, guildhall, demoIds.pixelTavernOwner);
    await owner.goto(guildPage('access'));
    await owner.getByLabel(`Access of ${name}`).selectOption('moderator');
    await vi.waitFor(async () => {
      const { rows } = await guildhall.database.query('select 1 from role_access where role_id = $1', [role.id]);
      expect(rows).toHaveLength(1);
    });

    const member = await newPage();
    await signIn(member, guildhall, demoIds.member);
    return member;
  }

  it('ends the access of somebody whose role was taken away on Discord, without a reload', async () => {
    const member = await openByRole('Night watch');
    await member.goto(guildPage('overview'));
    await member.getByRole('feed').waitFor();
    guildhall.simulator.control.setMemberRoles(demoIds.pixelTavern, demoIds.member, []);
    await member.getByRole('feed').waitFor({ state: 'detached' });
    await member.reload();
    await member.getByRole('heading', { name: /nothing here/i }).waitFor();
  });

  it('ends it too when the role is gone before the page listens', async () => {
    const member = await openByRole('Day watch');
    const { promise: untilGone, resolve: listen } = Promise.withResolvers<true>();
    await member.routeWebSocket(/socket\.io/, async (socket) => {
      await untilGone;
      socket.connectToServer();
    });
    await member.goto(guildPage('overview'));
    await member.getByRole('feed').waitFor();
    guildhall.simulator.control.setMemberRoles(demoIds.pixelTavern, demoIds.member, []);
    await vi.waitFor(async () => {
      const roles = 'select 1 from members where guild_id = $1 and user_id = $2 and cardinality(role_ids) > 0';
      const { rows } = await guildhall.database.query(roles, [demoIds.pixelTavern, demoIds.member]);
      expect(rows).toHaveLength(0);
    });
    listen(true);
    await member.getByRole('feed').waitFor({ state: 'detached' });
  });

  it('gives a key to an automation, and takes it back', async () => {
    const owner = await newPage();
    await signIn(owner, guildhall, demoIds.administrator);
    await owner.goto(guildPage('api-keys'));
    await owner.getByRole('textbox', { name: 'Name' }).fill('Weekly report');
    for (const name of ['See the guild', 'See members']) await owner.getByLabel(name).check();
    await owner.getByRole('button', { name: 'Create a key' }).click();
    const key = (await owner.getByRole('status').locator('code').textContent())?.trim() ?? '';
    expect(key).toMatch(/^gh_/);

    const ask = async (path: string) =>
      (await fetch(`${guildhall.webUrl}${path}`, { headers: { authorization: `Bearer ${key}` } })).status;
    expect(await ask(`/api/discord/guilds/${demoIds.pixelTavern}/members`)).toBe(200);
    expect(await ask(`/api/guilds/${demoIds.pixelTavern}/audit`)).toBe(403);
    expect(await ask(`/api/guilds/${demoIds.volta}/overview`)).toBe(404);
    await owner.getByRole('button', { name: 'Revoke' }).first().click();
    await vi.waitFor(async () => expect(await ask(`/api/guilds/${demoIds.pixelTavern}`)).toBe(401), {
      timeout: 10_000,
      interval: 200,
    });

    await owner.goto(guildPage('audit'));
    for (const action of ['apiKey.created', 'apiKey.revoked', 'access.invited', 'access.roleUpdated'])
      await owner.getByText(action).first().waitFor();
    expect(guildhall.command('audit:verify', '--write-head')).toContain('The audit log is as it was written');
  });

  it('changes how the bot speaks, at once', async () => {
    const owner = await newPage();
    await signIn(owner, guildhall, demoIds.administrator);
    await owner.goto(guildPage('settings'));
    await owner.getByLabel('Prefix of commands').fill('?');
    await owner.getByRole('button', { name: 'Save' }).click();
    await owner.getByText('Saved').waitFor();
    const { control } = guildhall.simulator;
    const channelId = (
      control.snapshot(demoIds.pixelTavern) as { channels: { id: string; name: string }[] }
    ).channels.find(({ name }) => name === 'general')?.id;
    const asked = control.sendMessage(demoIds.member, channelId ?? '', '?help').id;
    await vi.waitFor(
      () => {
        const { messages } = control.snapshot(demoIds.pixelTavern) as {
          messages: { message_reference?: { message_id: string } }[];
        };
        expect(messages.some(({ message_reference: reference }) => reference?.message_id === asked)).toBe(true);
      },
      { timeout: 10_000, interval: 100 },
    );
  });

  it('hands a person their data, and erases them', async () => {
    const email = 'leaving@example.org';
    const printed = guildhall.command('user:create', '--email', email, '--password', PASSWORD);
    expect(printed).toContain(email);
    const page = await newPage();
    await signInByEmail(page, email, PASSWORD);
    await page.waitForURL(`${guildhall.webUrl}/guilds`);
    await page.goto(`${guildhall.webUrl}/account`);
    await page.getByRole('button', { name: 'Prepare a copy' }).click();
    await vi.waitFor(
      async () => {
        await page.getByRole('button', { name: 'Look again' }).click();
        expect(await page.getByRole('button', { name: 'Download' }).count()).toBe(1);
      },
      { timeout: 20_000, interval: 500 },
    );
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toContain('guildhall');
    await page.getByLabel(`Type ${email}`).fill(email);
    await page.locator('gh-my-data input[type=password]').fill(PASSWORD);
    await page.getByRole('button', { name: 'Erase my data' }).click();
    await page.getByText('Continue with Discord').first().waitFor();
    await signInByEmail(page, email, PASSWORD);
    await page.getByText('That e-mail address or password is wrong').waitFor();
    const { rows } = await guildhall.database.query('select 1 from email_credentials where lower(email) = $1', [email]);
    expect(rows).toEqual([]);
  });
});
