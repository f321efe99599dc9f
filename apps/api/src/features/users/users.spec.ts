import { channelSchema, discordUserSchema } from '@guildhall/contracts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DiscordStage } from '../../../testing/discord-stage.js';
import { readProblem } from '../../../testing/problem-answers.js';

let stage: DiscordStage;

beforeAll(async () => {
  stage = await DiscordStage.set(inject('postgresUrl'));
});
afterAll(() => stage?.strike());

describe('GET /api/discord/users/:userId', () => {
  it('shows who shares a guild with me', async () => {
    const response = await stage.as('fan', 'GET', `users/${stage.people.owner}`);
    expect(discordUserSchema.parse(await response.json())).toMatchObject({ id: stage.people.owner, username: 'owner' });
  });

  it('hides everybody else, and everybody from who shares nothing', async () => {
    expect((await readProblem(await stage.as('owner', 'GET', `users/${stage.people.stranger}`))).code).toBe(
      'not-found',
    );
    expect((await readProblem(await stage.as('stranger', 'GET', `users/${stage.people.owner}`))).code).toBe(
      'not-found',
    );
    // In the guild, but without the right to see its members.
    expect((await readProblem(await stage.as('newcomer', 'GET', `users/${stage.people.owner}`))).code).toBe(
      'not-found',
    );
  });
});

describe('GET /api/discord/channels/:channelId', () => {
  it('shows a channel to who may see channels', async () => {
    const response = await stage.as('fan', 'GET', `channels/${stage.channelId}`);
    expect(channelSchema.parse(await response.json())).toMatchObject({ id: stage.channelId, name: 'general' });
    expect((await readProblem(await stage.as('newcomer', 'GET', `channels/${stage.channelId}`))).code).toBe(
      'not-found',
    );
  });
});
