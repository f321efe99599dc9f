import { Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';

describe('a scenario over HTTP', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await Bench.start();
    const client = await bench.login();
    await client.application.commands.set([{ name: 'ping', description: 'Ping' }]);
    client.on(Events.InteractionCreate, (use) => {
      if (use.isChatInputCommand()) void use.reply('pong');
    });
    client.on(Events.MessageCreate, (message) => {
      if (message.content === '!ping') void message.reply('pong');
    });
  });
  afterEach(() => bench.close());

  async function play(steps: object[], status = 200) {
    const response = await fetch(`${bench.simulator.url}/control/scenario`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ guild: 'Bench', steps }),
    });
    const text = await response.text();
    expect([response.status, text]).toEqual([status, expect.any(String)]);
    return JSON.parse(text) as { results: Record<string, unknown>[]; error?: string; failedStep?: object };
  }

  it('plays steps and tells what came of each', async () => {
    const { results } = await play([
      { step: 'person', who: 'ada', in: 'Bench' },
      { step: 'writes', who: 'ada', text: '!ping', in: 'general', as: 'ping' },
      { step: 'answers', text: 'pong', in: 'general' },
      { step: 'runs', who: 'ada', command: '/ping', as: 'answer' },
      { step: 'isPublic', answer: '$answer' },
      { step: 'reacts', who: 'bob', emoji: '👍', message: '$ping' },
      { step: 'never', expectation: { step: 'answers', text: 'x' }, withinMs: 20 },
      { step: 'never', expectation: { step: 'answers', text: 'x' }, until: { step: 'botWrites', text: 'pong' } },
      { step: 'deletes', who: 'owner', message: '$ping' },
      { step: 'changes' },
    ]);
    expect(results[2]).toMatchObject({ text: 'pong' });
    expect(results[3]).toMatchObject({ messages: [{ text: 'pong' }] });
    expect(results[8]).toEqual({ ok: true });
    const { changes } = results[9] as { changes: { path: string }[] };
    expect(changes.map(({ path }) => path)).toContain('users[bob]');
  });

  it('stops at the step that fails, says why, and has done what came before', async () => {
    const asked = { step: 'answers', matches: 'p[aeiu]ng', in: 'general', withinMs: 50 };
    const steps = [
      { step: 'writes', who: 'ada', text: '!pong', in: 'general' },
      asked,
      { step: 'writes', who: 'ada', text: 'never written' },
    ];
    const { error, failedStep, results } = await play(steps, 422);
    expect(error).toBe(
      'Guildhall answers /p[aeiu]ng/u in #general: not within 50 ms\nthe last messages of #general:\n  ada: !pong',
    );
    expect(failedStep).toEqual({ index: 1, ...asked });
    expect(results).toHaveLength(1);
    expect(bench.control.listSentMessages()).toHaveLength(1);
  });

  it.each([
    ['a step that does not exist', { step: 'sings' }, 'There is no step "sings"'],
    [
      'a field that does not exist',
      { step: 'writes', who: 'ada', text: 'x', inn: 'general' },
      'Unrecognized key: "inn"',
    ],
    ['a field that is missing', { step: 'writes', who: 'ada' }, 'text'],
    ['what nobody kept', { step: 'deletes', who: 'ada', message: '$gone' }, 'No step kept anything as gone'],
    ['an expression that is none', { step: 'answers', matches: '(' }, 'Invalid regular expression'],
    ['an impossible action', { step: 'writes', who: 'ada', text: 'x', in: 'nowhere' }, 'There is no channel "nowhere"'],
  ])('refuses %s', async (_what, step, reason) => {
    expect((await play([step], 422)).error).toContain(reason);
  });

  it('is described at GET /control with every action: its purpose, and the JSON Schema of what it takes', async () => {
    const response = await fetch(`${bench.simulator.url}/control`);
    interface Described {
      name: string;
      purpose?: string;
      path?: string;
      arguments: { type: string; properties: Record<string, unknown>; required?: string[] };
    }
    const { actions, scenario } = (await response.json()) as { actions: Described[]; scenario: { steps: Described[] } };
    const nameless = [...actions, ...scenario.steps].filter(({ purpose }) => !purpose).map(({ name }) => name);
    expect(nameless).toEqual([]);
    const sendMessage = actions.find(({ name }) => name === 'sendMessage')!;
    expect(sendMessage).toMatchObject({
      path: '/control/sendMessage',
      purpose: expect.stringContaining('Writes a message') as string,
    });
    expect(sendMessage.arguments).toMatchObject({ type: 'object', required: ['userId', 'channelId', 'content'] });
    const timeOut = actions.find(({ name }) => name === 'timeOut')!;
    expect(timeOut.arguments.properties['until']).toEqual({
      anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }],
    });
    expect(scenario.steps.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['writes', 'answers', 'never', 'fills']),
    );
  });

  it('saves and loads the state', async () => {
    const call = (name: string, body: object) =>
      fetch(`${bench.simulator.url}/control/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    bench.say('kept');
    const state = await (await call('saveState', {})).json();
    bench.say('taken back');
    expect(await (await call('loadState', { state })).json()).toEqual({ ok: true });
    expect(bench.control.listSentMessages().map(({ content }) => content)).toEqual(['kept']);
    expect((await call('loadState', { state: { version: 2 } })).status).toBe(400);
  });
});
