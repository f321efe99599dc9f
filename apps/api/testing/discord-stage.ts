import {
  type Capability,
  type CapabilitySet,
  INTERACTION_CONTEXT_HEADER,
  type Snowflake,
  type AuditAction,
} from '@guildhall/contracts';
import { schema } from '@guildhall/database';
import { type Control, demoApplication, type Simulator } from '@guildhall/discord-simulator';
import { startCheckedSimulator } from '@guildhall/discord-simulator/testing';
import { and, eq } from 'drizzle-orm';
import { TEST_SERVICE_TOKEN } from './api.js';
import { channel, event, id, member, role, snapshot, TestLane, user } from './bot-events.js';
import { type IngestApp, type MigratedDatabase, migratedDatabase, startIngestApp } from './ingest-app.js';
import { signIn } from './people.js';

const ADMINISTRATOR = 1n << 3n;

/** Roles of the stage, the lowest first. `bot` is the bot's own, and nobody but the owner stands above it, save `chief`. */
const ROLES = ['fan', 'moderator', 'lead', 'administrator', 'bot', 'chief'] as const;
type RoleName = (typeof ROLES)[number];

/** What the people of the stage may do in Guildhall beyond what Discord gives them, by their role. */
const SETS: Partial<Record<RoleName, CapabilitySet>> = { moderator: 'moderator', lead: 'manager', fan: 'member' };

/** The people: the role that each has. */
const PEOPLE = {
  owner: null,
  chief: 'chief',
  administrator: 'administrator',
  lead: 'lead',
  moderator: 'moderator',
  otherModerator: 'moderator',
  fan: 'fan',
  newcomer: null,
} as const satisfies Record<string, RoleName | null>;
export type PersonName = keyof typeof PEOPLE;

/** A guild on the local Discord and the same in the API's copy, with people of every rank who are signed in. */
export class DiscordStage {
  readonly roles = {} as Record<RoleName, Snowflake>;
  readonly people = {} as Record<PersonName | 'stranger', Snowflake>;
  private readonly tokens = new Map<string, Promise<string>>();

  private constructor(
    readonly simulator: Simulator,
    readonly database: MigratedDatabase,
    readonly api: IngestApp,
    readonly guildId: Snowflake,
    readonly channelId: Snowflake,
  ) {}

  /**
   * @param through where the API finds the database, when not directly
   * @param overrides environment variables of the API
   */
  static async set(
    postgresUrl: string,
    through: (databaseUrl: string) => string = (url) => url,
    overrides: Record<string, string> = {},
  ): Promise<DiscordStage> {
    const simulator = await startCheckedSimulator({ port: 0, seed: 'empty', activity: false, rateLimits: 'off' });
    const database = await migratedDatabase(postgresUrl);
    const api = await startIngestApp(through(database.url), { DISCORD_API_URL: simulator.apiUrl, ...overrides });
    const { control } = simulator;
    const owner = control.createUser({ username: 'owner' });
    const guild = control.createGuild({ name: 'Volta', ownerId: owner.id, botPermissions: ADMINISTRATOR });
    const { id: channelId } = control.createChannel(guild.id, { name: 'general' });
    const stage = new DiscordStage(simulator, database, api, id(guild.id), id(channelId));
    stage.people.owner = id(owner.id);
    stage.people.stranger = id(control.createUser({ username: 'stranger' }).id);
    stage.fill();
    await stage.copy();
    return stage;
  }

  get control(): Simulator['control'] {
    return this.simulator.control;
  }

  /** Calls the API as a person; a path is below `/api/discord/`, or begins with a slash. `GUILD` is that of the stage. */
  async as(
    person: PersonName | 'stranger',
    method: string,
    path: string,
    body?: unknown,
    headers = {},
  ): Promise<Response> {
    return this.withToken(await this.tokenOf(person), method, path, body, headers);
  }

  /** The same with an access token or an API key. */
  async withToken(token: string, method: string, path: string, body?: unknown, headers = {}): Promise<Response> {
    return this.call(method, path, { body, headers: { authorization: `Bearer ${token}`, ...headers } });
  }

  /** Calls the API as the bot does for a person, with the roles that Discord would tell. */
  async asBotFor(person: PersonName, method: string, path: string, body?: unknown): Promise<Response> {
    const roleIds = this.member(person)?.roleIds ?? [];
    const context = { guildId: this.guildId, userId: this.people[person], roleIds, permissions: '0', locale: 'en' };
    const encoded = Buffer.from(JSON.stringify(context)).toString('base64url');
    const headers = { authorization: `Bearer ${TEST_SERVICE_TOKEN}`, [INTERACTION_CONTEXT_HEADER]: encoded };
    return this.call(method, path, { body, headers });
  }

  /** A member on Discord. */
  member(person: PersonName | 'stranger') {
    return this.guild.members.get(this.people[person]);
  }

