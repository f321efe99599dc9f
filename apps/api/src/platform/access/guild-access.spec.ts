import { CAPABILITIES, type Snowflake } from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { id } from '../../../testing/bot-events.js';
import { DiscordStage, type PersonName } from '../../../testing/discord-stage.js';
import { signIn } from '../../../testing/people.js';
import type { AccountIdentity, ApiKeyIdentity, Identity, InteractionIdentity } from '../identity/identity.js';
import { newId } from '../ids.js';
import type { DomainError } from '../problems/domain-error.js';
import { GuildAccess } from './guild-access.js';

let stage: DiscordStage;
let access: GuildAccess;

beforeAll(async () => {
  stage = await DiscordStage.set(inject('postgresUrl'));
  access = stage.api.app.get(GuildAccess);
});
afterAll(() => stage?.strike());
afterEach(() => stage.control.failRest(null));

const session = { sessionId: newId(), role: 'ADMIN', expiresAt: new Date() } as const;

/** A person by Discord alone: each request has an identity of its own. */
function account(person: PersonName | 'stranger'): AccountIdentity {
  return { kind: 'account', accountId: newId(), discordId: stage.people[person], ...session };
}

function interaction(person: PersonName, ...roleIds: Snowflake[]): InteractionIdentity {
  return { kind: 'interaction', discordId: stage.people[person], guildId: stage.guildId, roleIds, permissions: '0' };
}

function apiKey(createdBy: ApiKeyIdentity['createdBy'], guildId = stage.guildId): ApiKeyIdentity {
  return { kind: 'apiKey', apiKeyId: newId(), guildId, capabilities: CAPABILITIES, createdBy };
}

async function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'allowed',
    (error: unknown) => (error as DomainError).code,
  );
}

const above = (identity: Identity, person: PersonName | 'stranger', options = {}) =>
  outcome(access.requireAbove(identity, stage.guildId, stage.people[person], options));
const mapped = async (identity: Identity) => (await access.capabilitiesOf(identity, stage.guildId)).size > 0;

describe('the capabilities of a caller', () => {
  it('follow from the roles, never from a role on the instance', async () => {
    expect(await mapped(account('moderator'))).toBe(true);
    expect(await mapped(account('newcomer'))).toBe(false);
    expect(await mapped(account('stranger'))).toBe(false);
  });

  it('follow from the roles in an interaction, and hold in its guild alone', async () => {
    expect(await mapped(interaction('newcomer', stage.roles.moderator))).toBe(true);
    expect(await mapped(interaction('moderator'))).toBe(false);
    expect((await access.capabilitiesOf(interaction('moderator', stage.roles.moderator), id(77))).size).toBe(0);
    expect(await access.visibleGuilds(interaction('moderator'))).toEqual([]);
  });

  it('of an API key are those of its creator, in its guild alone', async () => {
    const creator = { accountId: newId(), discordId: stage.people.moderator };
    expect(await access.capabilitiesOf(apiKey(creator), stage.guildId)).toEqual(
      await access.capabilitiesOf(account('moderator'), stage.guildId),
    );
    expect(await mapped(apiKey(creator, id(77)))).toBe(false);
    expect((await access.visibleGuilds(apiKey(creator))).map(({ guildId }) => guildId)).toEqual([stage.guildId]);
    expect(await mapped(apiKey({ accountId: newId(), discordId: stage.people.stranger }))).toBe(false);
    expect(await mapped(apiKey({ accountId: newId(), discordId: null }))).toBe(false);
  });
});

describe('requireOwner', () => {
  it('knows the owner in person only', async () => {
    const asked = (identity: Identity) => outcome(access.requireOwner(identity, stage.guildId));
    expect(await asked(account('owner'))).toBe('allowed');
    expect(await asked(account('administrator'))).toBe('owner-only');
    expect(await asked(account('stranger'))).toBe('not-found');
    expect(await asked(apiKey({ accountId: newId(), discordId: stage.people.owner }))).toBe('owner-only');
    expect(await asked(apiKey(null))).toBe('owner-only');
  });
});

