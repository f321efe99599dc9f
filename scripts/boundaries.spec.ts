import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const planted: string[] = [];

/** Puts a file into the repository for the length of a test; the folder is one that no feature will ever have. */
function plant(path: string, source: string): string {
  const absolute = join(root, path);
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, source);
  planted.push(absolute);
  return path;
}

/** @returns the names of the rules that the files break */
function rulesBrokenBy(...files: string[]): string[] {
  const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [cruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...files];
  const output = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  const { summary } = JSON.parse(output) as { summary: { violations: { rule: { name: string }; from: string }[] } };
  return [
    ...new Set(summary.violations.filter(({ from }) => files.includes(from)).map(({ rule }) => rule.name)),
  ].sort();
}

afterEach(() => {
  for (const file of planted.splice(0)) {
    rmSync(file, { force: true });
    if (dirname(file).endsWith('zz-planted')) rmSync(dirname(file), { recursive: true, force: true });
  }
});

describe('the import rules', () => {
  it.each([
    ['contracts-only-zod', 'packages/contracts/src/zz-planted/a.ts', "import 'pino';"],
    ['contracts-imports', 'packages/contracts/src/zz-planted/a.ts', "import '@guildhall/database';"],
    ['database-imports', 'packages/database/src/zz-planted/a.ts', "import '@guildhall/process';"],
    ['discord-simulator-imports', 'packages/discord-simulator/src/zz-planted/a.ts', "import '@guildhall/contracts';"],
    ['gateway-imports', 'apps/gateway/src/zz-planted/a.ts', "import '@guildhall/database';"],
    ['bot-imports', 'apps/bot/src/zz-planted/a.ts', "import '@guildhall/database';"],
    ['api-imports', 'apps/api/src/zz-planted/a.repository.ts', "import '../../../gateway/src/config.js';"],
    ['database-in-repositories', 'apps/api/src/zz-planted/a.service.ts', "import '@guildhall/database';"],
    ['database-in-repositories', 'apps/api/src/zz-planted/b.service.ts', "import 'pg';"],
    ['queries-in-repositories', 'apps/api/src/features/zz-planted/a.service.ts', "import 'drizzle-orm';"],
    ['product-knows-no-test', 'packages/database/src/zz-planted/a.ts', "import '../testing/index.js';"],
  ])('%s refuses %s with %s', (rule, path, source) => {
    expect(rulesBrokenBy(plant(path, source))).toContain(rule);
  });

  it('refuses a way into a feature past its index.ts', () => {
    plant('apps/api/src/features/zz-planted/secret.ts', 'export const secret = 1;');
    plant('apps/api/src/features/zz-planted/index.ts', "export { secret } from './secret.js';");
    const past = plant('apps/api/src/features/zz-visitor/zz-planted/past.ts', "import '../../zz-planted/secret.js';");
    const through = plant(
      'apps/api/src/features/zz-visitor/zz-planted/through.ts',
      "import '../../zz-planted/index.js';",
    );
    expect(rulesBrokenBy(past)).toContain('feature-through-index');
    expect(rulesBrokenBy(through)).toEqual([]);
    rmSync(join(root, 'apps/api/src/features/zz-visitor'), { recursive: true });
  });

  it('refuses a feature in cross-cutting code', () => {
    plant('apps/api/src/features/zz-planted/index.ts', 'export const feature = 1;');
    const platform = plant('apps/api/src/platform/zz-planted/a.ts', "import '../../features/zz-planted/index.js';");
    expect(rulesBrokenBy(platform)).toContain('cross-cutting-knows-no-feature');
  });

  it('refuses a cycle', () => {
    const one = plant('apps/gateway/src/zz-planted/one.ts', "import './two.js'; export const one = 1;");
    const two = plant('apps/gateway/src/zz-planted/two.ts', "import './one.js'; export const two = 2;");
    expect(rulesBrokenBy(one, two)).toContain('no-circular');
  });

  it('lets a repository use the database', () => {
    const source = "import { connect } from '@guildhall/database'; export const open = connect;";
    expect(rulesBrokenBy(plant('apps/api/src/zz-planted/a.repository.ts', source))).toEqual([]);
  });
});
