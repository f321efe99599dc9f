import {
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  type Client,
  ContainerBuilder,
  Events,
  FileBuilder,
  MediaGalleryBuilder,
  MessageFlags,
  SectionBuilder,
  SeparatorBuilder,
  StringSelectMenuBuilder,
  type TextChannel,
  TextDisplayBuilder,
  ThumbnailBuilder,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench } from '../../testing/bench.js';
import { formFaults } from '../../testing/form-faults.js';
import { ALL_PERMISSIONS } from '../state/permissions.js';

const V2 = MessageFlags.IsComponentsV2;
const IMAGE = 'https://example.com/image.png';

const button = (customId: string) => ({ type: 2, style: 1, label: 'x', custom_id: customId });
const row = (...components: object[]) => ({ type: 1, components });
const rows = (...components: object[]) => ({ components: components.map((it) => row(it)) });
const select = (fields: object) => ({ type: 3, custom_id: 's', options: [{ label: 'a', value: 'a' }], ...fields });
const display = (content: string) => ({ type: 10, content });
const shown = (...components: object[]) => ({ flags: V2, components });
const many = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, it) => make(it));

describe('components', () => {
  let bench: Bench;
  let client: Client<true>;
  beforeAll(async () => {
    bench = await Bench.start({ botPermissions: ALL_PERMISSIONS });
    client = await bench.login();
  });
  afterAll(() => bench.close());

  const post = (body: object) => bench.rest('POST', `/channels/${bench.channelId}/messages`, body);
  const channel = () => client.channels.cache.get(bench.channelId) as TextChannel;

  it('of version 2 are sent by discord.js, numbered, and used at any depth', async () => {
    const more = new ButtonBuilder().setCustomId('more').setLabel('More').setStyle(ButtonStyle.Primary);
    const container = new ContainerBuilder()
      .setAccentColor(0x123456)
      .addTextDisplayComponents(new TextDisplayBuilder().setContent('# Title'))
      .addSectionComponents(
        new SectionBuilder()
          .addTextDisplayComponents(new TextDisplayBuilder().setContent('text'))
          .setButtonAccessory(more),
        new SectionBuilder()
          .addTextDisplayComponents(new TextDisplayBuilder().setContent('with a picture'))
          .setThumbnailAccessory(new ThumbnailBuilder().setURL(IMAGE)),
      )
      .addSeparatorComponents(new SeparatorBuilder())
      .addMediaGalleryComponents(new MediaGalleryBuilder().addItems({ media: { url: IMAGE } }))
      .addFileComponents(new FileBuilder().setURL('attachment://notes.txt'))
      .addActionRowComponents((actions) =>
        actions.addComponents(
          new StringSelectMenuBuilder().setCustomId('pick').addOptions([
            { label: 'One', value: '1' },
            { label: 'Two', value: '2' },
          ]),
        ),
      );
    const files = [new AttachmentBuilder(Buffer.from('notes'), { name: 'notes.txt' })];
    const message = await channel().send({ flags: V2, components: [container], files });
    expect(message.flags.has(V2)).toBe(true);
    const [top] = message.components.map(
      (it) => it.toJSON() as unknown as { id: number; components: { id: number }[] },
    );
    expect([top?.id, top?.components.map(({ id }) => id)]).toEqual([1, [2, 3, 6, 9, 10, 11, 12]]);
    const file = top?.components[5] as unknown as { file: { url: string }; name: string; size: number };
    expect([file.name, file.size]).toEqual(['notes.txt', 5]);
    expect(await (await fetch(file.file.url)).text()).toBe('notes');

    client.once(Events.InteractionCreate, (it) => {
      if (it.isButton()) void it.reply(`pressed ${it.customId}`);
    });
    const use = { userId: bench.ownerId, channelId: bench.channelId, messageId: message.id };
    const pressed = await bench.control.pressButton({ ...use, customId: 'more' });
    expect(pressed.messages[0]?.content).toBe('pressed more');
    client.once(Events.InteractionCreate, (it) => {
      if (it.isStringSelectMenu()) void it.reply(`picked ${it.values.join()}`);
    });
    const picked = await bench.control.pressButton({ ...use, customId: 'pick', values: ['2'] });
    expect(picked.messages[0]?.content).toBe('picked 2');
  });

  it('keep their numbers and leave those out that are taken', async () => {
    const components = [{ ...display('a'), id: 2 }, display('b'), { ...display('c'), id: 0 }];
    const message = await bench.json<{ components: { id: number }[] }>(post(shown(...components)));
    expect(message.components.map(({ id }) => id)).toEqual([2, 1, 3]);
  });

  it('of version 2 stay so when the message is edited', async () => {
    const { id } = await bench.json<{ id: string }>(post(shown(display('before'))));
    const path = `/channels/${bench.channelId}/messages/${id}`;
    const edited = await bench.json(bench.rest('PATCH', path, { components: [display('after')], flags: 0 }));
    expect(edited).toMatchObject({ flags: V2, components: [{ content: 'after' }] });
    expect(await formFaults(bench.rest('PATCH', path, { content: 'words' }))).toEqual([
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ]);
  });

  it('of version 2 can take the place of words', async () => {
    const { id } = await bench.json<{ id: string }>(post({ content: 'words' }));
    const path = `/channels/${bench.channelId}/messages/${id}`;
    const body = shown(display('components'));
    expect(await formFaults(bench.rest('PATCH', path, body))).toEqual([
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ]);
    expect(await bench.json(bench.rest('PATCH', path, { ...body, content: null }))).toMatchObject({
      content: '',
      flags: V2,
    });
  });

  it.each<[what: string, body: object, ...faults: string[]]>([
    ['6 rows', rows(...many(6, (it) => button(`${it}`))), 'components BASE_TYPE_MAX_LENGTH'],
    ['an empty row', { components: [row()] }, 'components.0.components BASE_TYPE_BAD_LENGTH'],
    [
      '6 buttons in a row',
      { components: [row(...many(6, (it) => button(`${it}`)))] },
      'components.0.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a select beside a button',
      { components: [row(button('b'), select({}))] },
      'components.0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    ['a text display without the flag', { components: [display('x')] }, 'components.0 UNION_TYPE_CHOICES'],
    ['a type that is none', { components: [{ type: 99 }] }, 'components.0 UNION_TYPE_CHOICES'],
    [
      'a text input in a message',
      rows({ type: 4, custom_id: 'x', style: 1 }),
      'components.0.components.0 UNION_TYPE_CHOICES',
    ],
    [
      'a button without a custom id',
      rows({ type: 2, style: 1, label: 'x' }),
      'components.0.components.0.custom_id BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
    ],
    [
      'a link without a url',
      rows({ type: 2, style: 5, label: 'x' }),
      'components.0.components.0.url BUTTON_COMPONENT_URL_REQUIRED',
    ],
    [
      'a custom id of 101 characters',
      rows(button('x'.repeat(101))),
      'components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a label of 81 characters',
      rows({ ...button('x'), label: 'x'.repeat(81) }),
      'components.0.components.0.label BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a custom id twice',
      rows(button('x'), button('x')),
      'components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      '26 options',
      rows(select({ options: many(26, (it) => ({ label: 'x', value: `${it}` })) })),
      'components.0.components.0.options BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a value twice',
      rows(select({ options: many(2, () => ({ label: 'x', value: 'x' })) })),
      'components.0.components.0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ],
    [
      'more values than options',
      rows(select({ max_values: 2 })),
      'components.0.components.0.max_values NUMBER_TYPE_MAX',
    ],
    [
      '26 values',
      rows(select({ type: 5, options: undefined, max_values: 26 })),
      'components.0.components.0.max_values NUMBER_TYPE_MAX',
    ],
    [
      'a placeholder of 151 characters',
      rows(select({ placeholder: 'x'.repeat(151) })),
      'components.0.components.0.placeholder BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a role as the default of a user select',
      rows({ type: 5, custom_id: 's', default_values: [{ id: '1', type: 'role' }] }),
      'components.0.components.0.default_values.0.type BASE_TYPE_CHOICES',
    ],
    [
      'two defaults where one is chosen',
      rows({ type: 5, custom_id: 's', default_values: many(2, (it) => ({ id: `${it}`, type: 'user' })) }),
      'components.0.components.0 SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
    ],
    [
      'words beside version 2',
      { ...shown(display('x')), content: 'x' },
      'content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      'embeds beside version 2',
      { ...shown(display('x')), embeds: [{ title: 'x' }] },
      'embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    ['41 components', shown(...many(41, () => display('x'))), 'components BASE_TYPE_MAX_LENGTH'],
    [
      '41 components, most of them inside',
      shown({ type: 17, components: many(40, () => display('x')) }),
      'components BASE_TYPE_MAX_LENGTH',
    ],
    [
      '4,001 characters',
      shown(display('x'.repeat(2_000)), display('x'.repeat(2_001))),
      'components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    ],
    ['an empty text display', shown(display('')), 'components.0.content BASE_TYPE_BAD_LENGTH'],
    [
      'a section of 4 texts',
      shown({ type: 9, components: many(4, () => display('x')), accessory: button('x') }),
      'components.0.components BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a section without its accessory',
      shown({ type: 9, components: [display('x')] }),
      'components.0.accessory BASE_TYPE_REQUIRED',
    ],
    [
      '11 pictures in a gallery',
      shown({ type: 12, items: many(11, () => ({ media: { url: IMAGE } })) }),
      'components.0.items BASE_TYPE_BAD_LENGTH',
    ],
    ['a file from elsewhere', shown({ type: 13, file: { url: IMAGE } }), 'components.0.file.url STRING_TYPE_REGEX'],
    [
      'a container in a container',
      shown({ type: 17, components: [{ type: 17, components: [display('x')] }] }),
      'components.0.components.0 UNION_TYPE_CHOICES',
    ],
    [
      'a colour beyond white',
      shown({ type: 17, accent_color: 0x1000000, components: [display('x')] }),
      'components.0.accent_color NUMBER_TYPE_MAX',
    ],
  ])('are refused: %s', async (_what, body, ...faults) => {
    const before = bench.control.listSentMessages();
    expect(await formFaults(post({ content: 'flags' in body ? undefined : 'x', ...body }))).toEqual(faults);
    expect(bench.control.listSentMessages()).toEqual(before);
  });
});
