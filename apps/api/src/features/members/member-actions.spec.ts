import { type Member, memberSchema, type Snowflake } from '@guildhall/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { DiscordStage, type PersonName } from '../../../testing/discord-stage.js';
import { readProblem } from '../../../testing/problem-answers.js';

let stage: DiscordStage;

beforeAll(async () => {
  stage = await DiscordStage.set(inject('postgresUrl'));
});
afterAll(() => stage?.strike());
afterEach(() => stage.control.failRest(null));

const at = (person: PersonName | 'stranger', tail = '') => `GUILD/members/${stage.people[person]}${tail}`;
const answered = async (response: Response): Promise<Member> => {
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return memberSchema.parse(await response.json());
};
const lastDiscordAuditEntry = () => stage.guild.auditLog.at(-1);

describe('PATCH …/members/:userId', () => {
  it('changes a nickname on Discord, in the copy and in the audit log', async () => {
    const member = await answered(
      await stage.as('moderator', 'PATCH', at('fan'), { nickname: ' Fan One ', reason: 'asked' }),
    );
    expect(member).toMatchObject({ nickname: 'Fan One', user: { id: stage.people.fan } });
    expect(stage.member('fan')?.nick).toBe('Fan One');
    expect((await stage.row('fan'))?.nickname).toBe('Fan One');
    expect((await stage.audit('member.updated')).at(-1)).toMatchObject({
      target: { id: stage.people.fan },
      details: { before: { nickname: null }, after: { nickname: 'Fan One', by: 'capability' }, reason: 'asked' },
    });
  });

  it('says in Discord’s audit log who did it and why, whatever the reason holds', async () => {
    await answered(
      await stage.as('administrator', 'PATCH', at('fan'), { nickname: null, reason: 'été 👍 %0d%0aX: y' }),
    );
    expect(lastDiscordAuditEntry()?.reason).toBe(
      `${stage.people.administrator} (${stage.people.administrator}) via Guildhall: été 👍 %0d%0aX: y`,
    );
    expect((await stage.audit('member.updated')).at(-1)).not.toMatchObject({
      details: { after: { by: 'capability' } },
    });
  });

  it('lets people change their own nickname, and nobody that of an equal or a superior', async () => {
    await answered(await stage.as('moderator', 'PATCH', at('moderator'), { nickname: 'Me' }));
    for (const target of ['otherModerator', 'lead', 'owner'] as const) {
      const problem = await readProblem(await stage.as('moderator', 'PATCH', at(target), { nickname: 'X' }));
      expect(problem.code).toBe('above-your-role');
      expect(stage.member(target)?.nick).toBeNull();
    }
  });

  it('adds a member whose arrival has not reached us', async () => {
    const late = stage.control.createUser({ username: 'late' }).id as Snowflake;
    stage.control.addMember(stage.guildId, late);
    const member = await answered(await stage.as('owner', 'PATCH', `GUILD/members/${late}`, { nickname: 'Late' }));
    expect(member).toMatchObject({ nickname: 'Late', user: { username: 'late' } });
    const known = await answered(await stage.as('owner', 'GET', `GUILD/members/${late}`));
    expect(known).toEqual(member);
  });

  it.each([
    ['a nickname of 33 characters', { nickname: 'n'.repeat(33) }, 'nickname'],
    ['no nickname', {}, 'nickname'],
    ['a reason of 513 characters', { nickname: 'x', reason: 'r'.repeat(513) }, 'reason'],
    ['a reason of two lines', { nickname: 'x', reason: 'one\r\nSet-Cookie: a=b' }, 'reason'],
    ['an unknown field', { nickname: 'x', nick: 'y' }, 'nick'],
  ])('refuses %s', async (_, body, path) => {
    const problem = await readProblem(await stage.as('owner', 'PATCH', at('fan'), body));
    expect(problem).toMatchObject({ code: 'validation-failed', errors: [{ path }] });
  });

  it('names our field where Discord refuses the value', async () => {
    stage.control.failRest({
      method: 'PATCH',
      path: 'members',
      status: 400,
      code: 50035,
      message: 'Invalid Form Body',
      times: 1,
    });
    const problem = await readProblem(await stage.as('owner', 'PATCH', at('fan'), { nickname: 'ok' }));
    expect(problem).toMatchObject({ code: 'validation-failed', discordCode: 50035 });
  });
});

