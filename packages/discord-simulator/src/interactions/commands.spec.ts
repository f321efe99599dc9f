import {
  ApplicationCommandType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Client,
  ContextMenuCommandBuilder,
  Events,
  SlashCommandBuilder,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { formFaults } from '../../testing/form-faults.js';
import { demoApplication } from '../index.js';
import { ALL_PERMISSIONS } from '../state/permissions.js';
import type { OptionValue } from './person.js';

const COMMAND = new SlashCommandBuilder()
  .setName('test')
  .setDescription('Takes one of each')
  .addStringOption((it) => it.setName('text').setDescription('x').setMinLength(2).setMaxLength(4))
  .addStringOption((it) => it.setName('colour').setDescription('x').addChoices({ name: 'Red', value: 'red' }))
  .addStringOption((it) => it.setName('city').setDescription('x').setAutocomplete(true))
  .addIntegerOption((it) => it.setName('count').setDescription('x').setMinValue(1).setMaxValue(9))
  .addNumberOption((it) => it.setName('share').setDescription('x').setMaxValue(1))
  .addUserOption((it) => it.setName('user').setDescription('x'))
  .addRoleOption((it) => it.setName('role').setDescription('x'))
  .addChannelOption((it) => it.setName('channel').setDescription('x').addChannelTypes(0))
  .addMentionableOption((it) => it.setName('anybody').setDescription('x'))
  .addAttachmentOption((it) => it.setName('file').setDescription('x'));

describe('commands people use', () => {
  let bench: Bench;
  let client: Client<true>;
  let personId: string;
  beforeEach(async () => {
    bench = await Bench.start({ startAt: new Date('2026-01-01T00:00:00Z'), botPermissions: ALL_PERMISSIONS });
    client = await bench.login();
    personId = bench.person('person');
  });
  afterEach(() => bench.close());

  const here = () => ({ userId: personId, channelId: bench.channelId });
  const run = (options: Record<string, OptionValue>, name = 'test') =>
    bench.control.runCommand({ ...here(), name, options });
  const names = (userId = personId, channelId = bench.channelId) =>
    bench.control.commandsFor(userId, channelId).map(({ name }) => name);

  it('bring an option of each type to discord.js', async () => {
    await client.application.commands.create(COMMAND);
    const role = bench.control.createRole(bench.guildId, { name: 'Crew' });
    client.on(Events.InteractionCreate, (interaction) => {
      const { options } = interaction as ChatInputCommandInteraction;
      const file = options.getAttachment('file', true);
      const said = [
        options.getString('text'),
        options.getString('colour'),
        options.getInteger('count'),
        options.getNumber('share'),
        options.getUser('user')?.username,
        options.getRole('role')?.name,
        options.getChannel('channel')?.name,
        (options.getMentionable('anybody') as { name?: string }).name,
        file.name,
        file.size,
      ];
      void fetch(file.url)
        .then((it) => it.text())
        .then((text) => (interaction as ChatInputCommandInteraction).reply([...said, text].join(' ')));
    });
    const { messages } = await run({
      text: 'abc',
      colour: 'red',
      count: 3,
      share: 0.5,
      user: personId,
      role: role.id,
      channel: bench.channelId,
      anybody: role.id,
      file: { filename: 'notes.txt', content: Buffer.from('notes').toString('base64') },
    });
    expect(messages[0]?.content).toBe('abc red 3 0.5 person Crew general Crew notes.txt 5 notes');
  });

  it.each<[what: string, options: Record<string, OptionValue>]>([
    ['an option that is none', { nothing: 'x' }],
    ['too few characters', { text: 'x' }],
    ['too many characters', { text: 'xxxxx' }],
    ['no choice', { colour: 'blue' }],
    ['less than the least', { count: 0 }],
    ['more than the most', { count: 10 }],
    ['a broken number', { count: 1.5 }],
    ['more than the most of a number', { share: 1.1 }],
    ['words for a number', { count: 'three' }],
    ['a user that is none', { user: '1' }],
    ['a role that is none', { role: '1' }],
    ['words for a file', { file: 'notes.txt' }],
  ])('do not take %s', async (_what, options) => {
    await client.application.commands.create(COMMAND);
    expect(() => run(options)).toThrow();
  });

  it('do not take a channel of another type, or a lack of what is required', async () => {
    await client.application.commands.create(COMMAND);
    const voice = bench.control.createChannel(bench.guildId, { name: 'Voice', type: 2 });
    expect(() => run({ channel: voice.id })).toThrow('There is no channel');
    await client.application.commands.create({
      name: 'strict',
      description: 'x',
      options: [{ type: 3, name: 'needed', description: 'x', required: true }],
    });
    expect(() => run({}, 'strict')).toThrow('Option needed is required');
  });

  it('have to be named with their subcommand', async () => {
    const built = new SlashCommandBuilder()
      .setName('case')
      .setDescription('x')
      .addSubcommandGroup((it) =>
        it
          .setName('note')
          .setDescription('x')
          .addSubcommand((sub) => sub.setName('add').setDescription('x')),
      );
    await client.application.commands.create(built);
    client.on(Events.InteractionCreate, (it) => {
      const { options } = it as ChatInputCommandInteraction;
      void (it as ChatInputCommandInteraction).reply(`${options.getSubcommandGroup()} ${options.getSubcommand()}`);
    });
    expect((await run({}, 'case note add')).messages[0]?.content).toBe('note add');
    expect(() => run({}, 'case')).toThrow('subcommands');
    expect(() => run({}, 'case note remove')).toThrow('No subcommand remove');
  });

  it('suggest values, of the type of the option and 25 at most', async () => {
    await client.application.commands.create(COMMAND);
    const asked = new Promise<AutocompleteInteraction>((resolve) =>
      client.on(Events.InteractionCreate, (it) => it.isAutocomplete() && resolve(it)),
    );
    const outcome = bench.control.runCommand({ ...here(), name: 'test', options: { city: 'Be' }, focused: 'city' });
    const it = await asked;
    expect(it.options.getFocused(true)).toMatchObject({ name: 'city', value: 'Be' });
    const answer = (choices: object[]) =>
      bench.rest('POST', `/interactions/${it.id}/${it.token}/callback`, { type: 8, data: { choices } });
    const many = Array.from({ length: 26 }, (_, index) => ({ name: 'x', value: `${index}` }));
    expect(await formFaults(answer(many))).toEqual(['data.choices BASE_TYPE_MAX_LENGTH']);
    expect(await formFaults(answer([{ name: 'x', value: 1 }]))).toEqual(['data.choices.0.value BASE_TYPE_BAD_TYPE']);
    const reply = { type: 4, data: { content: 'x' } };
    const path = `/interactions/${it.id}/${it.token}/callback`;
    expect(await formFaults(bench.rest('POST', path, reply))).toEqual(['type BASE_TYPE_BAD_VALUE']);
    await it.respond([{ name: 'Berlin', value: 'berlin' }]);
    expect(await outcome).toMatchObject({ status: 'answered', choices: [{ name: 'Berlin', value: 'berlin' }] });
    const use = { ...here(), name: 'test', options: { text: 'x' }, focused: 'text' };
    expect(() => bench.control.runCommand(use)).toThrow('suggests nothing');
  });

  it('stand in the menus of users and messages', async () => {
    const menu = (name: string, type: 2 | 3) => new ContextMenuCommandBuilder().setName(name).setType(type);
    await client.application.commands.set([menu('Who is it', 2), menu('Quote', 3)]);
    client.on(Events.InteractionCreate, (it) => {
      if (it.isUserContextMenuCommand()) void it.reply(`${it.targetUser.username} ${it.targetMember ? 'in' : 'out'}`);
      if (it.isMessageContextMenuCommand()) void it.reply(`> ${it.targetMessage.content}`);
    });
    const onUser = await bench.control.runContextMenu({ ...here(), name: 'Who is it', targetId: bench.ownerId });
    expect(onUser.messages).toMatchObject([{ content: 'owner in', type: 23 }]);
    const messageId = bench.say('wise words');
    const onMessage = await bench.control.runContextMenu({ ...here(), name: 'Quote', targetId: messageId });
    expect(onMessage.messages[0]?.content).toBe('> wise words');
    const path = `/channels/${bench.channelId}/messages/${onMessage.messages[0]!.id}`;
    expect(await bench.json(bench.rest('GET', path))).toMatchObject({
      interaction_metadata: { target_message_id: messageId, command_type: ApplicationCommandType.Message },
    });
    expect(() => bench.control.runContextMenu({ ...here(), name: 'Quote', targetId: bench.ownerId })).toThrow();
    expect(() => bench.control.runContextMenu({ ...here(), name: 'Who is it', targetId: '1' })).toThrow();
  });

  it('are listed with their type for the page, where menus can be used too', async () => {
    await client.application.commands.create(new ContextMenuCommandBuilder().setName('Who is it').setType(2));
    const query = `as=${personId}&channelId=${bench.channelId}`;
    const list = await fetch(`${bench.simulator.url}/client/commands?${query}`);
    expect(await list.json()).toMatchObject([{ name: 'Who is it', type: 2 }]);
    client.on(Events.InteractionCreate, (it) => it.isUserContextMenuCommand() && void it.reply('the owner'));
    const body = JSON.stringify({
      as: personId,
      channelId: bench.channelId,
      name: 'Who is it',
      targetId: bench.ownerId,
    });
    const headers = { 'content-type': 'application/json' };
    const used = await fetch(`${bench.simulator.url}/client/context-menus`, { method: 'POST', headers, body });
    expect(await used.json()).toEqual({ status: 'answered' });
    expect(bench.control.listSentMessages().map(({ content }) => content)).toEqual(['the owner']);
  });

  it('of a guild hide those of all guilds with the same name', async () => {
    const everywhere = await client.application.commands.create({ name: 'ping', description: 'Everywhere' });
    const own = await client.application.commands.create({ name: 'ping', description: 'Here' }, bench.guildId);
    const here = bench.control.commandsFor(personId, bench.channelId);
    expect(here.map(({ id }) => id)).toEqual([own.id]);
    await client.application.commands.delete(own.id, bench.guildId);
    expect(bench.control.commandsFor(personId, bench.channelId).map(({ id }) => id)).toEqual([everywhere.id]);
  });

  it('are there for those with the permissions they ask for, and for administrators with 0', async () => {
    await client.application.commands.set([
      { name: 'kick', description: 'x', defaultMemberPermissions: 'KickMembers' },
      { name: 'admin', description: 'x', defaultMemberPermissions: '0' },
    ]);
    expect([names(), names(bench.ownerId)]).toEqual([[], ['kick', 'admin']]);
    const { id } = bench.control.createRole(bench.guildId, { name: 'Mod', permissions: 2n });
    bench.control.setMemberRoles(bench.guildId, personId, [id]);
    expect(names()).toEqual(['kick']);
  });

  it('are there by context, age and installation', async () => {
    await client.application.commands.set([
      { name: 'guild', description: 'x', contexts: [0] },
      { name: 'direct', description: 'x', contexts: [1] },
      { name: 'adult', description: 'x', nsfw: true },
      { name: 'mine', description: 'x', integrationTypes: [1], contexts: [0, 1, 2] },
    ]);
    const direct = bench.control.directChannel(personId, demoApplication.id);
    expect([names(), names(personId, direct.id)]).toEqual([['guild'], ['direct', 'adult']]);
    bench.control.authorize(personId, ['applications.commands']);
    expect(names()).toEqual(['guild', 'mine']);
  });

  it('allow five follow-ups where only the person has the application', async () => {
    await client.application.commands.create({ name: 'mine', description: 'x', integrationTypes: [1] });
    bench.control.authorize(personId, ['applications.commands']);
    const received = new Promise<ChatInputCommandInteraction>((resolve) =>
      client.once(Events.InteractionCreate, (it) => resolve(it as ChatInputCommandInteraction)),
    );
    void run({}, 'mine');
    const it = await received;
    expect(it.authorizingIntegrationOwners).toMatchObject({ 1: personId });
    await it.reply('first');
    for (let count = 0; count < 5; count += 1) await it.followUp(`${count}`);
    await expect(it.followUp('one more')).rejects.toMatchObject({ code: 40_094 });
    expect(bench.control.listSentMessages()).toHaveLength(6);
  });
});