describe('requireFresh', () => {
  const kick = (identity: Identity) => outcome(access.requireFresh(identity, stage.guildId, 'members.kick'));

  it('goes by what Discord says now, for a person and for the keys that they made', async () => {
    const key = () => apiKey({ accountId: newId(), discordId: stage.people.moderator });
    expect([await kick(account('moderator')), await kick(key())]).toEqual(['allowed', 'allowed']);
    stage.control.setMemberRoles(stage.guildId, stage.people.moderator, [stage.roles.fan]);
    expect([await kick(account('moderator')), await kick(key())]).toEqual(['missing-capability', 'missing-capability']);
    stage.control.setMemberRoles(stage.guildId, stage.people.moderator, [stage.roles.moderator]);
    expect(await kick(account('moderator'))).toBe('allowed');
  });

  it('refuses in doubt, but for whom Discord has nothing to say about', async () => {
    stage.control.failRest({ status: 500, times: 100 });
    expect(await kick(account('moderator'))).toBe('discord-unavailable');
    expect(await kick(account('stranger'))).toBe('not-found');
    expect(await kick(interaction('moderator', stage.roles.moderator))).toBe('allowed');
    const guest = await signIn(stage.api.app, stage.database.database, null);
    await stage.database.database
      .insert(schema.guildPeople)
      .values({ guildId: stage.guildId, accountId: guest.accountId, capabilities: ['members.kick'] });
    expect(await kick({ ...account('stranger'), discordId: null, accountId: guest.accountId })).toBe('allowed');
  });
});

describe('requireAbove', () => {
  it.each<[PersonName, PersonName | 'stranger', string]>([
    ['lead', 'moderator', 'allowed'],
    ['moderator', 'otherModerator', 'above-your-role'],
    ['moderator', 'lead', 'above-your-role'],
    ['moderator', 'moderator', 'above-your-role'],
    ['chief', 'owner', 'above-your-role'],
    ['owner', 'owner', 'above-your-role'],
    ['newcomer', 'newcomer', 'above-your-role'],
    ['owner', 'chief', 'discord-missing-permission'],
    ['owner', 'administrator', 'allowed'],
    ['moderator', 'stranger', 'allowed'],
  ])('answers %s about %s: %s', async (actor, target, expected) => {
    expect(await above(account(actor), target)).toBe(expected);
  });

  it('lets people act on themselves where that makes sense', async () => {
    expect(await above(account('moderator'), 'moderator', { allowsSelf: true })).toBe('allowed');
    expect(await above(account('moderator'), 'otherModerator', { allowsSelf: true })).toBe('above-your-role');
  });

  it('does not ask for the bot’s rank where the bot has nothing to do', async () => {
    expect(await above(account('owner'), 'chief', { isDoneByBot: false })).toBe('allowed');
  });

  it('puts an API key where its creator stands, and the bootstrap key below the owner alone', async () => {
    const key = apiKey({ accountId: newId(), discordId: stage.people.moderator });
    expect([await above(key, 'fan'), await above(key, 'otherModerator')]).toEqual(['allowed', 'above-your-role']);
    expect([await above(apiKey(null), 'administrator'), await above(apiKey(null), 'owner')]).toEqual([
      'allowed',
      'above-your-role',
    ]);
  });

  it('goes by what Discord says now of both', async () => {
    stage.control.setMemberRoles(stage.guildId, stage.people.fan, [stage.roles.lead]);
    expect(await above(account('moderator'), 'fan')).toBe('above-your-role');
    stage.control.setMemberRoles(stage.guildId, stage.people.fan, [stage.roles.fan]);
    expect(await above(interaction('moderator'), 'fan')).toBe('above-your-role');
    expect(await above(interaction('moderator', stage.roles.moderator), 'fan')).toBe('allowed');
  });

  it('refuses while somebody has a role that has not reached us: it may stand above all', async () => {
    const { id: unknown } = stage.control.createRole(stage.guildId, { name: 'new', position: 1 });
    stage.control.setMemberRoles(stage.guildId, stage.people.fan, [unknown]);
    expect(await above(account('lead'), 'fan')).toBe('discord-unavailable');
    await stage.copy();
    expect(await above(account('lead'), 'fan')).toBe('allowed');
  });
});
