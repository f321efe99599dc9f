import { expect, it } from 'vitest';
import { CAPABILITIES } from './capabilities.js';
import { modules } from './modules.js';

it('gives every capability to exactly one module', () => {
  const given = modules.flatMap((module) => [...module.capabilities]);

  expect(given.toSorted()).toEqual([...CAPABILITIES].toSorted());
});
