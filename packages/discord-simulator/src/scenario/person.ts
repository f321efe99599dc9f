import type { ChannelRecord } from '../state/model.js';
import { Answer } from './answer.js';
import { buttonsIn, selectsIn } from './components.js';
import type { MessageRef, Named } from './names.js';
import type { Patience } from './stage.js';
import { type GivenField, type GivenOption, UsingPerson } from './using-person.js';

interface UseOptions extends Patience {
  /** The channel; the one of the person's last action when absent. */
  in?: Named | undefined;
}

interface ComponentOptions extends UseOptions {
  /** The message; the youngest that has such a component when absent. */
  on?: MessageRef | Answer | undefined;
}

/**
 * A person of a scenario: one line per action. Each is one that Discord's own client would allow this person, or ImpossibleAction says in
 * one line why not. What asks an application resolves with its answer; ExpectationFailed says what happened when none came.
 */
export class Person extends UsingPerson {
  /** Runs a slash command, e.g. `/case view`. */
  async runs(command: string, options: Record<string, GivenOption> = {}, use: UseOptions = {}): Promise<Answer> {
    const { channel, name, given } = this.command(command, options, use.in);
    const start = () => this.stage.control.runCommand({ userId: this.id, channelId: channel.id, name, options: given });
    return this.interact({
      doing: `run /${name}`,
      what: `${this.name} runs /${name}`,
      channel,
      within: use.within,
      start,
    });
  }

  /** Types a command as far as its last option, and resolves with what is suggested for that. */
  async types(command: string, options: Record<string, GivenOption>, use: UseOptions = {}): Promise<Answer['choices']> {
    const { channel, name, given } = this.command(command, options, use.in);
    const focused = Object.keys(options).at(-1);
    if (focused === undefined) throw this.impossible(`type /${name}`, 'no option is given');
    const run = { userId: this.id, channelId: channel.id, name, options: given, focused };
    const start = () => this.stage.control.runCommand(run);
    const what = `${this.name} types ${focused} of /${name}`;
    return (await this.interact({ doing: `type /${name}`, what, channel, within: use.within, start })).choices;
  }

  /** Presses a button by its label or custom id: on a message or answer, or on the youngest that has it. */
  async presses(button: string, options: ComponentOptions | MessageRef | Answer = {}): Promise<Answer> {
    const doing = `press "${button}"`;
    const { within, ...where } = placeOf(options);
    const { channel, message, widget } = this.widget({ name: button, ...where, doing, among: buttonsIn });
    const use = { userId: this.id, channelId: channel.id, messageId: message.id, customId: widget.customId };
    const start = () => this.stage.control.pressButton(use);
    const what = `${this.name} presses "${button}"`;
    return this.interact({ doing, what, channel, within, start });
  }

  /** Chooses from a select by the labels of its options, or by the names of people, roles and channels. */
  async chooses(
    values: string | readonly string[],
    options: ComponentOptions & { /** Placeholder or custom id; not needed where there is one. */ from?: string } = {},
  ): Promise<Answer> {
    const { from: name, within, ...where } = options;
    const doing = `choose ${[values].flat().join(', ')}`;
    const { channel, message, widget } = this.widget({ name, ...where, doing, among: selectsIn });
    const chosen = this.valuesFor(widget, [values].flat(), doing);
    const use = {
      userId: this.id,
      channelId: channel.id,
      messageId: message.id,
      customId: widget.customId,
      values: chosen,
    };
    const start = () => this.stage.control.pressButton(use);
    const what = `${this.name} chooses ${[values].flat().join(', ')}`;
    return this.interact({ doing, what, channel, within, start });
  }

  /** Fills in and submits the form that was opened last, by its title or custom id, its fields by their labels or custom ids. */
  async fills(modal: string, fields: Record<string, GivenField>, { within }: Patience = {}): Promise<Answer> {
    const doing = `fill "${modal}"`;
    if (!this.openModal) throw this.impossible(doing, 'no form is open');
    const { modal: opened, channel } = this.openModal;
    const { title, custom_id: customId } = opened;
    if (![title, customId].includes(modal)) throw this.impossible(doing, `the open form is "${title}"`);
    const use = { userId: this.id, channelId: channel.id, customId, fields: this.fieldsFor(opened, fields, doing) };
    const start = () => this.stage.control.submitModal(use);
    const answer = await this.interact({ doing, what: `${this.name} fills "${modal}"`, channel, within, start });
    // What was refused or failed may be filled in again; the answer never opens another form.
    this.openModal = null;
    return answer;
  }

  /** Chooses a command from the menu of a message. */
  async usesOnMessage(command: string, ref: MessageRef, { within }: Patience = {}): Promise<Answer> {
    const { channel, message } = this.messageFor(ref, `use "${command}"`);
    return this.contextMenu(command, { channel, targetId: message.id, within });
  }

  /** Chooses a command from the menu of a person. */
  async usesOnPerson(command: string, person: Named, { in: place, within }: UseOptions = {}): Promise<Answer> {
    const channel = this.channelFor(place, `use "${command}"`);
    return this.contextMenu(command, { channel, targetId: this.stage.names.person(person, this.home).id, within });
  }

  private contextMenu(
    name: string,
    { channel, targetId, within }: { channel: ChannelRecord; targetId: string; within: number | undefined },
  ): Promise<Answer> {
    const start = () => this.stage.control.runContextMenu({ userId: this.id, channelId: channel.id, name, targetId });
    return this.interact({ doing: `use "${name}"`, what: `${this.name} uses "${name}"`, channel, within, start });
  }
}

function placeOf(options: ComponentOptions | MessageRef | Answer): ComponentOptions {
  if (typeof options === 'string' || options instanceof Answer || 'id' in options) return { on: options };
  return options;
}
