import type { GuildConfiguration, Snowflake } from '@guildhall/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Guild, Stage } from '../test/stage.js';

const soon = { timeout: 10_000, interval: 50 };

let stage: Stage;

beforeEach(async () => {
  stage = await Stage.set();
});

afterEach(() => stage.strike());

async function startWithCommands(): Promise<Awaited<ReturnType<Stage['startBot']>>> {
  const bot = await stage.startBot();
  const isRegistered = () => bot.log.some(({ msg }) => /^ApplicationCommandRegistries: Took/.test(String(msg)));
  await expect.poll(isRegistered, soon).toBe(true);
  return bot;
}

function slash(personId: string, name: string, options: Record<string, string> = {}) {
  const { channelId } = stage.guilds.english;
  return stage.simulator.control.runCommand({ userId: personId, channelId, name, options });
}

/** The title of the embed by which a message is answered. */
async function titleOfReply(content: string, guild: Guild): Promise<string | undefined> {
  const asked = stage.say(content, guild);
  await expect.poll(() => stage.repliesTo(asked, guild).length, soon).toBe(1);
  return stage.repliesTo(asked, guild)[0]?.embeds[0]?.title;
}

function configured(guild: Guild, changes: Partial<GuildConfiguration>): GuildConfiguration {
  // Safe: the simulator's ids are snowflakes.
  const guildId = guild.guildId as Snowflake;
  return { ...stage.configuration.defaults, guildId, locale: 'en', version: 1, ...changes };
}

describe('the commands', () => {
  it('help, info, dashboard and privacy answer in the language of the person', async () => {
    await startWithCommands();
    const { luc, ada } = stage.people;
    const titles = async (personId: string) => {
      const answers = [];
      for (const name of ['help', 'info', 'dashboard']) answers.push(await slash(personId, name));
      return answers.map(({ messages }) => messages[0]?.embeds[0]?.title);
    };
    expect(await titles(ada)).toEqual(['Commands', 'Guildhall', 'Dashboard']);
    // A person may call three commands in five seconds.
    expect(await titles(luc)).toEqual(['Commandes', 'Guildhall', 'Tableau de bord']);
  });

  it('lead to the dashboard of the guild', async () => {
    await startWithCommands();
    const { messages } = await slash(stage.people.ada, 'dashboard');
    const url = `https://guildhall.example/guilds/${stage.guilds.english.guildId}`;
    expect(messages[0]).toMatchObject({ components: [{ components: [{ label: 'Open the dashboard', url }] }] });
  });

  it('tell, to the person alone, what the guild stores of messages', async () => {
    stage.configuration.guilds = [configured(stage.guilds.english, { messageContent: 'off' })];
    await startWithCommands();
    const [answer] = (await slash(stage.people.ada, 'privacy')).messages;
    expect(answer).toMatchObject({ flags: 64 });
    expect(JSON.stringify(answer?.embeds)).toContain('Nothing about your messages is stored.');
  });

  it('explain one of them, by any of its names', async () => {
    await startWithCommands();
    const { luc } = stage.people;
    expect((await slash(luc, 'help', { command: 'privacy' })).messages[0]?.embeds[0]?.title).toBe('/confidentialite');
    expect(await titleOfReply('!help confidentialite', stage.guilds.english)).toBe('/privacy');
    expect((await slash(luc, 'help', { command: 'dance' })).messages[0]?.content).toContain('`dance`');
  });

  it('answer a message to their French names too', async () => {
    await startWithCommands();
    expect(await titleOfReply('!aide', stage.guilds.french)).toBe('Commandes');
    expect(await titleOfReply('!infos', stage.guilds.english)).toBe('Guildhall');
  });
});

describe('the settings of a guild', () => {
  it('change its prefix and its language while the bot runs', async () => {
    const { english } = stage.guilds;
    await startWithCommands();
    expect(await titleOfReply('!help', english)).toBe('Commands');
    stage.configuration.guilds = [configured(english, { prefix: '?', locale: 'fr' })];
    const { guildId } = english;
    expect(await stage.backend.ask('guildhall', { type: 'configuration-changed', guildId })).toMatchObject({
      ok: true,
    });
    const unheard = stage.say('!help', english);
    expect(await titleOfReply('?help', english)).toBe('Commandes');
    expect(stage.repliesTo(unheard, english)).toEqual([]);
    expect(await titleOfReply('!help', stage.guilds.french)).toBe('Commandes');
  });

  it('are known after a restart without the API', async () => {
    const { english } = stage.guilds;
    stage.configuration.guilds = [configured(english, { prefix: '?' })];
    const bot = await startWithCommands();
    expect(await titleOfReply('?help', english)).toBe('Commands');
    await bot.kill('SIGTERM');
    stage.closeApi();
    await startWithCommands();
    expect(await titleOfReply('?info', english)).toBe('Guildhall');
  });

  it('are not undone by an answer that was overtaken', async () => {
    const { english } = stage.guilds;
    stage.configuration.guilds = [configured(english, { prefix: '?', version: 2 })];
    await startWithCommands();
    expect(await titleOfReply('?help', english)).toBe('Commands');
    stage.configuration.guilds = [configured(english, { prefix: '$', version: 1 })];
    await stage.backend.ask('guildhall', { type: 'configuration-changed', guildId: english.guildId });
    expect(await titleOfReply('?info', english)).toBe('Guildhall');
  });
});

it('follows the defaults again in a guild whose settings are gone, when the gateway comes back', async () => {
  const { english } = stage.guilds;
  stage.configuration.guilds = [configured(english, { prefix: '?', version: 7 })];
  await startWithCommands();
  expect(await titleOfReply('?help', english)).toBe('Commands');
  stage.configuration.guilds = [];
  await stage.restartGateway();
  const asked: string[] = [];
  const isAnswered = () => {
    asked.push(stage.say('!info', english));
    return asked.some((id) => stage.repliesTo(id, english).length > 0);
  };
  // Slower than the limit of commands for a person.
  await expect.poll(isAnswered, { timeout: 20_000, interval: 2_000 }).toBe(true);
});

describe('without the API', () => {
  it('a command that needs it says so, and the others go on', async () => {
    await startWithCommands();
    stage.closeApi();
    const { messages } = await slash(stage.people.luc, 'ping');
    expect(messages[0]?.content).toContain('indisponible');
    expect((await slash(stage.people.luc, 'help')).messages[0]?.embeds[0]?.title).toBe('Commandes');
  });

  it('a problem of the API is told in the language of the person', async () => {
    await startWithCommands();
    stage.handleApi = (_request, response) => {
      const problem = { type: 'urn:guildhall:problem:unavailable', title: 'x', status: 503, requestId: 'r-1' };
      response.writeHead(503, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
    };
    expect((await slash(stage.people.ada, 'ping')).messages[0]?.content).toContain('unavailable right now');
  });
});
