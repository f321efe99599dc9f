import { describe, expect, it } from 'vitest';
import type { Topic } from '@guildhall/contracts';
import type { ApiClient } from '../../api/api-client';
import { ProblemError } from '../../api/problem-error';
import { GuildDirectory } from './guild-directory';

const ALL: Topic[] = ['guild', 'members', 'channels', 'roles', 'messages'];

/** An API that records what it was asked and answers when told to. */
function setUp(topics: Topic[] = ALL) {
  const asked: { path: string; q: unknown; answer: (value: unknown) => void; fail: (error: unknown) => void }[] = [];
  const get = (path: string, query: Record<string, unknown> = {}) =>
    new Promise((answer, fail) => asked.push({ path, q: query['q'], answer, fail }));
  // Only `get` is used here.
  return { asked, directory: new GuildDirectory({ get } as unknown as ApiClient, '1', topics) };
}

const member = (id: string) => ({ user: { id, username: `user${id}` }, roleIds: [] });
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('GuildDirectory', () => {
  it('looks everybody up once, a few at a time', async () => {
    const { asked, directory } = setUp();
    directory.meet(['1', '2', '3', '4', '5', '6', '1']);
    directory.meet(['2']);
    expect(asked.map(({ q }) => q)).toEqual(['1', '2', '3', '4']);
    asked[0]!.answer({ items: [member('1')] });
    await settled();
    expect(asked.map(({ q }) => q)).toEqual(['1', '2', '3', '4', '5']);
    expect(directory.member('1')).toMatchObject({ user: { username: 'user1' } });
  });

  it('takes nobody else for the person looked up', async () => {
    const { asked, directory } = setUp();
    directory.meet(['12']);
    asked[0]!.answer({ items: [member('123')] });
    await settled();
    expect(directory.member('123')).toBeUndefined();
    directory.meet(['12']);
    expect(asked).toHaveLength(1);
  });

  it('asks again for somebody whose lookup failed', async () => {
    const { asked, directory } = setUp();
    directory.meet(['1']);
    asked[0]!.fail(new ProblemError('unavailable'));
    await settled();
    directory.meet(['1']);
    expect(asked).toHaveLength(2);
  });

  it('asks for nothing that I may not see', async () => {
    const { asked, directory } = setUp(['guild']);
    directory.meet(['1']);
    await directory.load();
    expect(asked).toEqual([]);
  });
});
