import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { demoApplication } from '../src/index.js';
import { ALL_PERMISSIONS } from '../src/state/permissions.js';
import { Bench } from './bench.js';
import type { Description, Operation } from './description.js';

/** What became of an operation when it was tried in three wrong ways; null where that way does not exist. */
export interface Findings {
  /** Without a token it answers 401. */
  isClosedToStrangers: boolean | null;
  /** A bot without permissions is answered 403. */
  isEnforced: boolean;
  /** A body of wrong types is answered with form errors, 50035. */
  isChecked: boolean | null;
}

const INVALID_FORM_BODY = 50035;

/** Tries operations on a guild that has one of everything. */
export class Probes {
  private constructor(
    private readonly bench: Bench,
    private readonly description: Description,
    private readonly ids: Readonly<Record<string, string>>,
  ) {}

  static async start(description: Description): Promise<Probes> {
    const bench = await Bench.start({ botPermissions: ALL_PERMISSIONS });
    return new Probes(bench, description, await furnish(bench));
  }

  async close(): Promise<void> {
    await this.bench.close();
  }

  async try(operation: Operation): Promise<Findings> {
    const { method, route } = operation;
    const path = route.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => this.ids[name] ?? '1');
    const body = this.description.wrongBodyFor(operation);
    const isChecked = body === undefined ? null : await this.isRefused(method, path, { body, code: INVALID_FORM_BODY });
    const isClosedToStrangers = this.description.needsToken(operation)
      ? (await this.status(method, path, null)) === 401
      : null;
    return {
      isChecked,
      isClosedToStrangers,
      isEnforced: (await this.withoutPermissions(() => this.status(method, path))) === 403,
    };
  }

  private async isRefused(method: string, path: string, { body, code }: { body: unknown; code: number }) {
    const response = await this.send(method, path, { body });
    return response.status === 400 && ((await response.json()) as { code: number }).code === code;
  }

  private async status(method: string, path: string, authorization?: string | null): Promise<number> {
    return (await this.send(method, path, { body: method === 'GET' ? undefined : {}, authorization })).status;
  }

  private send(
    method: string,
    path: string,
    {
      body,
      authorization = `Bot ${demoApplication.botToken}`,
    }: { body: unknown; authorization?: string | null | undefined },
  ): Promise<Response> {
    return fetch(`${this.bench.simulator.apiUrl}/v10${path}`, {
      method,
      headers: {
        ...(authorization === null ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  private async withoutPermissions<Result>(act: () => Promise<Result>): Promise<Result> {
    const { control, guildId } = this.bench;
    const guild = control.guilds().find(({ id }) => id === guildId);
    const before = [...(guild?.roles.values() ?? [])].map(({ id, permissions }) => ({ id, permissions }));
    for (const { id } of before) {
      control.updateRole(guildId, id, { permissions: String(id === guildId ? Permission.ViewChannel : 0n) });
    }
    try {
      return await act();
    } finally {
      for (const { id, permissions } of before) control.updateRole(guildId, id, { permissions });
    }
  }
}

/** A picture of one pixel. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** One of everything an operation may name, by the names of Discord's parameters. */
async function furnish(bench: Bench): Promise<Record<string, string>> {
  const guild = `/guilds/${bench.guildId}`;
  const channel = `/channels/${bench.channelId}`;
  const make = async (path: string, body: unknown) =>
    await bench.json<{ id: string; code: string; token: string }>(bench.rest('POST', path, body), [200, 201]);
  const event = {
    name: 'Meeting',
    privacy_level: 2,
    entity_type: 3,
    scheduled_start_time: new Date(Date.now() + 3_600_000).toISOString(),
    scheduled_end_time: new Date(Date.now() + 7_200_000).toISOString(),
    entity_metadata: { location: 'Here' },
  };
  const rule = {
    name: 'Words',
    event_type: 1,
    trigger_type: 1,
    actions: [{ type: 1 }],
    trigger_metadata: { keyword_filter: ['x'] },
  };
  const webhook = await make(`${channel}/webhooks`, { name: 'Hook' });
  const member = bench.person('member');
  const role = await make(`${guild}/roles`, { name: 'Role' });
  await bench.rest('PUT', `${channel}/permissions/${role.id}`, { type: 0, allow: '0', deny: '0' });
  return {
    guild_id: bench.guildId,
    channel_id: bench.channelId,
    application_id: demoApplication.id,
    message_id: bench.say('hello'),
    user_id: member,
    role_id: role.id,
    overwrite_id: role.id,
    emoji_name: '%F0%9F%91%8D',
    emoji_id: (await make(`${guild}/emojis`, { name: 'pixel', image: PIXEL })).id,
    rule_id: (await make(`${guild}/auto-moderation/rules`, rule)).id,
    guild_scheduled_event_id: (await make(`${guild}/scheduled-events`, event)).id,
    code: (await make(`${channel}/invites`, {})).code,
    webhook_id: webhook.id,
    webhook_token: webhook.token,
    command_id: (await make(`/applications/${demoApplication.id}/commands`, { name: 'probe', description: 'Probe' }))
      .id,
  };
}
