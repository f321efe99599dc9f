import Fastify from 'fastify';
import { GatewayDispatchEvents, InteractionResponseType, InteractionType } from 'discord-api-types/v10';
import { GatewayHub } from '../src/gateway/hub.js';
import { GatewayLimits } from '../src/gateway/limits.js';
import { discordTimings, Interactions, STARTED_TYPES } from '../src/interactions/interactions.js';
import { interactionCallbackBody } from '../src/rest/interaction-schemas.js';
import { silentLogger } from '../src/logger.js';
import { RateLimits } from '../src/rest/rate-limits.js';
import { RestFaults } from '../src/rest/faults.js';
import { serveRest } from '../src/rest/server.js';
import { DISPATCH_NAMES } from '../src/state/dispatch.js';
import { World } from '../src/state/world.js';
import type { Description, Operation } from './description.js';
import { type Findings, Probes } from './probes.js';

/** Sent by the sessions themselves, and not by what happens in the world. */
const SESSION_DISPATCHES = ['READY', 'RESUMED', 'GUILD_MEMBERS_CHUNK', 'RATE_LIMITED', 'SOUNDBOARD_SOUNDS'];

interface Parity extends Operation {
  isServed: boolean;
  /** Absent for what is not served. */
  findings?: Findings;
}

/** Every operation Discord describes, and whether the simulator has a route for it. */
export async function compareOperations(description: Description): Promise<Parity[]> {
  const served = await servedRoutes();
  // A parameter of the simulator may stand for a word that Discord spells out, such as `@me`.
  const isServed = ({ method, route }: Operation) => served.some((it) => it.method === method && fits(it.route, route));
  return description.operations.map((operation) => ({ ...operation, isServed: isServed(operation) }));
}

/** The same, and what each operation refuses. */
export async function probeOperations(description: Description): Promise<Parity[]> {
  const probes = await Probes.start(description);
  const probed: Parity[] = [];
  for (const operation of await compareOperations(description))
    probed.push(operation.isServed ? { ...operation, findings: await probes.try(operation) } : operation);
  await probes.close();
  return probed;
}

async function servedRoutes(): Promise<{ method: string; route: string }[]> {
  const routes: { method: string; route: string }[] = [];
  const app = Fastify();
  app.addHook('onRoute', ({ method, url }) => {
    if (!url.startsWith('/api/v10/')) return;
    for (const it of [method].flat()) routes.push({ method: it, route: url.replace('/api/v10', '') });
  });
  const world = new World();
  await serveRest(app, {
    world,
    hub: new GatewayHub(world, silentLogger, new GatewayLimits(false)),
    interactions: new Interactions(world, discordTimings),
    rateLimits: new RateLimits(true),
    faults: new RestFaults(),
    logger: silentLogger,
  });
  await app.ready();
  await app.close();
  return routes;
}

function fits(own: string, discords: string): boolean {
  const [left, right] = [own.split('/'), discords.split('/')];
  const isSame = (part: string, index: number) => {
    const other = right[index] ?? '';
    if (part.startsWith(':')) return other.startsWith('{') || other === '@me' || other === '@original';
    return part === other;
  };
  return left.length === right.length && left.every(isSame);
}

/** `PARITY.md`: one row per operation and one per dispatch. */
export function renderParity(operations: readonly Parity[]): string {
  const served = operations.filter((it) => it.isServed).length;
  const sent: readonly string[] = [...DISPATCH_NAMES, ...SESSION_DISPATCHES];
  const dispatches = [...new Set([...Object.values(GatewayDispatchEvents).map(String), ...sent])].sort();
  return [
    '# Parity with Discord',
    'Written by `src/parity.spec.ts`; `npx vitest run packages/discord-simulator/src/parity.spec.ts -u` writes it anew.',
    `## REST: ${served} of ${operations.length} operations`,
    'Each operation that is served was tried without a token (`401`), by a bot without permissions in the guild (`403`), and with a body of wrong types (`50035`); what was refused so is marked. Where Discord asks for none of it there is nothing to refuse. The others answer 501.',
    table(['operation', 'served', 'token', 'permissions', 'body'], operations.map(rowOf)),
    `## Dispatches: ${dispatches.filter((name) => sent.includes(name)).length} of ${dispatches.length}`,
    table(
      ['dispatch', 'sent'],
      dispatches.map((name) => [`\`${name}\``, sent.includes(name) ? 'yes' : 'no']),
    ),
    '## Interactions',
    table(['type', 'started'], rowsOf(InteractionType, STARTED_TYPES)),
    table(['answer', 'served'], rowsOf(InteractionResponseType, ANSWER_TYPES)),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The answers that the form of a callback knows. */
const ANSWER_TYPES = interactionCallbackBody.options.map((option) => option.shape.type.value);

/** One row for each member of an enumeration of Discord. */
function rowsOf(enumeration: Record<string, string | number>, served: readonly number[]): string[][] {
  const members = Object.entries(enumeration).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return members.map(([name, value]) => [`${value} ${name}`, served.includes(value) ? 'yes' : 'no']);
}

function rowOf({ method, route, isServed, findings }: Parity): string[] {
  const mark = (isRefused: boolean | null | undefined) => (isRefused ? 'yes' : '');
  const { isClosedToStrangers, isEnforced, isChecked } = findings ?? {};
  return [
    `\`${method} ${route}\``,
    isServed ? 'yes' : '501',
    mark(isClosedToStrangers),
    mark(isEnforced),
    mark(isChecked),
  ];
}

/** The part of the README: how much of each resource is served. */
export function renderSummary(operations: readonly Parity[]): string {
  const resources = Map.groupBy(operations, ({ route }) => route.split('/')[1] ?? '');
  const rows = [...resources]
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([resource, items]) => {
      const served = items.filter((it) => it.isServed).length;
      return [resource, String(served), String(items.length - served)];
    });
  return table(['resource', 'operations served', 'answered with 501'], rows);
}

/** Aligned as Prettier does it. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
