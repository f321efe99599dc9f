import Fastify from 'fastify';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { GatewayHub } from '../src/gateway/hub.js';
import { discordTimings, Interactions } from '../src/interactions/interactions.js';
import { silentLogger } from '../src/logger.js';
import { RateLimits } from '../src/rest/rate-limits.js';
import { RestFaults } from '../src/rest/faults.js';
import { serveRest } from '../src/rest/server.js';
import { DISPATCH_NAMES } from '../src/state/dispatch.js';
import { World } from '../src/state/world.js';
import type { Description } from './description.js';

/** Sent by the sessions themselves, and not by what happens in the world. */
const SESSION_DISPATCHES = ['READY', 'RESUMED', 'GUILD_MEMBERS_CHUNK'];

interface Parity {
  operation: string;
  method: string;
  route: string;
  isServed: boolean;
}

/** Every operation Discord describes, and whether the simulator has a route for it. */
export async function compareOperations(description: Description): Promise<Parity[]> {
  const served = await servedRoutes();
  return description.operations.map(({ method, route }) => {
    const operation = `${method} ${nameless(route)}`;
    // A parameter of the simulator may stand for a word that Discord spells out, such as `@me`.
    const isServed = served.some((it) => it.method === method && fits(it.route, route));
    return { operation, method, route, isServed };
  });
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
    hub: new GatewayHub(world, silentLogger),
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

const nameless = (route: string) => route.replaceAll(/\{\w+\}/g, '{}');

/** `PARITY.md`: one row per path and one per dispatch. */
export function renderParity(operations: readonly Parity[]): string {
  const paths = Map.groupBy(operations, ({ route }) => route);
  const methods = (items: readonly Parity[], isServed: boolean) =>
    items
      .filter((it) => it.isServed === isServed)
      .map(({ method }) => method)
      .join(', ');
  const rows = [...paths].map(([route, items]) => [`\`${route}\``, methods(items, true), methods(items, false)]);
  const served = operations.filter((it) => it.isServed).length;
  const sent: readonly string[] = [...DISPATCH_NAMES, ...SESSION_DISPATCHES];
  const dispatches = [...new Set([...Object.values(GatewayDispatchEvents).map(String), ...sent])].sort();
  return [
    '# Parity with Discord',
    'Written by `src/parity.spec.ts`; `npx vitest run packages/discord-simulator/src/parity.spec.ts -u` writes it anew.',
    `## REST: ${served} of ${operations.length} operations`,
    table(['path', 'served', 'answered with 501'], rows),
    `## Dispatches: ${dispatches.filter((name) => sent.includes(name)).length} of ${dispatches.length}`,
    table(
      ['dispatch', 'sent'],
      dispatches.map((name) => [`\`${name}\``, sent.includes(name) ? 'yes' : 'no']),
    ),
  ]
    .join('\n\n')
    .concat('\n');
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