describe('PATCH …/members/:userId/timeout', () => {
  const end = () => new Date(stage.api.clock.now().getTime() + 3_600_000).toISOString();

  it('silences a member for a time and ends that again', async () => {
    const silenced = await answered(
      await stage.as('moderator', 'PATCH', at('newcomer', '/timeout'), { durationSeconds: 3_600 }),
    );
    expect(silenced.timeoutUntil).toBe(end());
    expect(Date.parse(stage.member('newcomer')?.timeoutUntil ?? '')).toBe(Date.parse(end()));
    expect((await stage.row('newcomer'))?.timeoutUntil?.toISOString()).toBe(end());
    const freed = await answered(await stage.as('moderator', 'PATCH', at('newcomer', '/timeout'), { until: null }));
    expect(freed.timeoutUntil).toBeNull();
    expect(stage.member('newcomer')?.timeoutUntil).toBeNull();
    expect(await stage.audit('member.timedOut')).toHaveLength(1);
    expect(await stage.audit('member.timeoutRemoved')).toHaveLength(1);
  });

  it('is open to the bot on behalf of a member', async () => {
    const body = { durationSeconds: 60, reason: 'spam' };
    await answered(await stage.asBotFor('moderator', 'PATCH', at('fan', '/timeout'), body));
    const problem = await readProblem(await stage.asBotFor('fan', 'PATCH', at('newcomer', '/timeout'), body));
    expect(problem.code).toBe('missing-capability');
  });

  it.each([
    ['29 days', () => ({ durationSeconds: 29 * 86_400 }), 'durationSeconds'],
    [
      'an end in 29 days',
      () => ({ until: new Date(stage.api.clock.now().getTime() + 29 * 86_400_000).toISOString() }),
      'until',
    ],
    ['an end in the past', () => ({ until: '2020-01-01T00:00:00Z' }), 'until'],
    ['both ways at once', () => ({ until: null, durationSeconds: 60 }), 'until'],
    ['neither of them', () => ({}), 'until'],
  ])('refuses %s', async (_, body, path) => {
    const problem = await readProblem(await stage.as('owner', 'PATCH', at('newcomer', '/timeout'), body()));
    expect(problem).toMatchObject({ code: 'validation-failed', errors: [{ path }] });
    expect(stage.member('newcomer')?.timeoutUntil).toBeNull();
  });

  it('says in words what Discord refuses: nobody times out an administrator', async () => {
    const problem = await readProblem(
      await stage.as('owner', 'PATCH', at('administrator', '/timeout'), { durationSeconds: 60 }),
    );
    expect(problem).toMatchObject({ code: 'discord-missing-permission', discordCode: 50013 });
    expect(problem.detail).toContain('bot lacks a permission');
  });

  it('does not act on who stands above the bot', async () => {
    const problem = await readProblem(
      await stage.as('owner', 'PATCH', at('chief', '/timeout'), { durationSeconds: 60 }),
    );
    expect(problem.code).toBe('discord-missing-permission');
  });
});

describe('DELETE …/members/:userId', () => {
  let leaver: Snowflake;

  beforeEach(async () => {
    leaver = stage.control.createUser({ username: 'leaver' }).id as Snowflake;
    stage.control.addMember(stage.guildId, leaver);
    await stage.copy();
  });
  const kick = (person: PersonName, body?: unknown) => stage.as(person, 'DELETE', `GUILD/members/${leaver}`, body);

  it('removes a member from the guild, and from the copy at once', async () => {
    expect((await kick('moderator', { reason: 'rude' })).status).toBe(204);
    expect(stage.guild.members.has(leaver)).toBe(false);
    expect((await stage.as('owner', 'GET', `GUILD/members/${leaver}`)).status).toBe(404);
    expect((await stage.audit('member.kicked')).at(-1)).toMatchObject({
      target: { id: leaver, name: 'leaver' },
      details: { reason: 'rude', after: { by: 'capability' } },
    });
  });

  it('needs no reason, and no body', async () => {
    expect((await kick('moderator')).status).toBe(204);
  });

  it('asks Discord for the roles: one taken away a moment ago no longer counts', async () => {
    stage.control.setMemberRoles(stage.guildId, stage.people.otherModerator, []);
    try {
      expect((await readProblem(await kick('otherModerator'))).code).toMatch(/not-found|missing-capability/);
      expect(stage.guild.members.has(leaver)).toBe(true);
    } finally {
      stage.control.setMemberRoles(stage.guildId, stage.people.otherModerator, [stage.roles.moderator]);
    }
  });

  it('is refused while Discord is away, and nothing is written', async () => {
    const before = (await stage.audit('member.kicked')).length;
    stage.control.failRest({ status: 503, times: 100 });
    expect((await readProblem(await kick('moderator'))).code).toBe('discord-unavailable');
    expect(await stage.audit('member.kicked')).toHaveLength(before);
  });

  it('keeps the copy as it is when Discord refuses', async () => {
    stage.control.failRest({ method: 'DELETE', path: 'members', status: 403, code: 50013, times: 1 });
    expect(await readProblem(await kick('moderator'))).toMatchObject({
      code: 'discord-missing-permission',
      discordCode: 50013,
    });
    expect((await stage.as('owner', 'GET', `GUILD/members/${leaver}`)).status).toBe(200);
  });

  it('has nobody to remove where nobody is, keeping Discord’s code', async () => {
    const problem = await readProblem(await stage.as('moderator', 'DELETE', at('stranger')));
    expect(problem).toMatchObject({ code: 'not-found', discordCode: 10007 });
  });

  it('is not open to members, and does not exist for strangers', async () => {
    expect((await readProblem(await kick('fan'))).code).toBe('missing-capability');
    expect((await readProblem(await stage.as('stranger', 'DELETE', at('fan')))).code).toBe('not-found');
  });
});
