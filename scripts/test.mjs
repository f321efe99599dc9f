// `npm test`: every test there is, in parts, and one count at the end.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runTool } from './run.mjs';
import { countOf, summaryLine, sumOf } from './test-count.mjs';

const reports = mkdtempSync(join(tmpdir(), 'guildhall-test-report-'));

/** @returns the specs that ask for a database; they are run on a second PostgreSQL too when there is one */
function databaseSpecs() {
  return globSync('{apps,packages}/*/src/**/*.spec.ts', { cwd: root }).filter((file) =>
    readFileSync(join(root, file), 'utf8').includes("inject('postgresUrl')"),
  );
}

function parts() {
  const { TEST_DATABASE_URL: secondDatabase, ...environment } = process.env;
  return [
    { name: 'unit and integration, on the embedded PostgreSQL', args: [], env: environment },
    ...(secondDatabase ? [{ name: 'database, on TEST_DATABASE_URL', args: databaseSpecs(), env: process.env }] : []),
    { name: 'dashboard', args: [], env: environment, cwd: join(root, 'apps', 'web') },
    { name: 'end to end, in a browser', args: ['--config', 'vitest.e2e.config.ts'], env: environment },
  ];
}

async function runPart({ name, args, env, cwd }, index) {
  console.log(`\n== ${name}`);
  const report = join(reports, `${index}.json`);
  const code = await runTool(
    'vitest/vitest.mjs',
    ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { env, cwd },
  );
  return countOf(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined, code);
}

/** Specs start a server of their own where the machine has one. */
function hasRedis() {
  return Boolean(process.env.TEST_REDIS_URL) || spawnSync('redis-server', ['--version']).status === 0;
}

function tellWhatIsMissing() {
  const missing = [
    !process.env.TEST_DATABASE_URL &&
      'a second PostgreSQL (set TEST_DATABASE_URL to a server of the oldest supported version)',
    !hasRedis() && 'Redis (install redis-server, or set TEST_REDIS_URL to a server that may be emptied)',
    !process.env.DISCORD_OPENAPI &&
      "a check of requests and answers against Discord's own description (set DISCORD_OPENAPI to its openapi.json)",
  ].filter(Boolean);
  if (missing.length > 0) console.log(`\nDone without:\n${missing.map((what) => `  - ${what}`).join('\n')}`);
}

try {
  const counts = [];
  for (const [index, part] of parts().entries()) counts.push(await runPart(part, index));
  tellWhatIsMissing();
  const total = sumOf(counts);
  console.log(`\n${summaryLine(total)}`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
