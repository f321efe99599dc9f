import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.js';

function logged(value: object): string {
  let text = '';
  const destination = { write: (line: string) => (text += line) };
  createLogger({ app: 'spec', level: 'info', isProduction: true }, destination).info(value, 'said');
  return text;
}

describe('createLogger', () => {
  it('names the process in every line', () => {
    expect(JSON.parse(logged({}))).toMatchObject({ app: 'spec', msg: 'said' });
  });

  it('hides secrets wherever they stand', () => {
    const text = logged({
      token: 'hunter2',
      peer: { secret: 'hunter2' },
      req: { headers: { authorization: 'hunter2' } },
    });

    expect(text).not.toContain('hunter2');
  });

  it('tells what went wrong with a statement, and not the values in it', () => {
    const cause = new Error('connection terminated');
    const query = Object.assign(new Error('Failed query: insert … params: my diary', { cause }), {
      params: ['my diary'],
    });
    const text = logged({ err: new Error(`could not store: ${query.message}`, { cause: query }) });

    expect(text).toContain('connection terminated');
    expect(text).not.toContain('my diary');
  });

  it('tells the whole story of any other error', () => {
    expect(logged({ err: new Error('above', { cause: new Error('below') }) })).toMatch(/above.*below/);
  });
});
