import { schema } from '@guildhall/database';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { event, idAt, message, TestLane } from '../../../testing/bot-events.js';
import { DiscordStage } from '../../../testing/discord-stage.js';
import { readProblem } from '../../../testing/problem-answers.js';

const DATA = '/api/GUILD/data';

let stage: DiscordStage;

beforeAll(async () => {
  stage = await DiscordStage.set(inject('postgresUrl'));
});
afterAll(() => stage?.strike());

const codeOf = async (response: Promise<Response>) => (await readProblem(await response)).code;
const confirmed = { confirm: 'Volta' };

async function rowsLeft(): Promise<number> {
  const { guilds, guildSettings, members, messages, roleAccess, roles } = schema;
  const { database } = stage.database;
  const counts = [
    await database.$count(guilds, eq(guilds.id, stage.guildId)),
    ...(await Promise.all(
      [guildSettings, members, messages, roleAccess, roles].map((table) =>
        database.$count(table, eq(table.guildId, stage.guildId)),
      ),
    )),
  ];
  return counts.reduce((sum, count) => sum + count, 0);
}

describe('DELETE /api/guilds/:guildId/data', () => {
  it('is for the owner in person', async () => {
    for (const person of ['administrator', 'lead'] as const) {
      expect(await codeOf(stage.as(person, 'DELETE', DATA, confirmed))).toBe('owner-only');
    }
    expect(await codeOf(stage.as('stranger', 'DELETE', DATA, confirmed))).toBe('not-found');
    const body = { name: 'automation', capabilities: ['guild.view', 'guild.manage'] };
    const { key } = (await (await stage.as('owner', 'POST', '/api/GUILD/api-keys', body)).json()) as { key: string };
    expect(await codeOf(stage.withToken(key, 'DELETE', DATA, confirmed))).toBe('owner-only');
  });

  it('asks for the name of the guild', async () => {
    expect(await codeOf(stage.as('owner', 'DELETE', DATA, { confirm: 'volta' }))).toBe('validation-failed');
    expect(await codeOf(stage.as('owner', 'DELETE', DATA, {}))).toBe('validation-failed');
    expect((await stage.as('owner', 'GET', '/api/GUILD')).status).toBe(200);
  });

  it('hides the guild at once and deletes all of it but the audit log, though the bot is still there', async () => {
    await stage.as('owner', 'PATCH', '/api/GUILD/settings', { prefix: '?' });
    const written = message(idAt('2026-11-20T12:00:00Z'), { channelId: stage.channelId });
    await stage.api.ingest.store(new TestLane().batch(event('message_create', stage.guildId, written)), 'guildhall');
    expect(await rowsLeft()).toBeGreaterThan(10);

    const [first, second] = await Promise.all([
      stage.as('owner', 'DELETE', DATA, confirmed),
      stage.as('owner', 'DELETE', DATA, confirmed),
    ]);
    expect([first.status, second.status].toSorted()[0]).toBe(202);
    expect(await codeOf(stage.as('owner', 'GET', '/api/GUILD'))).toBe('not-found');
    await expect.poll(rowsLeft, { timeout: 15_000 }).toBe(0);
    expect((await stage.audit('guild.dataDeleted'))[0]).toMatchObject({
      actor: { discordId: stage.people.owner },
      target: { id: stage.guildId, name: 'Volta' },
    });
  });

  it('leaves alone what begins anew afterwards', async () => {
    await stage.copy();
    expect((await stage.as('owner', 'GET', '/api/GUILD')).status).toBe(200);
    const jobs = `select state from pgboss.job where name = 'guilds.delete-data'`;
    await expect
      .poll(async () => (await stage.database.pool.query<{ state: string }>(jobs)).rows.map(({ state }) => state), {
        timeout: 15_000,
      })
      .not.toContain('created');
    expect(await (await stage.as('owner', 'GET', '/api/GUILD/settings')).json()).toMatchObject({
      prefix: '!',
      version: 0,
    });
  });
});
