import axe from 'axe-core';
import {
  type ApplicationCommandDataResolvable,
  Client,
  Events,
  GatewayIntentBits as Intent,
  type Interaction,
} from 'discord.js';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchBrowser } from '../../../e2e/support/browser.js';
import { demoApplication, type Simulator, type SimulatorOptions, startSimulator } from '../src/index.js';

interface Visit {
  width?: number;
  height?: number;
  /** Parameters of the address beside `as`. */
  query?: Record<string, string>;
}

/** Real pages of the web client on a simulator. A page that reports an error fails the test at its end. */
export class Pages {
  simulator!: Simulator;
  private readonly pages: Page[] = [];
  private readonly faults: string[] = [];

  private constructor(private readonly browser: Browser) {}

  static async launch(): Promise<Pages> {
    return new Pages(await launchBrowser());
  }

  /** A new simulator, before each test: the demo, in which nobody chats on by themselves. */
  async begin(options: Partial<SimulatorOptions> = {}): Promise<void> {
    this.simulator = await startSimulator({
      port: 0,
      seed: 'demo',
      activity: false,
      rateLimits: 'off',
      ...options,
    });
  }

  get control() {
    return this.simulator.control;
  }

  /** The bot of the demo's application, by discord.js, with commands and what answers them. */
  async startBot(
    commands: ApplicationCommandDataResolvable[],
    answer: (interaction: Interaction) => Promise<unknown>,
  ): Promise<Client> {
    const bot = new Client({ intents: [Intent.Guilds, Intent.GuildMessages], rest: { api: this.simulator.apiUrl } });
    bot.on(Events.InteractionCreate, (interaction) => void answer(interaction));
    const ready = new Promise((resolve) => bot.once(Events.ClientReady, resolve));
    await bot.login(demoApplication.botToken);
    await ready;
    await bot.application?.commands.set(commands);
    return bot;
  }

  /** Opens the client as somebody, or as whoever it begins with. */
  async open(userId?: string, { width = 1_440, height = 900, query = {} }: Visit = {}): Promise<Page> {
    const page = await this.browser.newPage({ viewport: { width, height } });
    this.pages.push(page);
    page.setDefaultTimeout(8_000);
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && this.faults.push(message.text()));
    const address = new URLSearchParams({ ...(userId ? { as: userId } : {}), ...query });
    await page.goto(`${this.simulator.url}/?${address.toString()}`);
    return page;
  }

  /** A test that breaks the connection expects the browser to say so. */
  forgiveFaults(): void {
    this.faults.length = 0;
  }

  /** After each test. @throws when a page reported an error */
  async end(): Promise<void> {
    for (const page of this.pages.splice(0)) await page.close();
    await this.simulator.close();
    expect(this.faults.splice(0)).toEqual([]);
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

/** What the accessibility checker objects to, as readable lines. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 160))
        .join(' | ')}`,
  );
}
