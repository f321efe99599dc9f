import {
  type BotConfiguration,
  botConfigurationSchema,
  DEFAULT_GUILD_SETTINGS,
  type GuildSettings,
  guildSettingsSchema,
} from '@guildhall/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { TEST_SERVICE_TOKEN, TEST_WEB_ORIGIN } from '../../../testing/api.js';
import { id } from '../../../testing/bot-events.js';
import { DiscordStage } from '../../../testing/discord-stage.js';
import { readProblem } from '../../../testing/problem-answers.js';

const SETTINGS = '/api/GUILD/settings';
const CONFIGURATION = '/api/interactions/configuration';

let stage: DiscordStage;

beforeAll(async () => {
  stage = await DiscordStage.set(inject('postgresUrl'));
});
afterAll(() => stage?.strike());
beforeEach(async () => {
  await stage.database.pool.query('delete from guild_settings');
});

const codeOf = async (response: Promise<Response>) => (await readProblem(await response)).code;
const read = async (): Promise<GuildSettings> =>
  guildSettingsSchema.parse(await (await stage.as('fan', 'GET', SETTINGS)).json());
const change = (body: object, headers = {}) => stage.as('lead', 'PATCH', SETTINGS, body, headers);

describe('the settings of a guild', () => {
  it('are the defaults until somebody changes them', async () => {
    expect(await read()).toEqual({ ...DEFAULT_GUILD_SETTINGS, version: 0 });
  });

  it('change where a change names them, and nowhere else', async () => {
    const response = await change({ prefix: '?', timeZone: 'Europe/Paris' });
    const changed = { ...DEFAULT_GUILD_SETTINGS, prefix: '?', timeZone: 'Europe/Paris', version: 1 };
    expect(await response.json()).toEqual(changed);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(await read()).toEqual(changed);
    expect((await stage.audit('guild.settingsUpdated')).at(-1)).toMatchObject({
      actor: { discordId: stage.people.lead },
      target: { id: stage.guildId, name: 'Volta' },
      details: { before: { prefix: '!', timeZone: 'UTC' }, after: { prefix: '?', timeZone: 'Europe/Paris' } },
    });
    expect(await (await change({ messageRetentionDays: null, locale: 'fr' })).json()).toMatchObject({
      prefix: '?',
      version: 2,
    });
  });

  it('stay as they are where nothing differs', async () => {
    await change({ prefix: '?' });
    const entries = (await stage.audit('guild.settingsUpdated')).length;
    expect(await (await change({ prefix: '?' })).json()).toMatchObject({ version: 1 });
    expect(await stage.audit('guild.settingsUpdated')).toHaveLength(entries);
  });

  it('are changed by one of those who change them at once', async () => {
    const first = await Promise.all(
      ['?', '%', '$', '&', '+'].map((prefix) => change({ prefix }, { 'if-match': '"0"' })),
    );
    expect(first.map(({ status }) => status).toSorted()).toEqual([200, 412, 412, 412, 412]);
    expect((await read()).version).toBe(1);
    // Without a version in mind everybody gets through, one after the other.
    const all = await Promise.all([1, 2, 3, 4, 5].map((days) => change({ messageRetentionDays: days })));
    const versions = await Promise.all(all.map(async (response) => ((await response.json()) as GuildSettings).version));
    expect(versions.toSorted()).toEqual([2, 3, 4, 5, 6]);
  });

  it('are shown by the guild', async () => {
    const shown = async () => (await stage.as('fan', 'GET', '/api/GUILD')).json();
    expect(await shown()).toMatchObject({ locale: 'en', modules: ['platform'] });
    await change({ locale: 'fr' });
    expect(await shown()).toMatchObject({ locale: 'fr' });
    const page = (await (await stage.as('fan', 'GET', '/api/guilds')).json()) as { items: object[] };
    expect(page.items).toMatchObject([{ locale: 'fr' }]);
  });

  it('are seen by who sees the guild, and changed by who manages it', async () => {
    expect(await codeOf(stage.as('newcomer', 'GET', SETTINGS))).toBe('not-found');
    expect(await codeOf(stage.as('stranger', 'PATCH', SETTINGS, { prefix: '?' }))).toBe('not-found');
    expect(await codeOf(stage.as('moderator', 'PATCH', SETTINGS, { prefix: '?' }))).toBe('missing-capability');
    expect((await stage.as('owner', 'PATCH', SETTINGS, { prefix: '?' })).status).toBe(200);
  });

  it.each([
    {},
    { prefix: 'a b' },
    { prefix: '@' },
    { locale: 'de' },
    { timeZone: 'Europe/Atlantis' },
    { messageContent: 'everything' },
    { messageRetentionDays: 0 },
    { disabledModules: ['platform'] },
    { disabledModules: ['chess'] },
    { version: 9 },
  ])('are not understood as %j', async (body) => {
    expect(await codeOf(change(body))).toBe('validation-failed');
    expect((await read()).version).toBe(0);
  });
});

describe('GET /api/interactions/configuration', () => {
  async function configuration(query = ''): Promise<BotConfiguration> {
    const response = await stage.withToken(TEST_SERVICE_TOKEN, 'GET', `${CONFIGURATION}${query}`);
    return botConfigurationSchema.parse(await response.json());
  }

  it('tells the bot what was chosen, in the language that results', async () => {
    expect(await configuration()).toMatchObject({
      webUrl: TEST_WEB_ORIGIN,
      defaults: { prefix: '!', messageContent: 'metadata', messageRetentionDays: 90 },
      guilds: [],
    });
    await change({ prefix: '?' });
    const guild = {
      guildId: stage.guildId,
      prefix: '?',
      locale: 'en',
      timeZone: 'UTC',
      version: 1,
      disabledModules: [],
    };
    expect((await configuration()).guilds).toMatchObject([guild]);
    await change({ locale: 'fr' });
    expect((await configuration(`?guildId=${stage.guildId}`)).guilds).toMatchObject([
      { ...guild, locale: 'fr', version: 2 },
    ]);
    expect((await configuration(`?guildId=${id(77)}`)).guilds).toEqual([]);
  });

  it('leaves guilds out that the bot has left', async () => {
    await change({ prefix: '?' });
    await stage.database.pool.query('update guilds set is_active = false');
    expect((await configuration()).guilds).toEqual([]);
    await stage.database.pool.query('update guilds set is_active = true');
  });

  it('is for the bot alone', async () => {
    expect(await codeOf(stage.as('owner', 'GET', CONFIGURATION))).toBe('unauthenticated');
    expect(await codeOf(fetch(`${stage.api.url}${CONFIGURATION}`))).toBe('unauthenticated');
    // And its credential alone does not open what is for people.
    expect(await codeOf(stage.withToken(TEST_SERVICE_TOKEN, 'GET', SETTINGS))).toMatch(/unauthenticated|bad-request/);
  });
});
