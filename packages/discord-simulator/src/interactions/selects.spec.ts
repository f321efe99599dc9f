import {
  ActionRowBuilder,
  type AnySelectMenuInteraction,
  ChannelSelectMenuBuilder,
  type Client,
  Events,
  MentionableSelectMenuBuilder,
  type MessageActionRowComponentBuilder,
  RoleSelectMenuBuilder,
  StringSelectMenuBuilder,
  type TextChannel,
  UserSelectMenuBuilder,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { ALL_PERMISSIONS } from '../state/permissions.js';

describe('selects', () => {
  let bench: Bench;
  let client: Client<true>;
  let roleId: string;
  beforeEach(async () => {
    bench = await Bench.start({ botPermissions: ALL_PERMISSIONS });
    client = await bench.login();
    roleId = bench.control.createRole(bench.guildId, { name: 'Crew' }).id;
    client.on(Events.InteractionCreate, (it) => {
      const select = it as AnySelectMenuInteraction;
      const [users, roles, channels] = ['users', 'roles', 'channels'].map((part) => {
        const named = (select as unknown as Record<string, Map<string, { name?: string; username?: string }>>)[part];
        return [...(named?.values() ?? [])].map(({ name, username }) => username ?? name).join();
      });
      void select.reply([select.values.length, users, roles, channels].join(' ').trim());
    });
  });
  afterEach(() => bench.close());

  async function send(select: MessageActionRowComponentBuilder) {
    const row = new ActionRowBuilder<MessageActionRowComponentBuilder>().addComponents(select);
    const message = await (client.channels.cache.get(bench.channelId) as TextChannel).send({ components: [row] });
    const use = { userId: bench.ownerId, channelId: bench.channelId, messageId: message.id, customId: 'pick' };
    const choose = (...values: string[]) => bench.control.pressButton({ ...use, values });
    return { message, choose, said: async (...values: string[]) => (await choose(...values)).messages[0]?.content };
  }

  it('of words give what was chosen, and take as many as they say', async () => {
    const options = ['a', 'b', 'c'].map((value) => ({ label: value, value }));
    const select = new StringSelectMenuBuilder()
      .setCustomId('pick')
      .addOptions(options)
      .setMinValues(1)
      .setMaxValues(2);
    const { choose, said } = await send(select);
    expect(await said('a', 'c')).toBe('2');
    for (const values of [[], ['a', 'b', 'c'], ['z'], ['a', 'a']]) expect(() => choose(...values)).toThrow();
  });

  it('of users name them', async () => {
    const select = new UserSelectMenuBuilder().setCustomId('pick').setDefaultUsers(bench.ownerId);
    const { choose, said, message } = await send(select);
    expect(message.components[0]?.toJSON()).toMatchObject({
      components: [{ min_values: 1, max_values: 1, default_values: [{ id: bench.ownerId, type: 'user' }] }],
    });
    expect(await said(bench.ownerId)).toBe('1 owner');
    expect(() => choose(roleId)).toThrow('There is no user');
  });

  it('of roles name them', async () => {
    const { choose, said } = await send(new RoleSelectMenuBuilder().setCustomId('pick'));
    expect(await said(roleId)).toBe('1  Crew');
    expect(() => choose(bench.ownerId)).toThrow('There is no role');
  });

  it('of both name both', async () => {
    const { said } = await send(new MentionableSelectMenuBuilder().setCustomId('pick').setMaxValues(2));
    expect(await said(bench.ownerId, roleId)).toBe('2 owner Crew');
  });

  it('of channels name those of the right type that the person sees', async () => {
    const select = new ChannelSelectMenuBuilder().setCustomId('pick').setChannelTypes(0);
    const { choose, said } = await send(select);
    expect(await said(bench.channelId)).toBe('1   general');
    const voice = bench.control.createChannel(bench.guildId, { name: 'Voice', type: 2 });
    expect(() => choose(voice.id)).toThrow('There is no channel');
  });

  it('that are disabled, or that the person cannot see, are not used', async () => {
    const { choose } = await send(new UserSelectMenuBuilder().setCustomId('pick').setDisabled(true));
    expect(() => choose(bench.ownerId)).toThrow('disabled');
    const { message } = await send(new UserSelectMenuBuilder().setCustomId('pick'));
    const { id: userId } = bench.control.createUser({ username: 'stranger' });
    const use = { userId, channelId: bench.channelId, messageId: message.id, customId: 'pick', values: [userId] };
    expect(() => bench.control.pressButton(use)).toThrow('No component');
  });
});
