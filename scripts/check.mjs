// `npm run check`: everything that can be said about the code without looking at it. `--without-tests` leaves the unit and
// integration tests out, for a machine that runs `npm test` afterwards anyway.
import { runTool } from './run.mjs';

const steps = [
  ['format', () => runTool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.'])],
  ['lint', () => runTool('eslint/bin/eslint.js', ['.'])],
  [
    'boundaries',
    () =>
      runTool('dependency-cruiser/bin/dependency-cruiser.mjs', [
        '--config',
        '.dependency-cruiser.cjs',
        'apps',
        'packages',
      ]),
  ],
  ['unused code', () => runTool('knip/bin/knip.js', [])],
  ['types', () => runTool('typescript/bin/tsc', ['-p', 'tsconfig.specs.json'])],
  ['configuration documents', () => runTool('../scripts/configuration.mjs', ['--check'])],
  ['tests', () => runTool('vitest/vitest.mjs', ['run'])],
];

const isWithoutTests = process.argv.includes('--without-tests');
const failed = [];
for (const [name, run] of steps) {
  if (isWithoutTests && name === 'tests') continue;
  console.log(`\n== ${name}`);
  if ((await run()) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nEverything is in order.' : `\nNot in order: ${failed.join(', ')}.`);
process.exit(failed.length === 0 ? 0 : 1);
