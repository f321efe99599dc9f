import { demoApplication, type Simulator } from '@guildhall/discord-simulator';
import { startCheckedSimulator } from '@guildhall/discord-simulator/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDiscord, type DiscordSettings } from './discord.js';
import type { Finding } from './finding.js';

const CALLBACK = 'http://localhost:3000/api/auth/discord/callback';

let simulator: Simulator;
let settings: DiscordSettings;

beforeAll(async () => {
  simulator = await startCheckedSimulator({ port: 0, seed: 'empty', activity: false });
  const owner = simulator.control.createUser({ username: 'owner' }).id;
  const high = simulator.control.createGuild({
    name: 'High',
    ownerId: owner,
    botPermissions: (1n << 41n) - 1n - (1n << 3n),
  });
  simulator.control.createRole(high.id, { name: 'Members', permissions: 0n });
  simulator.control.createGuild({ name: 'Weak', ownerId: owner, botPermissions: 1n << 10n });
  settings = {
    apiUrl: simulator.apiUrl,
    token: demoApplication.botToken,
    clientId: demoApplication.id,
    clientSecret: demoApplication.clientSecret,
    callbackUrl: CALLBACK,
    wantedIntents: ['Server Members Intent', 'Message Content Intent'],
  };
});

afterAll(() => simulator?.close());

async function findings(changes: Partial<DiscordSettings> = {}): Promise<Finding[]> {
  return checkDiscord({ ...settings, ...changes });
}

const about = (subject: string, list: Finding[]) => list.find((finding) => finding.subject === subject);

describe('the doctor, with Discord', () => {
  it('finds nothing wrong where nothing is', async () => {
    const list = await findings();
    expect(list.filter(({ level, subject }) => level === 'problem' && !subject.includes('Weak'))).toEqual([]);
    expect(about('Discord: redirect URI', list)).toMatchObject({ level: 'ok', text: CALLBACK });
    expect(about('Clock beside Discord', list)).toMatchObject({ level: 'ok' });
  });

  it('tells a token that Discord refuses', async () => {
    const list = await findings({ token: 'wrong' });
    expect(list).toMatchObject([{ subject: 'Discord: token', level: 'problem' }]);
    expect(list[0]?.advice).toContain('DISCORD_TOKEN');
  });

  it('prints the exact redirect URI to register', async () => {
    const callbackUrl = 'https://guild.example/api/auth/discord/callback';
    const finding = about('Discord: redirect URI', await findings({ callbackUrl }));
    expect(finding?.level).toBe('problem');
    expect(finding?.advice).toContain(`Register exactly ${callbackUrl} `);
  });

  it('tells a wrong client secret, and a token of another application', async () => {
    expect(about('Discord: client secret', await findings())).toMatchObject({ level: 'ok' });
    expect(about('Discord: client secret', await findings({ clientSecret: 'wrong' }))).toMatchObject({
      level: 'problem',
    });
    const other = about('Discord: application', await findings({ clientId: '1090000000000000009' }));
    expect(other?.advice).toContain(`DISCORD_CLIENT_ID=${demoApplication.id}`);
  });

  it('names the permissions that the bot lacks in a guild', async () => {
    const finding = about('Discord: Weak', await findings());
    expect(finding).toMatchObject({ level: 'warning' });
    expect(finding?.text).toContain('Ban Members');
    expect(finding?.text).not.toContain('View Channels');
  });

  it('names the roles above the bot', async () => {
    const guild = simulator.control.guilds().find(({ name }) => name === 'High');
    if (!guild) throw new Error('the guild is gone');
    const finding = about('Discord: role order in High', await findings());
    expect(finding?.text).toContain('Members');
  });

  it('says which intent is switched off', async () => {
    const bare = await startCheckedSimulator({
      port: 0,
      seed: 'empty',
      activity: false,
      application: { ...demoApplication, privilegedIntents: { presence: false, members: true, messageContent: false } },
    });
    const list = await checkDiscord({ ...settings, apiUrl: bare.apiUrl });
    await bare.close();
    expect(about('Discord: Server Members Intent', list)).toMatchObject({ level: 'ok' });
    expect(about('Discord: Message Content Intent', list)).toMatchObject({ level: 'problem' });
    expect(about('Discord: guilds', list)).toMatchObject({ level: 'warning' });
  });

  it('says so when Discord cannot be reached', async () => {
    const list = await findings({ apiUrl: 'http://127.0.0.1:1/api' });
    expect(list).toMatchObject([{ subject: 'Discord', level: 'problem' }]);
  });
});