  get guild(): ReturnType<Control['guilds']>[number] {
    const guild = this.control.guilds().find((it) => it.id === this.guildId);
    if (!guild) throw new Error('the guild is gone');
    return guild;
  }

  /** A member's row in our copy. */
  async row(person: PersonName | 'stranger') {
    const { members } = schema;
    const [row] = await this.database.database
      .select()
      .from(members)
      .where(and(eq(members.guildId, this.guildId), eq(members.userId, this.people[person])));
    return row;
  }

  /** What the audit log says of an action, the latest last. */
  async audit(action: AuditAction): Promise<Record<string, unknown>[]> {
    const { rows } = await this.database.pool.query<{ body: Record<string, unknown> }>(
      `select json_object_agg(p.part, p.body) as body from audit_entries e join audit_parts p on p.entry_id = e.id
       where e.action = $1 group by e.id, e.seq order by e.seq`,
      [action],
    );
    return rows.map(({ body }) => body);
  }

  /** Gives a role of the stage capabilities beyond its set. */
  async grant(roleName: RoleName, granted: Capability[]): Promise<void> {
    const { roleAccess } = schema;
    await this.database.database
      .update(roleAccess)
      .set({ granted })
      .where(and(eq(roleAccess.guildId, this.guildId), eq(roleAccess.roleId, this.roles[roleName])));
  }

  /** Brings the API's copy to what is on Discord now. */
  async copy(): Promise<void> {
    const { guild } = this;
    const roles = [...guild.roles.values()].map((record) =>
      role(id(record.id), {
        name: record.name,
        position: record.position,
        permissions: record.permissions,
        isManaged: record.botId !== null,
      }),
    );
    const facts = {
      id: this.guildId,
      name: guild.name,
      icon: null,
      ownerId: this.people.owner,
      preferredLocale: 'en-US',
    };
    const channels = [...guild.channels.values()].map((record) => channel(id(record.id), { name: record.name }));
    const sync = event('guild_sync', this.guildId, snapshot(this.guildId, { guild: facts, roles, channels }));
    const arrivals = [...guild.members.values()].map((record) => {
      const account = this.control.users().find((it) => it.id === record.userId);
      const known = user(id(record.userId), { username: account?.username ?? '', isBot: account?.isBot ?? false });
      const timeoutUntil = record.timeoutUntil;
      return event(
        'member_add',
        this.guildId,
        member(id(record.userId), {
          user: known,
          nickname: record.nick,
          roleIds: record.roleIds.map(id),
          timeoutUntil,
        }),
      );
    });
    await this.api.ingest.store(new TestLane().batch(sync, ...arrivals), 'guildhall');
    const access = Object.entries(SETS).map(([name, set]) => ({
      guildId: this.guildId,
      // Safe: the keys of SETS are names of roles.
      roleId: this.roles[name as RoleName],
      set,
      granted: [],
      removed: [],
    }));
    await this.database.database.insert(schema.roleAccess).values(access).onConflictDoNothing();
  }

  async strike(): Promise<void> {
    await this.api?.close();
    await this.database?.close();
    await this.simulator?.close();
  }

  private fill(): void {
    const { control, guildId } = this;
    for (const [index, name] of ROLES.entries()) {
      const position = index + 1;
      if (name === 'bot') {
        const own = [...this.guild.roles.values()].find(({ botId }) => botId === demoApplication.id);
        if (!own) throw new Error('the bot has no role');
        control.updateRole(guildId, own.id, { position });
        this.roles.bot = id(own.id);
        continue;
      }
      const permissions = name === 'administrator' ? ADMINISTRATOR : 0n;
      this.roles[name] = id(control.createRole(guildId, { name, position, permissions }).id);
    }
    for (const [name, roleName] of Object.entries(PEOPLE) as [PersonName, RoleName | null][]) {
      if (name === 'owner') continue;
      const { id: userId } = control.createUser({ username: name });
      control.addMember(guildId, userId, { roleIds: roleName === null ? [] : [this.roles[roleName]] });
      this.people[name] = id(userId);
    }
  }

  /** The access token of a person. */
  async tokenOf(person: PersonName | 'stranger'): Promise<string> {
    const token = this.tokens.get(person) ?? this.signIn(person);
    this.tokens.set(person, token);
    return token;
  }

  private async signIn(person: PersonName | 'stranger'): Promise<string> {
    return (await signIn(this.api.app, this.database.database, this.people[person])).accessToken;
  }

  private async call(
    method: string,
    path: string,
    { body, headers }: { body: unknown; headers: Record<string, string> },
  ): Promise<Response> {
    const address = path.replace('GUILD', `guilds/${this.guildId}`);
    const url = `${this.api.url}${address.startsWith('/') ? address : `/api/discord/${address}`}`;
    if (body === undefined) return fetch(url, { method, headers });
    return fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }
}
