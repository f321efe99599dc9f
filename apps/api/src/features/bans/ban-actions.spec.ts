import { banPageSchema, banSchema } from '@guildhall/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { event, TestLane, user } from '../../../testing/bot-events.js';
import { DiscordStage } from '../../../testing/discord-stage.js';
import { readProblem } from '../../../testing/problem-answers.js';

let stage: DiscordStage;

beforeAll(async () => {
  stage = await DiscordStage.set(inject('postgresUrl'));
});
afterAll(() => stage?.strike());
afterEach(() => stage.control.failRest(null));

const at = (person: 'fan' | 'stranger' | 'otherModerator' | 'newcomer') => `GUILD/bans/${stage.people[person]}`;
const listed = async () => {
  const response = await stage.as('moderator', 'GET', 'GUILD/bans?limit=100');
  return banPageSchema.parse(await response.json()).items;
};

describe('PUT and DELETE …/bans/:userId', () => {
  it('bans a member, who is gone at once, and lifts the ban', async () => {
    const message = stage.control.sendMessage(stage.people.newcomer, stage.channelId, 'buy this');
    const answer = await stage.as('moderator', 'PUT', at('newcomer'), { deleteMessageSeconds: 3_600, reason: 'spam' });
    expect(answer.status).toBe(200);
    const ban = banSchema.parse(await answer.json());
    const shown = `${stage.people.moderator} (${stage.people.moderator}) via Guildhall: spam`;
    expect(ban).toMatchObject({ user: { username: 'newcomer' }, reason: shown });
    expect(stage.guild.bans.get(stage.people.newcomer)?.reason).toBe(shown);
    expect(stage.control.listSentMessages({ channelId: stage.channelId }).map(({ id }) => id)).not.toContain(
      message.id,
    );
    expect(await listed()).toEqual([ban]);
    expect((await stage.row('newcomer'))?.leftAt).not.toBeNull();
    expect((await stage.audit('member.banned')).at(-1)).toMatchObject({
      target: { id: stage.people.newcomer, name: 'newcomer' },
      details: { reason: 'spam', after: { deleteMessageSeconds: 3_600, by: 'capability' } },
    });

    expect((await stage.as('moderator', 'DELETE', at('newcomer'), { reason: 'sorry' })).status).toBe(204);
    expect(stage.guild.bans.size).toBe(0);
    expect(await listed()).toEqual([]);
    expect((await stage.audit('member.unbanned')).at(-1)).toMatchObject({ details: { reason: 'sorry' } });
  });

  it('bans somebody who never was in the guild, without a body, and twice', async () => {
    expect((await stage.as('moderator', 'PUT', at('stranger'))).status).toBe(200);
    expect((await stage.as('moderator', 'PUT', at('stranger'))).status).toBe(200);
    expect((await listed()).map((ban) => ban.user.username)).toEqual(['stranger']);
    expect((await stage.as('owner', 'DELETE', at('stranger'))).status).toBe(204);
  });

  it('lets what Discord tells later win over the answer', async () => {
    expect((await stage.as('moderator', 'PUT', at('stranger'))).status).toBe(200);
    const lifted = event('ban_remove', stage.guildId, { user: user(stage.people.stranger) }, new Date().toISOString());
    await stage.api.ingest.store(new TestLane().batch(lifted), 'guildhall');
    expect(await listed()).toEqual([]);
  });

  it('is open to the bot on behalf of a member', async () => {
    expect((await stage.asBotFor('moderator', 'PUT', at('stranger'), { reason: 'raid' })).status).toBe(200);
    expect((await stage.asBotFor('moderator', 'DELETE', at('stranger'))).status).toBe(204);
    expect((await readProblem(await stage.asBotFor('fan', 'PUT', at('stranger')))).code).toBe('missing-capability');
  });

  it('spares equals and superiors', async () => {
    const problem = await readProblem(await stage.as('moderator', 'PUT', at('otherModerator')));
    expect(problem.code).toBe('above-your-role');
    expect(stage.guild.bans.size).toBe(0);
  });

  it('keeps Discord’s code for who is not banned and for who does not exist', async () => {
    expect(await readProblem(await stage.as('owner', 'DELETE', at('fan')))).toMatchObject({
      code: 'not-found',
      discordCode: 10026,
    });
    const nobody = await stage.as('owner', 'PUT', 'GUILD/bans/1090000000000000999');
    expect(await readProblem(nobody)).toMatchObject({ code: 'not-found', discordCode: 10013 });
  });

  it.each([
    ['more than seven days of messages', { deleteMessageSeconds: 604_801 }, 'deleteMessageSeconds'],
    ['a reason of 513 characters', { reason: 'r'.repeat(513) }, 'reason'],
    ['a reason of two lines', { reason: 'a\nb' }, 'reason'],
  ])('refuses %s', async (_, body, path) => {
    const problem = await readProblem(await stage.as('owner', 'PUT', at('fan'), body));
    expect(problem).toMatchObject({ code: 'validation-failed', errors: [{ path }] });
    expect(stage.member('fan')).toBeDefined();
  });

  it('is refused while Discord is away, and when the bot may not', async () => {
    stage.control.failRest({ status: 502, times: 100 });
    expect((await readProblem(await stage.as('moderator', 'PUT', at('fan')))).code).toBe('discord-unavailable');
    stage.control.failRest(null);
    stage.control.failRest({ method: 'PUT', path: 'bans', status: 403, code: 50013, times: 1 });
    const problem = await readProblem(await stage.as('moderator', 'PUT', at('fan')));
    expect(problem).toMatchObject({ code: 'discord-missing-permission', discordCode: 50013 });
    expect(await listed()).toEqual([]);
    expect((await stage.row('fan'))?.leftAt).toBeNull();
  });
});
