import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  Events,
  GatewayIntentBits as Intent,
  type Interaction,
  type Message,
  MessageFlags,
  ModalBuilder,
  type OmitPartialGroupDMChannel,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALL_TEST_INTENTS, Bench } from '../../testing/bench.js';
import type { Bot } from './bot.js';
import { ExpectationFailed } from './failure.js';
import type { Person } from './person.js';
import type { Scenario } from './scenario.js';

const COMMANDS = [
  {
    name: 'case',
    description: 'Cases',
    options: [
      {
        type: 1,
        name: 'view',
        description: 'View',
        options: [
          { type: 4, name: 'id', description: 'Id', required: true },
          { type: 6, name: 'of', description: 'Of whom' },
        ],
      },
    ],
  },
  { name: 'play', description: 'Play', options: [{ type: 3, name: 'song', description: 'Song', autocomplete: true }] },
  { name: 'panel', description: 'Panel' },
  { name: 'silent', description: 'Never answers' },
  { name: 'Report', type: 3 },
  { name: 'Profile', type: 2 },
];

function row<Part extends ButtonBuilder | StringSelectMenuBuilder | TextInputBuilder>(...parts: Part[]) {
  return new ActionRowBuilder<Part>().addComponents(...parts);
}

const reasonModal = new ModalBuilder()
  .setCustomId('reason')
  .setTitle('Reason')
  .addComponents(row(new TextInputBuilder().setCustomId('text').setLabel('Why').setStyle(TextInputStyle.Short)));

/** A bot as its author would write it. */
async function act(it: Interaction): Promise<unknown> {
  if (it.isAutocomplete()) return it.respond([{ name: `${it.options.getFocused()}ermind`, value: 'nevermind' }]);
  if (it.isChatInputCommand() && it.commandName === 'case') {
    const text = `Case ${it.options.getInteger('id')} of ${it.options.getUser('of')?.username ?? 'nobody'}`;
    return it.reply({ content: text, flags: MessageFlags.Ephemeral });
  }
  if (it.isChatInputCommand() && it.commandName === 'panel') {
    const buttons = row(
      new ButtonBuilder().setCustomId('confirm').setLabel('Confirm').setStyle(ButtonStyle.Success),
      new ButtonBuilder().setCustomId('off').setLabel('Off').setStyle(ButtonStyle.Secondary).setDisabled(true),
      new ButtonBuilder().setURL('https://example.com').setLabel('Docs').setStyle(ButtonStyle.Link),
    );
    const colours = [
      { label: 'Deep red', value: 'r' },
      { label: 'Sea green', value: 'g' },
    ];
    const select = row(
      new StringSelectMenuBuilder().setCustomId('colour').setPlaceholder('Colour').addOptions(colours),
    );
    return it.reply({ content: 'Choose', components: [buttons, select] });
  }
  if (it.isMessageContextMenuCommand()) return it.reply(`Reported: ${it.targetMessage.content}`);
  if (it.isUserContextMenuCommand()) return it.reply(`This is ${it.targetUser.username}`);
  if (it.isButton()) return it.showModal(reasonModal);
  if (it.isStringSelectMenu()) return it.update({ content: `Chosen: ${it.values.join()}` });
  if (it.isModalSubmit()) return it.reply(`Because: ${it.fields.getTextInputValue('text')}`);
  return undefined;
}

async function sendBoth({ channel }: OmitPartialGroupDMChannel<Message>): Promise<void> {
  await channel.send('one');
  await channel.send('two');
}

