import { type Client, SlashCommandBuilder } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { formFaults } from '../../testing/form-faults.js';
import { demoApplication } from '../index.js';

const PATH = `/applications/${demoApplication.id}/commands`;

const command = (fields: object = {}) => ({ name: 'ping', description: 'Ping', ...fields });
const option = (fields: object = {}) => ({ type: 3, name: 'text', description: 'Text', ...fields });
const withOptions = (...options: object[]) => command({ options });
const many = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, it) => make(it));
const choices = (count: number) => many(count, (it) => ({ name: `${it}`, value: `${it}` }));

describe('commands', () => {
  let bench: Bench;
  let client: Client<true>;
  beforeEach(async () => {
    bench = await Bench.start();
    client = await bench.login();
  });
  afterEach(() => bench.close());

  const create = (body: object) => bench.rest('POST', PATH, body);
  const names = async () => (await client.application.commands.fetch()).map(({ name }) => name);

  it('built by discord.js come back as they were registered', async () => {
    const built = new SlashCommandBuilder()
      .setName('case')
      .setDescription('Cases')
      .setNameLocalizations({ fr: 'dossier' })
      .setDefaultMemberPermissions(8n)
      .addSubcommandGroup((group) =>
        group
          .setName('note')
          .setDescription('Notes')
          .addSubcommand((sub) =>
            sub
              .setName('add')
              .setDescription('Add a note')
              .addStringOption((it) => it.setName('text').setDescription('Text').setMaxLength(99).setRequired(true))
              .addIntegerOption((it) =>
                it.setName('level').setDescription('Level').addChoices({ name: 'One', value: 1 }),
              )
              .addAttachmentOption((it) => it.setName('proof').setDescription('Proof')),
          ),
      );
    const registered = await client.application.commands.create(built);
    const sent = JSON.parse(JSON.stringify(built)) as object;
    expect(await bench.json(bench.rest('GET', `${PATH}/${registered.id}`))).toMatchObject(sent);
    const fetched = await client.application.commands.fetch(registered.id);
    expect(fetched.options).toEqual(registered.options);
    expect(fetched.defaultMemberPermissions?.bitfield).toBe(8n);
  });

  it('tell their translations to who asks for them, and one of them by language', async () => {
    await create(
      command({ name_localizations: { fr: 'latence' }, options: [option({ name_localizations: { fr: 'texte' } })] }),
    );
    const list = (query: string, headers = {}) =>
      bench.json<object[]>(bench.rest('GET', PATH + query, undefined, headers));
    const whole = { name_localizations: { fr: 'latence' }, options: [{ name_localizations: { fr: 'texte' } }] };
    expect(await list('?with_localizations=true')).toMatchObject([whole]);
    expect(JSON.stringify(await list(''))).not.toContain('localizations');
    expect(await list('', { 'x-discord-locale': 'fr' })).toMatchObject([
      { name_localized: 'latence', options: [{ name_localized: 'texte' }] },
    ]);
  });

  it('of one name replace each other and keep their id', async () => {
    const first = await bench.json<{ id: string; version: string }>(create(command()), 201);
    const second = await bench.json<{ id: string; version: string }>(create(command({ description: 'Pong' })));
    expect(second).toMatchObject({ id: first.id, description: 'Pong' });
    expect(second.version).not.toBe(first.version);
  });

  it('cannot take the name of another', async () => {
    await create(command());
    const { id } = await bench.json<{ id: string }>(create(command({ name: 'pong' })), 201);
    expect(await bench.refusal(bench.rest('PATCH', `${PATH}/${id}`, { name: 'ping' }))).toEqual([400, 40_041]);
    expect(await names()).toEqual(['ping', 'pong']);
  });

  it('are 100 of the slash, 5 for users and 5 for messages, in all guilds and in each', async () => {
    const full = [
      ...many(100, (it) => command({ name: `c${it}` })),
      ...many(5, (it) => ({ type: 2, name: `User ${it}` })),
      ...many(5, (it) => ({ type: 3, name: `Message ${it}` })),
    ];
    for (const path of [PATH, PATH.replace('/commands', `/guilds/${bench.guildId}/commands`)]) {
      await bench.json(bench.rest('PUT', path, full));
      for (const body of [command(), { type: 2, name: 'One more' }, { type: 3, name: 'One more' }])
        expect(await bench.refusal(bench.rest('POST', path, body))).toEqual([400, 30_032]);
      expect((await bench.json<object[]>(bench.rest('GET', path))).length).toBe(110);
    }
    const sixth = many(6, (it) => ({ type: 2, name: `User ${it}` }));
    expect(await bench.refusal(bench.rest('PUT', PATH, sixth))).toEqual([400, 30_032]);
    expect(await names()).toHaveLength(110);
  });

  it('of one name cannot be registered together', async () => {
    await create(command({ name: 'kept' }));
    const twice = [command(), { type: 2, name: 'ping' }, command()];
    expect(await formFaults(bench.rest('PUT', PATH, twice))).toEqual(['2 APPLICATION_COMMANDS_DUPLICATE_NAME']);
    expect(await names()).toEqual(['kept']);
  });

  const sub = (fields: object = {}) => ({ type: 1, name: 'sub', description: 'Sub', ...fields });
  const group = (...options: object[]) => ({ type: 2, name: 'group', description: 'Group', options });

  it.each<[what: string, body: object, ...faults: string[]]>([
    ['no name', { description: 'x' }, 'name BASE_TYPE_REQUIRED'],
    ['a name of 33 characters', command({ name: 'x'.repeat(33) }), 'name APPLICATION_COMMAND_INVALID_NAME'],
    ['a capital letter', command({ name: 'Ping' }), 'name APPLICATION_COMMAND_INVALID_NAME'],
    ['a space', command({ name: 'ping pong' }), 'name APPLICATION_COMMAND_INVALID_NAME'],
    ['no description', { name: 'ping' }, 'description BASE_TYPE_REQUIRED'],
    ['a description of 101 characters', command({ description: 'x'.repeat(101) }), 'description BASE_TYPE_BAD_LENGTH'],
    ['a description for a menu', { type: 2, name: 'x', description: 'x' }, 'description BASE_TYPE_CHOICES'],
    ['options of a menu', { type: 3, name: 'x', options: [option()] }, 'options BASE_TYPE_BAD_VALUE'],
    ['a type that is none', command({ type: 9 }), 'UNION_TYPE_CHOICES'],
    ['26 options', withOptions(...many(26, (it) => option({ name: `o${it}` }))), 'options BASE_TYPE_MAX_LENGTH'],
    ['26 choices', withOptions(option({ choices: choices(26) })), 'options.0.choices BASE_TYPE_MAX_LENGTH'],
    [
      'a choice of the wrong type',
      withOptions(option({ type: 4, choices: choices(1) })),
      'options.0.choices.0.value BASE_TYPE_BAD_TYPE',
    ],
    [
      'choices beside suggestions',
      withOptions(option({ choices: choices(1), autocomplete: true })),
      'options.0.autocomplete BASE_TYPE_BAD_VALUE',
    ],
    ['an option twice', withOptions(option(), option()), 'options.1 APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS'],
    [
      'a required option last',
      withOptions(option(), option({ name: 'b', required: true })),
      'options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    ['a subcommand beside an option', withOptions(sub(), option()), 'options APPLICATION_COMMAND_OPTIONS_TYPE_INVALID'],
    ['a subcommand in a subcommand', withOptions(sub({ options: [sub()] })), 'options.0.options.0 UNION_TYPE_CHOICES'],
    ['a group in a group', withOptions(group(group(sub()))), 'options.0.options.0 UNION_TYPE_CHOICES'],
    ['an option in a group', withOptions(group(option())), 'options.0.options.0 UNION_TYPE_CHOICES'],
    ['6,001 characters at most', withOptions(option({ max_length: 6_001 })), 'options.0.max_length NUMBER_TYPE_MAX'],
    [
      'more at least than at most',
      withOptions(option({ min_length: 2, max_length: 1 })),
      'options.0.min_length NUMBER_TYPE_MAX',
    ],
    [
      'a translation into no language',
      command({ name_localizations: { klingon: 'x' } }),
      'name_localizations BASE_TYPE_BAD_VALUE',
    ],
    [
      'a translation of 33 characters',
      command({ name_localizations: { fr: 'x'.repeat(33) } }),
      'name_localizations.fr BASE_TYPE_BAD_LENGTH',
    ],
    [
      '8,001 characters',
      withOptions(
        ...many(20, (it) =>
          option({
            name: `${it}`.padStart(32, 'o'),
            description: 'x'.repeat(100),
            choices: choices(25).map(({ value }) => ({ name: value.padStart(10, 'c'), value })),
          }),
        ),
        option({ name: 'last', description: 'x' }),
      ),
      'APPLICATION_COMMAND_TOO_LARGE',
    ],
    ['no context', command({ contexts: [] }), 'contexts BASE_TYPE_MIN_LENGTH'],
    ['an installation that is none', command({ integration_types: [2] }), 'integration_types.0 NUMBER_TYPE_MAX'],
  ])('are refused: %s', async (_what, body, ...faults) => {
    expect(await formFaults(create(body))).toEqual(faults);
    expect(await names()).toEqual([]);
  });
});
