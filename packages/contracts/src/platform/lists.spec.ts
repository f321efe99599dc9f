import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sortSchema } from './lists.js';

const schema = sortSchema(['startAt', 'title'], '-startAt,title');

describe('sort', () => {
  it('reads fields in the order in which they count', () => {
    expect(schema.parse('title,-startAt')).toEqual([
      { field: 'title', isDescending: false },
      { field: 'startAt', isDescending: true },
    ]);
  });

  it('falls back to the order of the list', () => {
    expect(schema.parse(undefined)).toEqual([
      { field: 'startAt', isDescending: true },
      { field: 'title', isDescending: false },
    ]);
  });

  it.each([
    '',
    ',',
    'title,',
    'titles',
    '--title',
    '+title',
    'title,-title',
    'Title',
    'title;drop table',
    'title, startAt',
  ])('refuses %j', (text) => {
    expect(schema.safeParse(text).success).toBe(false);
  });

  it('is a string in JSON Schema, so that documentation can tell', () => {
    expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({ type: 'string', default: '-startAt,title' });
  });
});
