import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { demoApplication } from '@guildhall/discord-simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { runBotToEnd } from '../test/running-bot.js';
import { Stage } from '../test/stage.js';

let stage: Stage | undefined;

afterEach(async () => {
  await stage?.strike();
  stage = undefined;
});

/** Runs a bot that must not start, and gives its one line on stderr. */
async function lastWords(changes: Record<string, string>): Promise<string> {
  stage ??= await Stage.set();
  const { code, stderr } = await runBotToEnd({ ...stage.environment, ...changes });
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  return stderr;
}

describe('a bot that cannot start says what to do, in one line', () => {
  it('about its environment', async () => {
    expect(await lastWords({ GATEWAY_SECRET: 'short', BOT_PORT: 'x' })).toMatch(/GATEWAY_SECRET.*BOT_PORT/);
  });

  it('about a token that Discord refuses', async () => {
    expect(await lastWords({ DISCORD_TOKEN: 'wrong' })).toMatch(/Discord refused DISCORD_TOKEN.*Reset Token/);
  });

  it('about privileged intents that are switched off', async () => {
    const privilegedIntents = { members: true, presence: false, messageContent: false };
    stage = await Stage.set({ application: { ...demoApplication, privilegedIntents } });
    expect(await lastWords({})).toMatch(/switch on .*Message Content Intent.*developers\/applications/);
  });

  it('about a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await lastWords({ BOT_PORT: String(port) })).toMatch(/already in use.*BOT_PORT/);
    server.close();
  });

  it('about a damaged outbox', async () => {
    stage = await Stage.set();
    mkdirSync(join(stage.dataDir, 'bot'));
    writeFileSync(join(stage.dataDir, 'bot', 'outbox-guildhall.sqlite'), 'not a database '.repeat(500));
    expect(await lastWords({})).toMatch(/damaged; move it away/);
  });

  it('about a data folder it cannot write to', async () => {
    stage = await Stage.set();
    const file = join(stage.dataDir, 'file');
    writeFileSync(file, '');
    expect(await lastWords({ GUILDHALL_DATA_DIR: file })).toMatch(/cannot write to.*GUILDHALL_DATA_DIR/);
  });
});

it('ends by itself when the parent that supervises it is gone', async () => {
  stage = await Stage.set();
  const bot = await stage.startBot();
  expect(await bot.abandon()).toBe(0);
});

it('waits for a Discord that cannot be reached, and stops when told to', async () => {
  stage = await Stage.set();
  await stage.simulator.close();
  const waiting = runBotToEnd(stage.environment, 'Discord cannot be reached');
  expect(await waiting).toEqual({ code: 0, stderr: '' });
});
