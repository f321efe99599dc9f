import { describe, expect, it } from 'vitest';
import { lineForPeople } from './log-output.js';

describe('lineForPeople', () => {
  it.each([
    ['{"level":30,"msg":"listening"}', undefined],
    ['{"level":"info","event":"simulator.started"}', undefined],
    ['', undefined],
    ['{"level":40,"msg":"the gateway is away"}', '[bot] the gateway is away'],
    ['{"level":50,"msg":"failed","err":{"message":"no route"}}', '[bot] failed: no route'],
    ['{"level":"error","event":"rest.unserved"}', '[bot] {"level":"error","event":"rest.unserved"}'],
    ['(node:1) Warning: careful', '[bot] (node:1) Warning: careful'],
    ['{ not json', '[bot] { not json'],
  ])('shows %s as %s', (line, shown) => {
    expect(lineForPeople('bot', line)).toBe(shown);
  });
});
