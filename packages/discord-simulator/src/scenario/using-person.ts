import { ApplicationCommandOptionType as OptionType, ComponentType } from 'discord-api-types/v10';
import type { InteractionOutcome, Modal } from '../interactions/interactions.js';
import { availableCommands, type FieldValue, type GivenFile, type OptionValue } from '../interactions/person.js';
import type { Component } from '../state/components.js';
import type { ChannelRecord, MessageRecord } from '../state/model.js';
import { Answer } from './answer.js';
import { listed, named, type Widget, widgetsIn } from './components.js';
import { ExpectationFailed } from './failure.js';
import { MovingPerson } from './moving-person.js';
import type { MessageRef, Named } from './names.js';
import type { Upload } from './writing-person.js';

/** What can be given for an option: people, roles and channels by name, id or object, choices by their names, files. */
export type GivenOption = string | number | boolean | { readonly id: string } | Upload;
/** What can be given for a field of a modal: a text, what is chosen where there is a choice, files. */
export type GivenField = string | boolean | readonly string[] | Upload;

interface OptionDefinition {
  type: OptionType;
  name: string;
  options?: OptionDefinition[];
  choices?: { name: string; value: string | number }[];
}

interface Start {
  /** What the person tries, for a refusal: `run /ping`. */
  doing: string;
  /** What the person does, as a sentence without its end: `ada runs /ping`. */
  what: string;
  channel: ChannelRecord;
  within?: number | undefined;
  start: () => Promise<InteractionOutcome>;
}

interface WidgetSearch {
  name: string | undefined;
  /** The message; the youngest that has such a component when absent. */
  on?: MessageRef | Answer | undefined;
  in?: Named | undefined;
  doing: string;
  among: (components: readonly Component[]) => Widget[];
}

/** Real time, in milliseconds; longer than the three seconds a bot has, which are counted by the clock of the simulator. */
const ANSWER_WITHIN_MS = 5_000;
/** Messages that are looked through for a component. */
const LOOKED_THROUGH = 50;

/** How a person finds and uses what applications offer. */
export class UsingPerson extends MovingPerson {
  protected openModal: { modal: Modal; channel: ChannelRecord } | null = null;
  private lastAnswer: Answer | null = null;

  /** Starts an interaction and waits for its answer. @throws ExpectationFailed when the bot gives none */
  protected async interact({ doing, what, channel, within = ANSWER_WITHIN_MS, start }: Start): Promise<Answer> {
    const started = this.stage.act(() => this.explaining(doing, start));
    const outcome = await this.inTime(started, within);
    if (outcome?.status !== 'answered') {
      const how = outcome ? 'the application did not respond' : `no answer within ${within.toLocaleString('en')} ms`;
      throw new ExpectationFailed(`${what}: ${how}\n${this.stage.report(this.stage.lastActionAt, channel.id)}`);
    }
    const answer = new Answer(this.stage, channel, outcome);
    if (outcome.modal) this.openModal = { modal: outcome.modal, channel };
    if (outcome.messages.length > 0) this.lastAnswer = answer;
    return answer;
  }

