import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../e2e/support/browser.js';
import { startSimulator, type Simulator } from './index.js';

const LINK = 'https://guildhall.example/verify?token=a&b=1';

let folder: string;
let simulator: Simulator;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-mail-'));
  simulator = await start(folder);
});
afterEach(async () => {
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

const start = (mailDir?: string) => startSimulator({ port: 0, seed: 'empty', activity: false, mailDir });

const idOf = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** As the API does it: whole under another name, then renamed. */
async function write(number: number, change: object = {}): Promise<void> {
  const mail = {
    id: idOf(number),
    to: 'ada@example.org',
    subject: `Mail ${number}`,
    text: `Confirm:\n${LINK}\n\n-- \nGuildhall\n`,
    html: '<p>Confirm</p>',
    sentAt: '2026-11-01T12:00:00.000Z',
    ...change,
  };
  const path = join(folder, `${mail.id}.json`);
  await writeFile(`${path}.part`, JSON.stringify(mail));
  await rename(`${path}.part`, path);
}

const ask = (headers: Record<string, string> = {}) => fetch(`${simulator.url}/client/mails`, { headers });

async function subjects(): Promise<string[]> {
  const mails = (await (await ask()).json()) as { subject: string }[];
  return mails.map(({ subject }) => subject);
}

describe('the mails', () => {
  it('come newest first', async () => {
    for (const number of [2, 1, 3]) await write(number);
    expect(await subjects()).toEqual(['Mail 3', 'Mail 2', 'Mail 1']);
  });

  it('are a hundred at most', async () => {
    for (let number = 1; number <= 101; number += 1) await write(number);
    const found = await subjects();
    expect([found.length, found[0], found.at(-1)]).toEqual([100, 'Mail 101', 'Mail 2']);
  });

  it('are not what else lies in the folder', async () => {
    await write(1);
    await writeFile(join(folder, `${idOf(2)}.json.part`), '{"id":');
    await writeFile(join(folder, `${idOf(3)}.json`), '{"id":');
    await writeFile(join(folder, `${idOf(4)}.json`), '{"token":"secret"}');
    await writeFile(join(folder, 'secrets.json'), '{}');
    expect(await subjects()).toEqual(['Mail 1']);
  });

  it('are none before the first one, or without a folder', async () => {
    await rm(folder, { recursive: true });
    expect(await subjects()).toEqual([]);
    await simulator.close();
    simulator = await start();
    expect(await subjects()).toEqual([]);
  });

  it('are for this machine only', async () => {
    expect((await ask({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask()).headers.get('cache-control')).toBe('no-store');
  });
});

describe('the mailbox', () => {
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await page.close();
    expect(faults.splice(0)).toEqual([]);
  });

  async function open(locale: string): Promise<void> {
    page = await browser.newPage({ locale, viewport: { width: 390, height: 800 } });
    page.setDefaultTimeout(8_000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(`${simulator.url}/mailbox.html`);
  }

  it('shows a mail as soon as it is sent, with a link to follow, and the newest on top', async () => {
    await open('en-GB');
    await page.getByText('No mail has been sent yet.').waitFor();
    await write(1);
    const mail = page.getByRole('article', { name: 'Mail 1' });
    await mail.getByText('To ada@example.org').waitFor();
    const link = mail.getByRole('link', { name: LINK });
    expect(await link.getAttribute('href')).toBe(LINK);
    expect(await page.getByText('No mail has been sent yet.').isVisible()).toBe(false);
    await write(2);
    await page.getByRole('article', { name: 'Mail 2' }).waitFor();
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Mail 2', 'Mail 1']);
  });

  it('forgets what was removed', async () => {
    await write(1);
    await write(2);
    await open('en-GB');
    await page.getByRole('article', { name: 'Mail 1' }).waitFor();
    await rm(join(folder, `${idOf(1)}.json`));
    await page.getByRole('article', { name: 'Mail 1' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Mail 2']);
  });

  it('never takes for HTML what a mail says', async () => {
    const text = '<img src=x onerror=alert(1)> javascript:alert(1)';
    await write(1, { subject: '<b>bold</b>', text });
    await open('en-GB');
    const mail = page.getByRole('article', { name: '<b>bold</b>' });
    expect(await mail.locator('.text').innerText()).toBe(text);
    expect(await mail.locator('img, b, a').count()).toBe(0);
  });

  it('speaks French, and is accessible', async () => {
    await write(1);
    await open('fr-FR');
    await page.getByRole('heading', { name: 'Boîte aux lettres' }).waitFor();
    await page.getByText('À ada@example.org').waitFor();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.getByRole('link', { name: 'Retour au Discord local' }).waitFor();
  });
});
