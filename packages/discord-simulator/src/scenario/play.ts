import type { InviteRecord, MessageRecord } from '../state/model.js';
import type { WholeState } from '../state/whole-state.js';
import { ImpossibleAction } from '../interactions/person.js';
import { Answer } from './answer.js';
import type { MessageRef, Named } from './names.js';
import type { Person } from './person.js';
import type { Scenario } from './scenario.js';
import type { Pattern } from './text.js';
import { textOf } from './text.js';

/** What a step gave that later steps may speak of. */
type Kept = MessageRecord | Answer | InviteRecord | { id: string };

/** A scenario that is played from a list of steps: its people by name, and what steps were asked to keep. */
export class Play {
  readonly before: WholeState;
  private readonly people = new Map<string, Person>();
  private readonly kept = new Map<string, Kept>();

  constructor(
    readonly scenario: Scenario,
    /** The guild of people who are not introduced by a step of their own. */
    private readonly guild: string | undefined,
  ) {
    this.before = scenario.snapshot();
  }

  introduce(name: string, options: Parameters<Scenario['person']>[1] = {}): Person {
    const person = this.scenario.person(name, { in: this.guild, ...options });
    this.people.set(name, person);
    return person;
  }

  person(name: string): Person {
    return this.people.get(name) ?? this.introduce(name);
  }

  keep(name: string, thing: unknown): void {
    if (typeof thing !== 'object' || thing === null) throw new ImpossibleAction(`There is nothing to keep as ${name}`);
    this.kept.set(name, thing as Kept);
  }

  /** `$name` is what a step kept; anything else a name or an id. */
  refer(ref: string): Named {
    const thing = this.thing(ref);
    if (thing === undefined) return ref;
    if (!('id' in thing)) throw new ImpossibleAction(`${ref} is an invite`);
    return thing;
  }

  message(ref: string): MessageRef {
    return this.refer(ref) as MessageRef;
  }

  on(ref: string | undefined): MessageRef | Answer | undefined {
    return ref === undefined ? undefined : ((this.thing(ref) as MessageRef | Answer | undefined) ?? ref);
  }

  /** What is joined or left: an invite goes by its code. */
  target(ref: string): Named {
    const thing = this.thing(ref);
    return thing && 'code' in thing ? thing.code : this.refer(ref);
  }

  answer(ref: string): Answer {
    const thing = this.thing(ref);
    if (thing instanceof Answer) return thing;
    throw new ImpossibleAction(`${ref} is no answer: keep one with "as" and name it with a dollar sign`);
  }

  private thing(ref: string): Kept | undefined {
    if (!ref.startsWith('$')) return undefined;
    const thing = this.kept.get(ref.slice(1));
    if (!thing) throw new ImpossibleAction(`No step kept anything as ${ref.slice(1)}`);
    return thing;
  }
}

/** A part of the text, or a regular expression. */
export function patternOf({
  text,
  matches,
}: {
  text?: string | undefined;
  matches?: string | undefined;
}): Pattern | undefined {
  if (matches === undefined) return text;
  try {
    return new RegExp(matches, 'u');
  } catch (error) {
    throw new ImpossibleAction(error instanceof Error ? error.message : String(error));
  }
}

/** The result of a step as JSON: messages short, with all there is to read in them. */
export function resultOf(thing: unknown): unknown {
  if (thing instanceof Answer) {
    const { messages, modal, choices } = thing;
    return {
      messages: messages.map(resultOf),
      ...(modal ? { modal } : {}),
      ...(choices.length > 0 ? { choices } : {}),
    };
  }
  if (typeof thing === 'object' && thing !== null && 'authorId' in thing) {
    const { id, channelId, authorId, flags } = thing as MessageRecord;
    return { id, channelId, authorId, flags, text: textOf(thing as MessageRecord) };
  }
  return thing;
}