  /** Undefined when it takes longer, as with a clock that stands still, by which no interaction ever fails. */
  private async inTime(
    started: Promise<InteractionOutcome>,
    withinMs: number,
  ): Promise<InteractionOutcome | undefined> {
    const deadline = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => deadline.resolve(undefined), withinMs);
    try {
      return await Promise.race([started, deadline.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Finds a command, with its options as Discord's client would send them. */
  protected command(typed: string, options: Record<string, GivenOption>, place: Named | undefined) {
    const name = typed.replace(/^\//, '').trim();
    const channel = this.channelFor(place, `run /${name}`);
    this.require(channel, 'UseApplicationCommands', `run /${name}`);
    const [root = '', ...path] = name.split(/\s+/);
    const commands = availableCommands(this.world, this.id, channel.id).filter(({ type }) => type === 1);
    const command = commands.find((it) => it.name === root);
    if (!command) {
      const known = commands.map((it) => `/${it.name}`).join(', ');
      throw this.impossible(`run /${name}`, `they have no such command there; they have ${known || 'none'}`);
    }
    const definitions = optionsAt((command.definition['options'] ?? []) as OptionDefinition[], path);
    const given = Object.entries(options).map(
      ([key, value]) => [key, this.optionValue(definitions, key, value)] as const,
    );
    return { channel, name, given: Object.fromEntries(given) };
  }

  private optionValue(definitions: readonly OptionDefinition[], key: string, value: GivenOption): OptionValue {
    const definition = definitions.find(({ name }) => name === key);
    if (!definition) {
      const known = definitions.map(({ name }) => name).join(', ');
      throw this.impossible(`give the option ${key}`, `the command has ${known || 'none'}`);
    }
    const { type, choices } = definition;
    if (isUpload(value)) return fileFrom(value);
    if (
      typeof value === 'object' ||
      (typeof value === 'string' && type >= OptionType.User && type <= OptionType.Mentionable)
    )
      return this.idOf(type, value);
    return choices?.find(({ name }) => name === value)?.value ?? value;
  }

  private idOf(type: OptionType, value: Named): string {
    const { names } = this.stage;
    if (typeof value === 'object') return value.id;
    if (type === OptionType.Channel) return names.channel(value, this.home).id;
    if (type === OptionType.Role) return names.role(value, this.requireHome()).id;
    if (type === OptionType.Mentionable && value.startsWith('&'))
      return names.role(value.slice(1), this.requireHome()).id;
    return names.person(value, this.home).id;
  }

  /** Finds a component that the person can see and use. */
  protected widget({ name, on, in: place, doing, among }: WidgetSearch): {
    channel: ChannelRecord;
    message: MessageRecord;
    widget: Widget & { customId: string };
  } {
    const { channel, messages } = this.messagesWith(on, place, doing);
    const found = messages.flatMap((message) => {
      const widget = named(among(message.components), name);
      return widget ? [{ message, widget }] : [];
    })[0];
    const { customId, isLink, isDisabled } = found?.widget ?? {};
    if (!found) throw this.impossible(doing, `there is ${listed(messages.flatMap((it) => among(it.components)))}`);
    if (isDisabled) throw this.impossible(doing, 'it is disabled');
    if (customId === undefined) throw this.impossible(doing, isLink ? 'it is a link' : 'it sells something');
    return { channel, message: found.message, widget: { ...found.widget, customId } };
  }

  /** What is looked through, the youngest first. */
  private messagesWith(on: MessageRef | Answer | undefined, place: Named | undefined, doing: string) {
    if (on instanceof Answer) return { channel: on.channel, messages: [...on.messages].reverse() };
    const where = place ?? (typeof on === 'object' ? on.channelId : undefined);
    const channel = this.channelFor(where, doing);
    if (on === undefined) {
      const shown = this.lastAnswer?.channel.id === channel.id ? [...this.lastAnswer.messages].reverse() : [];
      return { channel, messages: [...shown, ...this.world.history(channel.id).page({ limit: LOOKED_THROUGH })] };
    }
    const id = typeof on === 'string' ? on : on.id;
    const message = this.stage.names.message(id, channel) ?? this.stage.context.interactions.findEphemeral(id, this.id);
    if (!message) throw this.impossible(doing, `message ${id} is not in ${this.stage.names.nameOf(channel)}`);
    return { channel, messages: [message] };
  }

  /** What is chosen, as Discord's client sends it: values of options, ids of people, roles and channels. */
  protected valuesFor({ type, component }: Widget, chosen: readonly string[], doing: string): string[] {
    const options = (component['options'] ?? []) as { label: string; value: string }[];
    return chosen.map((it) => {
      if (type === ComponentType.ChannelSelect) return this.idOf(OptionType.Channel, it);
      if (type === ComponentType.RoleSelect) return this.idOf(OptionType.Role, it);
      if (type === ComponentType.UserSelect || type === ComponentType.MentionableSelect)
        return this.idOf(OptionType.Mentionable, it);
      const option = options.find(({ label }) => label === it) ?? options.find(({ value }) => value === it);
      if (!option)
        throw this.impossible(doing, `there is ${options.map(({ label }) => JSON.stringify(label)).join(', ')}`);
      return option.value;
    });
  }

  /** The fields of a modal by their custom ids, with what was chosen as Discord's client sends it. */
  protected fieldsFor(
    { components }: Modal,
    given: Record<string, GivenField>,
    doing: string,
  ): Record<string, FieldValue> {
    const widgets = widgetsIn(components as Component[]);
    const fields = Object.entries(given).map(([name, value]) => {
      const widget = named(widgets, name);
      if (!widget?.customId) throw this.impossible(doing, `it has no field "${name}", but ${listed(widgets)}`);
      return [widget.customId, this.fieldValue(widget, value, doing)] as const;
    });
    return Object.fromEntries(fields);
  }

  private fieldValue(widget: Widget, value: GivenField, doing: string): FieldValue {
    if (isUpload(value)) return [fileFrom(value)];
    if (typeof value === 'boolean' || widget.type === ComponentType.TextInput) return value as FieldValue;
    return this.valuesFor(widget, [value].flat(), doing);
  }
}

function isUpload(value: unknown): value is Upload {
  return typeof value === 'object' && value !== null && 'content' in value;
}

function fileFrom({ name, content }: Upload): GivenFile {
  return { filename: name, content: Buffer.from(content).toString('base64') };
}

/** The options of a command or of its subcommand. */
function optionsAt(definitions: readonly OptionDefinition[], path: readonly string[]): readonly OptionDefinition[] {
  const [next, ...rest] = path;
  if (next === undefined) return definitions;
  return optionsAt(definitions.find(({ name }) => name === next)?.options ?? [], rest);
}
