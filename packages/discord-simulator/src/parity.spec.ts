import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Bench } from '../testing/bench.js';
import { description } from '../testing/description.js';
import { compareOperations, probeOperations, renderParity, renderSummary } from '../testing/parity.js';

const README = fileURLToPath(new URL('../README.md', import.meta.url));
const PARITY = fileURLToPath(new URL('../PARITY.md', import.meta.url));
const SUMMARY = /(<!-- parity: begin -->\n\n)[\s\S]*?(\n\n<!-- parity: end -->)/;

describe.skipIf(!description)('parity with Discord', () => {
  it('is told by the tables as the code has it', async () => {
    const operations = await probeOperations(description!);
    const readme = readFileSync(README, 'utf8');
    expect(readme).toMatch(SUMMARY);
    const renewed = readme.replace(
      SUMMARY,
      (_all, begin: string, end: string) => begin + renderSummary(operations) + end,
    );
    await expect(renewed).toMatchFileSnapshot(README);
    await expect(renderParity(operations)).toMatchFileSnapshot(PARITY);
  });

  it('answers 501 to every operation that is not served', async () => {
    const bench = await Bench.start();
    const missing = (await compareOperations(description!)).filter((it) => !it.isServed);
    expect(missing.length).toBeGreaterThan(10);
    const accepted: string[] = [];
    for (const { method, route } of missing) {
      const path = route.replaceAll(/\{\w+\}/g, '1');
      const { status } = await bench.rest(method, path, method === 'GET' ? undefined : {});
      if (status !== 501) accepted.push(`${method} ${route}: ${status}`);
    }
    expect(accepted).toEqual([]);
    await bench.close();
  });
});
