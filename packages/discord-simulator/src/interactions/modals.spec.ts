import {
  ActionRowBuilder,
  type ButtonInteraction,
  type Client,
  Events,
  LabelBuilder,
  ModalBuilder,
  type ModalSubmitInteraction,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { formFaults } from '../../testing/form-faults.js';
import { ALL_PERMISSIONS } from '../state/permissions.js';
import type { FieldValue } from './person.js';

const input = (fields: object = {}) => ({ type: 4, custom_id: 'text', style: 1, ...fields });
const label = (component: object, fields: object = {}) => ({ type: 18, label: 'Label', component, ...fields });
const modal = (...components: object[]) => ({ custom_id: 'modal', title: 'Title', components });
const many = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, it) => make(it));
const options = (count: number) => many(count, (it) => ({ label: `${it}`, value: `${it}` }));

describe('modals', () => {
  let bench: Bench;
  let client: Client<true>;
  let messageId: string;
  beforeEach(async () => {
    bench = await Bench.start({ startAt: new Date('2026-01-01T00:00:00Z'), botPermissions: ALL_PERMISSIONS });
    client = await bench.login();
    const button = { type: 2, style: 1, label: 'Open', custom_id: 'open' };
    const body = { content: 'x', components: [{ type: 1, components: [button] }] };
    ({ id: messageId } = await bench.json<{ id: string }>(
      bench.rest('POST', `/channels/${bench.channelId}/messages`, body),
    ));
  });
  afterEach(() => bench.close());

  const here = () => ({ userId: bench.ownerId, channelId: bench.channelId });
  const press = () => bench.control.pressButton({ ...here(), messageId, customId: 'open' });
  const submit = (fields: Record<string, FieldValue>, customId = 'modal') =>
    bench.control.submitModal({ ...here(), customId, fields });

  /** Presses the button; the press is not answered yet. */
  async function pressed(): Promise<ButtonInteraction> {
    const received = new Promise<ButtonInteraction>((resolve) =>
      client.once(Events.InteractionCreate, (it) => resolve(it as ButtonInteraction)),
    );
    void press();
    return received;
  }

  const show = (it: ButtonInteraction, data: object) =>
    bench.rest('POST', `/interactions/${it.id}/${it.token}/callback`, { type: 9, data });

  it('of discord.js are shown, filled in and awaited', async () => {
    const it = await pressed();
    const awaited = it.awaitModalSubmit({ time: 60_000 });
    await it.showModal(
      new ModalBuilder()
        .setCustomId('modal')
        .setTitle('Report')
        .addTextDisplayComponents(new TextDisplayBuilder().setContent('Who, and why?'))
        .addLabelComponents(
          new LabelBuilder()
            .setLabel('Who')
            .setUserSelectMenuComponent(new UserSelectMenuBuilder().setCustomId('who').setMaxValues(2)),
          new LabelBuilder()
            .setLabel('Why')
            .setTextInputComponent(new TextInputBuilder().setCustomId('why').setStyle(TextInputStyle.Paragraph)),
        ),
    );
    const outcome = submit({ who: [bench.ownerId], why: 'because' });
    const submitted = await awaited;
    expect(submitted.fields.getTextInputValue('why')).toBe('because');
    expect(submitted.fields.getSelectedUsers('who')?.map(({ username }) => username)).toEqual(['owner']);
    await submitted.reply('noted');
    expect((await outcome).messages.map(({ content }) => content)).toEqual(['noted']);
  });

  it('of the old kind hold text inputs in rows, and may change the message they came from', async () => {
    const it = await pressed();
    const row = new ActionRowBuilder<TextInputBuilder>().addComponents(
      new TextInputBuilder().setCustomId('text').setLabel('Text').setStyle(TextInputStyle.Short).setValue('as it was'),
    );
    await it.showModal(new ModalBuilder().setCustomId('modal').setTitle('Edit').addComponents(row));
    client.once(Events.InteractionCreate, (submitted) => {
      const { fields } = submitted as ModalSubmitInteraction;
      void (submitted as ModalSubmitInteraction<'cached'> & { update: ButtonInteraction['update'] }).update({
        content: fields.getTextInputValue('text'),
      });
    });
    await submit({});
    expect(bench.control.listSentMessages().map(({ content }) => content)).toEqual(['as it was']);
  });

  it('say in the answer what opened them', async () => {
    await show(await pressed(), modal(label(input())));
    client.once(Events.InteractionCreate, (it) => void (it as ModalSubmitInteraction).reply('noted'));
    const { messages } = await submit({ text: 'x' });
    const path = `/channels/${bench.channelId}/messages/${messages[0]!.id}`;
    expect(await bench.json(bench.rest('GET', path))).toMatchObject({
      interaction_metadata: {
        type: 5,
        triggering_interaction_metadata: { type: 3, interacted_message_id: messageId },
      },
    });
  });

  it('take selects of each kind, files, and choices', async () => {
    const role = bench.control.createRole(bench.guildId, { name: 'Crew' });
    await show(
      await pressed(),
      modal(
        label({ type: 3, custom_id: 'pick', options: options(3), max_values: 2 }),
        label({ type: 19, custom_id: 'proof', max_values: 2 }),
        label({ type: 21, custom_id: 'radio', options: options(2) }),
        label({ type: 22, custom_id: 'boxes', options: options(2) }),
        label({ type: 7, custom_id: 'anybody', required: false }),
      ),
    );
    const received = new Promise<Record<string, unknown>>((resolve) =>
      client.ws.on('INTERACTION_CREATE' as never, (it: { data: Record<string, unknown> }) => resolve(it.data)),
    );
    void submit({
      pick: ['0', '2'],
      proof: [{ filename: 'a.txt', content: 'YQ==' }],
      radio: '1',
      boxes: ['0', '1'],
      anybody: [role.id],
    });
    const { components, resolved } = (await received) as {
      components: { component: { values?: string[]; value?: string } }[];
      resolved: { attachments: Record<string, { filename: string }>; roles: object };
    };
    const [pick, proof, radio, boxes, anybody] = components.map(({ component }) => component);
    expect([pick?.values, radio?.value, boxes?.values, anybody?.values]).toEqual([
      ['0', '2'],
      '1',
      ['0', '1'],
      [role.id],
    ]);
    expect(resolved.attachments[proof!.values![0]!]?.filename).toBe('a.txt');
    expect(Object.keys(resolved.roles)).toEqual([role.id]);
  });

  it.each<[what: string, component: object, value?: FieldValue]>([
    ['too few characters', input({ min_length: 2 }), 'x'],
    ['too many characters', input({ max_length: 2 }), 'xxx'],
    ['nothing, where something is required', input()],
    ['what is not offered', { type: 3, custom_id: 'text', options: options(2) }, ['9']],
    ['too many', { type: 3, custom_id: 'text', options: options(2) }, ['0', '1']],
    ['one twice', { type: 3, custom_id: 'text', options: options(2), max_values: 2 }, ['0', '0']],
    ['no file, where one is required', { type: 19, custom_id: 'text' }, []],
    ['a user that is none', { type: 5, custom_id: 'text' }, ['1']],
    ['no choice, where one is required', { type: 21, custom_id: 'text', options: options(2) }],
  ])('are not sent off with %s', async (_what, component, value) => {
    await show(await pressed(), modal(label(component)));
    expect(() => submit(value === undefined ? {} : { text: value })).toThrow();
  });

  it('are sent off once, by whom they were shown to, and again after they failed', async () => {
    expect(() => submit({}, 'modal')).toThrow('No modal');
    await show(await pressed(), modal(label(input())));
    expect(() => submit({ stranger: 'x' })).toThrow('No field stranger');
    const userId = bench.person('other');
    expect(() => bench.control.submitModal({ ...here(), userId, customId: 'modal', fields: {} })).toThrow('No modal');
    const isReceived = new Promise((resolve) => client.once(Events.InteractionCreate, resolve));
    const failing = submit({ text: 'x' });
    await isReceived;
    bench.control.advance(3_000);
    expect((await failing).status).toBe('failed');
    client.once(Events.InteractionCreate, (it) => void (it as ModalSubmitInteraction).reply('noted'));
    expect((await submit({ text: 'x' })).status).toBe('answered');
    expect(() => submit({ text: 'x' })).toThrow('No modal');
  });

  it.each<[what: string, data: object, ...faults: string[]]>([
    ['no title', { custom_id: 'x', components: [label(input())] }, 'data.title BASE_TYPE_REQUIRED'],
    [
      'a title of 46 characters',
      { ...modal(label(input())), title: 'x'.repeat(46) },
      'data.title BASE_TYPE_BAD_LENGTH',
    ],
    ['nothing in it', modal(), 'data.components BASE_TYPE_BAD_LENGTH'],
    [
      '6 components',
      modal(...many(6, (it) => label(input({ custom_id: `${it}` })))),
      'data.components BASE_TYPE_BAD_LENGTH',
    ],
    ['a button', modal(label({ type: 2, style: 1, custom_id: 'x' })), 'data.components.0.component UNION_TYPE_CHOICES'],
    ['a container', modal({ type: 17, components: [] }), 'data.components.0 UNION_TYPE_CHOICES'],
    [
      'two inputs in a row',
      modal({ type: 1, components: [input({ label: 'x' }), input({ label: 'x', custom_id: 'b' })] }),
      'data.components.0.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an input in a row without a label',
      modal({ type: 1, components: [input()] }),
      'data.components.0.components.0.label BASE_TYPE_REQUIRED',
    ],
    [
      'a label of 46 characters',
      modal(label(input(), { label: 'x'.repeat(46) })),
      'data.components.0.label BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a description of 101 characters',
      modal(label(input(), { description: 'x'.repeat(101) })),
      'data.components.0.description BASE_TYPE_MAX_LENGTH',
    ],
    [
      '4,001 characters at most',
      modal(label(input({ max_length: 4_001 }))),
      'data.components.0.component.max_length NUMBER_TYPE_MAX',
    ],
    [
      'more at least than at most',
      modal(label(input({ min_length: 3, max_length: 2 }))),
      'data.components.0.component.min_length NUMBER_TYPE_MAX',
    ],
    [
      'a placeholder of 101 characters',
      modal(label(input({ placeholder: 'x'.repeat(101) }))),
      'data.components.0.component.placeholder BASE_TYPE_MAX_LENGTH',
    ],
    [
      '11 files',
      modal(label({ type: 19, custom_id: 'x', max_values: 11 })),
      'data.components.0.component.max_values NUMBER_TYPE_MAX',
    ],
    [
      '11 choices',
      modal(label({ type: 21, custom_id: 'x', options: options(11) })),
      'data.components.0.component.options BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a custom id twice',
      modal(label(input()), label(input())),
      'data.components.1.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
  ])('are refused: %s', async (_what, data, ...faults) => {
    const it = await pressed();
    expect(await formFaults(show(it, data))).toEqual(faults);
    await it.reply('after all');
  });

  it('cannot follow upon a modal', async () => {
    await show(await pressed(), modal(label(input())));
    const received = new Promise<ButtonInteraction>((resolve) =>
      client.once(Events.InteractionCreate, (it) => resolve(it as ButtonInteraction)),
    );
    void submit({ text: 'x' });
    expect(await formFaults(show(await received, modal(label(input()))))).toEqual(['type BASE_TYPE_BAD_VALUE']);
  });
});
