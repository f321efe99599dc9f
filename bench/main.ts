// `npm run bench [-- NAME…] [-- --json FILE]`: the figures of docs/benchmarks.md, each beside the baseline of the same run.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Outcome, renderTable } from './measures.ts';
import { benchSimulator } from './simulator/index.ts';

const BENCHMARKS: Record<string, () => Promise<Outcome>> = { simulator: benchSimulator };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const unknown = positionals.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}; there are: ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(1);
}

const outcomes: Outcome[] = [];
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const outcome = await run();
  outcomes.push(outcome);
  console.log(renderTable(outcome));
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(outcomes, null, 2)}\n`);
const missed = outcomes.flatMap(({ figures }) => figures).filter(({ bar }) => bar && !bar.isReached);
process.exitCode = missed.length === 0 ? 0 : 1;