describe('a scenario', () => {
  let bench: Bench;
  let client: Client<true>;
  let scenario: Scenario;
  let bot: Bot;
  let ada: Person;
  beforeEach(async () => {
    bench = await Bench.start();
    client = await bench.login({ intents: [...ALL_TEST_INTENTS, Intent.DirectMessages] });
    await client.application.commands.set(COMMANDS);
    client.on(Events.InteractionCreate, (interaction) => void act(interaction));
    client.on(Events.MessageCreate, (message) => {
      if (message.content === '!ping') void message.reply('pong');
      if (message.content === '!dm') void message.author.send('psst');
      if (message.content === '!two') void sendBoth(message);
    });
    scenario = bench.simulator.scenario();
    bot = scenario.bot();
    ada = scenario.person('ada', { in: 'Bench' });
  });
  afterEach(() => bench.close());

  it('lets people write, and bots answer', async () => {
    const ping = await ada.writes('!ping', { in: '#general' });
    const pong = await bot.answers(/^pong$/, { in: 'general' });
    expect(pong.replyTo?.messageId).toBe(ping.id);
    await ada.writes('!dm');
    await bot.answers('psst', { to: ada });
    const { id } = bench.control.createGuild({ name: 'Other', ownerId: bench.ownerId });
    bench.control.createChannel(id, { name: 'general' });
    await ada.writes('!ping');
    await bot.answers('pong', { in: 'general' });
    expect(() => scenario.bot('guildhall').answers('pong', { in: 'nowhere' })).toThrow(
      'There is no channel "nowhere"; there is general, general',
    );
  });

  it('takes every message for one expectation only, and an answer for one action only', async () => {
    await ada.writes('!two', { in: 'general' });
    await bot.answers('one');
    await bot.answers('two');
    const two = bot.answers('two', { within: 50 });
    await expect(two).rejects.toThrow(ExpectationFailed);
    await ada.writes('!two');
    await bot.answers('two');
    await ada.writes('and now something else');
    await bot.writes('one');
    await expect(bot.answers('one', { within: 50 })).rejects.toThrow(ExpectationFailed);
  });

  it('tells what happened instead of what was expected', async () => {
    client.on(Events.MessageCreate, ({ content, guild }) => {
      if (content === '!ban') void guild?.bans.create(ada.id).catch(() => undefined);
    });
    await ada.writes('!ping', { in: 'general' });
    await bot.answers('pong');
    const failure = await bot.answers('pang', { in: 'general', within: 50 }).catch((error: Error) => error);
    expect(failure).toMatchObject({
      message: [
        'Guildhall answers "pang" in #general: not within 50 ms',
        'the last messages of #general:',
        '  ada: !ping',
        '  Guildhall: pong',
        'what Guildhall did:',
        '  wrote in #general: pong',
      ].join('\n'),
    });
    await ada.writes('!ban');
    const refused = new Promise((resolve) => client.rest.once('response', resolve));
    await refused;
    await expect(ada.isBanned({ within: 50 })).rejects.toThrow(
      /ada is banned from Bench: not within 50 ms[^]*requests that were refused:\n {2}PUT \/guilds\/\d+\/bans\/\d+ → 403, 50013 Missing Permissions/,
    );
    await expect(ada.runs('/silent', {}, { within: 50 })).rejects.toThrow(/ada runs \/silent: no answer within 50 ms/);
    await client.destroy();
    await ada.writes('anyone?');
    await expect(bot.answers('x', { within: 50 })).rejects.toThrow(
      'Guildhall is not connected to the Discord Gateway.',
    );
  });

  it('runs commands with people by name, and shows what only one person sees', async () => {
    const answer = await ada.runs('/case view', { id: 4, of: 'owner' }, { in: 'general' });
    await answer.isEphemeral();
    await answer.says('Case 4 of owner');
    await expect(answer.isPublic({ within: 50 })).rejects.toThrow(/showed ada alone: Case 4 of owner/);
    expect(await ada.types('/play', { song: 'nev' })).toEqual([{ name: 'nevermind', value: 'nevermind' }]);
    await expect(ada.runs('/kase view', { id: 4 })).rejects.toThrow(
      'ada cannot run /kase view: they have no such command there; they have /case, /play, /panel, /silent',
    );
    await expect(ada.runs('/case view', { nr: 4 })).rejects.toThrow(
      'ada cannot give the option nr: the command has id, of',
    );
  });

  it('fails a command that the bot leaves unanswered, and says so', async () => {
    const strict = await Bench.start({ interactionTimings: { firstAnswerMs: 30 } });
    await (await strict.login()).application.commands.set(COMMANDS);
    const person = strict.simulator.scenario().person('ada', { in: 'Bench' });
    await expect(person.runs('/silent', {}, { in: 'general' })).rejects.toThrow(
      [
        'ada runs /silent: the application did not respond',
        'the last messages of #general:',
        '  (none)',
        'interactions that failed:',
        '  /silent of ada was not answered',
      ].join('\n'),
    );
    await strict.close();
  });

  it('presses buttons, chooses and fills forms by what is written on them', async () => {
    const panel = await ada.runs('/panel', {}, { in: 'general' });
    await panel.isPublic();
    expect((await ada.presses('Confirm', panel)).modal).toMatchObject({ title: 'Reason' });
    await expect(ada.fills('Reason', { Whence: 'x' })).rejects.toThrow(
      'ada cannot fill "Reason": it has no field "Whence", but "Why"',
    );
    await expect(ada.fills('Reason', {})).rejects.toThrow(/^ada cannot fill "Reason": .*is required/);
    await (await ada.fills('Reason', { Why: 'spam' })).says('Because: spam');
    await (await ada.chooses('Sea green', { on: panel })).says('Chosen: g');
    await expect(ada.chooses('Blue', { from: 'Colour' })).rejects.toThrow('there is "Deep red", "Sea green"');
    await expect(ada.presses('Off')).rejects.toThrow('ada cannot press "Off": it is disabled');
    await expect(ada.presses('Docs')).rejects.toThrow('ada cannot press "Docs": it is a link');
    await expect(ada.presses('Cancel')).rejects.toThrow('ada cannot press "Cancel": there is "Confirm", "Off", "Docs"');
    await expect(ada.fills('Reason', { Why: 'x' })).rejects.toThrow('no form is open');
  });

  it('chooses from the menus of messages and people', async () => {
    const rude = await scenario.person('bob', { in: 'Bench' }).writes('rude', { in: 'general' });
    await (await ada.usesOnMessage('Report', rude)).says('Reported: rude');
    await (await ada.usesOnPerson('Profile', 'bob')).says('This is bob');
    await expect(ada.usesOnMessage('Praise', rude)).rejects.toThrow('ada cannot use "Praise": ');
  });

  it('waits for what happens to people', async () => {
    const { id } = bench.control.createRole(bench.guildId, { name: 'Regular' });
    bench.control.updateRole(bench.guildId, client.guilds.cache.first()!.members.me!.roles.botRole!.id, {
      position: 5,
    });
    client.on(Events.MessageCreate, ({ content, member }) => {
      if (content === '!join') void member?.roles.add(id);
      if (content === '!out') void member?.kick();
    });
    await ada.writes('!join', { in: 'general' });
    await ada.receives('Regular');
    await ada.writes('!out');
    await ada.isGone();
    await expect(ada.writes('hello?')).rejects.toThrow(
      'ada cannot write "hello?" in #general: ada is not a member of Bench',
    );
  });

  it('proves that something does not happen', async () => {
    await ada.writes('!two', { in: 'general' });
    await scenario.never(() => bot.answers('three'), { until: () => bot.answers('two') });
    await ada.writes('!two');
    await expect(scenario.never(() => bot.answers('one'), { until: () => bot.answers('two') })).rejects.toThrow(
      'It should not have happened: Guildhall answers "one"',
    );
    await scenario.never(() => bot.answers('three'), { within: 20 });
  });

  it('tells what changed', async () => {
    const before = scenario.snapshot();
    expect(scenario.changesSince(before)).toEqual([]);
    bench.control.setNickname(bench.guildId, ada.id, 'Countess');
    const message = await ada.writes('hello', { in: 'general' });
    const hello = { id: message.id, content: 'hello', authorId: ada.id };
    const renamed = { actionType: 24, targetId: ada.id };
    expect(scenario.changesSince(before)).toMatchObject([
      { path: expect.stringMatching(/^guilds\[Bench\]\.auditLog\[\d+\]$/) as string, after: renamed },
      { path: 'guilds[Bench].members[ada].nick', before: null, after: 'Countess' },
      { path: 'channels[general].lastMessageId', before: null, after: message.id },
      { path: `messages[${message.id}]`, after: hello },
    ]);
    bench.control.deleteMessage(bench.channelId, message.id);
    expect(scenario.changesSince(before).map(({ path }) => path)).not.toContain(`messages[${message.id}]`);
  });
});

