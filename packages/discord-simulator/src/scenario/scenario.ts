import type { Control } from '../control/control.js';
import { ImpossibleAction } from '../interactions/person.js';
import type { Guild } from '../state/model.js';
import type { SimulatorContext } from '../context.js';
import { captureState, type WholeState } from '../state/whole-state.js';
import { Bot } from './bot.js';
import { changesBetween, type StateChange } from './changes.js';
import { ExpectationFailed } from './failure.js';
import type { Journal } from './journal.js';
import type { Named } from './names.js';
import { Person } from './person.js';
import { type Patience, Stage } from './stage.js';

export interface PersonOptions {
  /** The guild whose names the person uses, and which they are in; a person who is not yet joins. */
  in?: Named | undefined;
  /** Given to the person, beside those they have. */
  roles?: readonly Named[] | undefined;
}

/** A span of time; a number is milliseconds. */
export type Span =
  number | { days?: number; hours?: number; minutes?: number; seconds?: number; milliseconds?: number };

/** How long nothing has to happen unless a scenario says otherwise, in milliseconds of real time. */
const DEFAULT_SILENCE_MS = 250;

/** A play with people and bots on a simulator: what people do, what is expected to come of it, and what changed. */
export class Scenario {
  private readonly stage: Stage;
  readonly clock: ScenarioClock;

  constructor(context: SimulatorContext, control: Control, journal: Journal) {
    this.stage = new Stage(context, control, journal);
    this.clock = new ScenarioClock(this.stage);
  }

  /** Somebody by name, id or object. A name that nobody has is a newcomer's. @throws ImpossibleAction for a role that does not exist */
  person(named: Named, { in: place, roles = [] }: PersonOptions = {}): Person {
    const { names, control, world } = this.stage;
    const guild = place === undefined ? undefined : names.guild(place);
    const user = this.known(named) ?? control.createUser({ username: nameOf(named) });
    if (guild) {
      if (!guild.members.has(user.id)) control.addMember(guild.id, user.id);
      for (const role of roles) control.giveRole(guild.id, user.id, names.role(role, guild).id);
    }
    const home: Guild | undefined = guild ?? world.guildsOf(user.id)[0];
    return new Person(this.stage, user, home);
  }

  private known(named: Named) {
    const { world, names } = this.stage;
    if (typeof named !== 'string' || /^\d{17,20}$/.test(named)) return names.person(named);
    const isNamed = [...world.users.values()].some(({ username, globalName }) =>
      [username, globalName].includes(named),
    );
    return isNamed ? names.person(named) : undefined;
  }

  /** A bot by name or id; the one of the first application when none is named. */
  bot(named?: Named): Bot {
    return new Bot(this.stage, named === undefined ? this.stage.botId : this.stage.names.person(named).id);
  }

  /** Waits until a condition holds; it is looked at whenever something happens. @throws ExpectationFailed */
  until(what: string, isSo: () => boolean, patience: Patience = {}): Promise<void> {
    return this.stage.until(what, isSo, patience);
  }

  /**
   * Something does not happen: before `until` resolves, which no clock decides, or within so many milliseconds of real time.
   * @throws ExpectationFailed when it happens
   */
  async never(
    expectation: () => Promise<unknown>,
    { within = DEFAULT_SILENCE_MS, until }: Patience & { until?: () => Promise<unknown> } = {},
  ): Promise<void> {
    const since = this.stage.lastActionAt;
    const ending = new AbortController();
    const patience = { withinMs: until ? Number.POSITIVE_INFINITY : within, signal: ending.signal };
    const { result, begun } = this.stage.withOverride(patience, expectation);
    const hasHappened = result.then(
      () => true,
      (error: unknown) => {
        if (error instanceof ExpectationFailed) return false;
        throw error;
      },
    );
    try {
      await until?.();
    } finally {
      if (until) ending.abort();
    }
    if (await hasHappened)
      throw new ExpectationFailed(`It should not have happened: ${begun.join(', ')}\n${this.stage.report(since)}`);
  }

  /** Everything that exists, as plain JSON in a fixed order; `control.loadState` goes back to it. */
  snapshot(): WholeState {
    return captureState(this.stage.world);
  }

  /** What is different from a snapshot: with whole things where they are new or gone. */
  changesSince(before: WholeState): StateChange[] {
    return changesBetween(before, this.snapshot());
  }
}

/** The time of the simulator. */
class ScenarioClock {
  constructor(private readonly stage: Stage) {}

  /** Epoch milliseconds. */
  now(): number {
    return this.stage.world.clock.now();
  }

  /** Puts it forward: what falls due meanwhile happens, and counts as brought about by this. */
  advance(span: Span): void {
    this.stage.act(() => this.stage.control.advance(millisecondsOf(span)));
  }
}

function millisecondsOf(span: Span): number {
  if (typeof span === 'number') return span;
  const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0 } = span;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds;
}

function nameOf(named: Named): string {
  if (typeof named === 'string') return named;
  throw new ImpossibleAction(`There is no person ${named.id}`);
}