describe('what people may do', () => {
  let bench: Bench;
  let scenario: Scenario;
  let ada: Person;
  beforeEach(async () => {
    bench = await Bench.start({ startAt: new Date('2026-03-01T12:00:00.000Z') });
    scenario = bench.simulator.scenario();
    ada = scenario.person('ada', { in: bench.guildId });
  });
  afterEach(() => bench.close());

  const general = (changes: Parameters<Bench['control']['updateChannel']>[1]) =>
    bench.control.updateChannel(bench.channelId, changes);
  const deny = (permission: bigint) => [
    { id: bench.guildId, type: 0 as const, allow: '0', deny: permission.toString() },
  ];

  it('is what their permissions allow', async () => {
    general({ overwrites: deny(Permission.SendMessages) });
    await expect(ada.writes('x', { in: 'general' })).rejects.toThrow(
      'ada cannot write "x" in #general: the permission SendMessages is missing',
    );
    general({ overwrites: deny(Permission.ViewChannel) });
    await expect(ada.writes('x')).rejects.toThrow('ada cannot write "x" in #general: ada cannot see it');
    general({ overwrites: [] });
    const id = bench.say('from the owner');
    await expect(ada.edits(id, 'mine')).rejects.toThrow('ada cannot edit a message: somebody else wrote it');
    await expect(ada.deletes(id)).rejects.toThrow('the permission ManageMessages is missing');
    await expect(ada.writes('x'.repeat(2_001))).rejects.toThrow('it has 2001 characters of 2000 at most');
    await expect(ada.writes('')).rejects.toThrow('a message without content is not sent');
    await expect(ada.writes('x', { in: 'genreal' })).rejects.toThrow(
      'There is no channel "genreal" in Bench; there is general',
    );
    bench.control.timeOut(bench.guildId, ada.id, new Date('2026-03-01T13:00:00.000Z'));
    await expect(ada.writes('x')).rejects.toThrow('timed out until 2026-03-01T13:00:00.000Z');
    scenario.clock.advance({ hours: 1 });
    await ada.writes('x');
    expect(bench.control.listSentMessages().map(({ content }) => content)).toEqual(['from the owner', 'x']);
  });

  it('is slowed down and watched', async () => {
    general({ slowmodeSeconds: 30 });
    await ada.writes('one', { in: 'general' });
    scenario.clock.advance({ seconds: 10 });
    await expect(ada.writes('two')).rejects.toThrow(
      'ada cannot write "two" in #general: slowmode is on for 20 more seconds',
    );
    scenario.clock.advance({ seconds: 20 });
    bench.control.createAutoModerationRule(bench.guildId, {
      name: 'No spam',
      keywords: ['spam'],
      actions: [{ type: 1 }],
    });
    await expect(ada.writes('spam')).rejects.toThrow(/^ada cannot write "spam" in #general: AutoMod blocks it: /);
    await ada.writes('two');
  });

  it('goes for messages, threads, voice, invites and status', async () => {
    const message = await ada.uploads({ name: 'a.txt', content: 'hello' }, { in: 'general', text: 'see' });
    expect(message.attachments).toMatchObject([{ filename: 'a.txt', size: 5 }]);
    await ada.edits(message, 'look');
    await ada.reacts('👍', message);
    expect(bench.control.saveState().messages).toMatchObject([{ content: 'look', reactions: [{ userIds: [ada.id] }] }]);
    await ada.takesBack('👍', message);
    await expect(ada.takesBack('👍', message)).rejects.toThrow('ada cannot take 👍 back: it is not there');
    await expect(ada.pins(message)).rejects.toThrow('the permission PinMessages is missing');
    await scenario.person('owner', { in: 'Bench' }).pins(message);
    const thread = await ada.startsThread('Topic', { on: message });
    await ada.writes('in the thread', { in: thread });
    await ada.leaves(thread);
    const voice = bench.control.createChannel(bench.guildId, { name: 'Voice', type: 2 });
    await ada.joins('Voice');
    await expect(ada.leaves('general')).rejects.toThrow('ada cannot leave #general: not in it');
    await ada.leaves(voice);
    const invite = await ada.invites({ to: 'general', maxUses: 1 });
    const bob = scenario.person('bob');
    await expect(bob.writes('x', { in: 'general' })).rejects.toThrow('bob is not a member of Bench');
    await bob.joins(invite);
    await bob.goes('dnd', { playing: 'Chess' });
    await bob.writes('here', { in: 'general', replyingTo: message });
    await bob.leaves('Bench');
    await ada.deletes(message);
    expect(bench.control.listSentMessages().map(({ content }) => content)).toEqual(['', 'here', 'in the thread']);
  });

  it('posts in forums', async () => {
    const help = bench.control.createChannel(bench.guildId, { name: 'help', type: ChannelType.GuildForum });
    const tag = { id: '1', name: 'Bug', isModerated: true, emojiId: null, emojiName: null };
    bench.control.updateChannel(help.id, { forum: { ...help.forum!, tags: [tag] } });
    await expect(ada.writes('x', { in: 'help' })).rejects.toThrow('nobody writes in #help itself');
    await expect(ada.posts('Broken', 'It broke', { in: 'help', tags: ['Bug'] })).rejects.toThrow('Missing Permissions');
    const post = await scenario.person('owner').posts('Broken', 'It broke', { in: 'help', tags: ['Bug'] });
    await ada.writes('for me, too', { in: post });
    await expect(ada.posts('Hello', 'x', { in: 'general' })).rejects.toThrow('#general is no forum');
    expect(
      bench.control.listSentMessages({ channelId: post.id }).map(({ id, content }) => [id === post.id, content]),
    ).toEqual([
      [true, 'It broke'],
      [false, 'for me, too'],
    ]);
  });

  it('asks and votes', async () => {
    await expect(ada.asks('Lunch?', ['Pizza'], { in: 'general' })).rejects.toThrow(
      'the permission SendPolls is missing',
    );
    bench.control.createRole(bench.guildId, { name: 'Pollster', permissions: Permission.SendPolls });
    ada = scenario.person('ada', { in: 'Bench', roles: ['Pollster'] });
    const poll = await ada.asks('Lunch?', ['Pizza', 'Salad'], { in: 'general', hours: 1 });
    const bob = scenario.person('bob', { in: 'Bench' });
    await bob.votes('Salad', poll);
    await expect(bob.votes('Soup', poll)).rejects.toThrow('bob cannot vote for Soup: there is Pizza, Salad');
    await expect(bob.votes(['Pizza', 'Salad'], poll)).rejects.toThrow(
      'bob cannot vote for Pizza, Salad: One answer only',
    );
    expect(poll.poll?.answers.map(({ voterIds }) => voterIds)).toEqual([[], [bob.id]]);
    scenario.clock.advance({ hours: 1 });
    await expect(bob.votes('Pizza', poll)).rejects.toThrow('bob cannot vote for Pizza: This poll has ended');
  });

  it('is done by who exists, in guilds and with roles that exist', () => {
    expect(() => scenario.person('ada', { in: 'Bensch' })).toThrow('There is no guild "Bensch"; there is Bench');
    expect(() => scenario.person('ada', { in: 'Bench', roles: ['Boss'] })).toThrow(
      'There is no role "Boss" in Bench; there is @everyone, Bot',
    );
    bench.control.createUser({ username: 'ada' });
    expect(() => scenario.person('ada')).toThrow(/^More than one person is called "ada": choose by id, \d+, \d+$/);
  });
});
