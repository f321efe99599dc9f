import type { SimulatorContext } from '../context.js';
import type { Control } from '../control/control.js';
import { ImpossibleAction } from '../interactions/person.js';
import type { ChannelRecord, Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { ExpectationFailed } from './failure.js';
import type { Happening, Journal } from './journal.js';
import { Names } from './names.js';
import { report } from './report.js';

/** How long an expectation waits unless it says otherwise, in milliseconds of real time: what a bot under load may take. */
const DEFAULT_WITHIN_MS = 2_000;

export interface Patience {
  /** Real time to wait, in milliseconds; 2,000 when absent. */
  within?: number | undefined;
}

export interface Expectation<Result> extends Patience {
  /** What is expected, as a sentence without its end. */
  what: string;
  /** Index in the journal from which on it counts. */
  since: number;
  find: (happening: Happening) => Result | undefined;
  /** Shown in the report of a failure. */
  channelId?: string | undefined;
}

/** Replaces the patience of the expectations that are begun while it is set. */
interface Override {
  withinMs: number;
  signal: AbortSignal;
  /** What was expected. */
  begun: string[];
}

/** What the people, the bot and the answers of a scenario share. */
export class Stage {
  readonly names: Names;
  readonly startedAt: number;
  private actedAt: number;
  /** Where a person last did something: names of channels are looked for in its guild first. */
  place: ChannelRecord | null = null;
  private override: Override | null = null;
  /** Each happening meets one expectation, so that two equal ones want it twice. */
  private readonly claimed = new Set<number>();

  constructor(
    readonly context: SimulatorContext,
    readonly control: Control,
    readonly journal: Journal,
  ) {
    this.names = new Names(context.world);
    this.startedAt = journal.next;
    this.actedAt = journal.next;
  }

  get world(): World {
    return this.context.world;
  }

  /** The bot that is meant where none is named. @throws ImpossibleAction when there is none */
  get botId(): string {
    const [botId] = this.world.applications.keys();
    if (botId === undefined) throw new ImpossibleAction('There is no application, and so no bot');
    return botId;
  }

  get placeGuild(): Guild | undefined {
    return this.world.guilds.get(this.place?.guildId ?? '');
  }

  /** Where the last action of a person began, in the journal. */
  get lastActionAt(): number {
    return this.actedAt;
  }

  /** Something a person does: what bots answer is looked for from here on. */
  act<Result>(run: () => Result): Result {
    this.actedAt = this.journal.next;
    return run();
  }

  isClaimed({ index }: Happening): boolean {
    return this.claimed.has(index);
  }

  claim({ index }: Happening): void {
    this.claimed.add(index);
  }

  /** Waits for something to happen. @throws ExpectationFailed with what happened instead */
  expect<Result>({ what, since, find, within, channelId }: Expectation<Result>): Promise<Result> {
    const { override } = this;
    override?.begun.push(what);
    const withinMs = override?.withinMs ?? within ?? DEFAULT_WITHIN_MS;
    const explain = () => `${what}: not within ${withinMs.toLocaleString('en')} ms\n${this.report(since, channelId)}`;
    return this.journal.wait({ since, find, withinMs, signal: override?.signal, explain });
  }

  /** Waits until a condition holds, which is looked at whenever something happens. */
  async until(
    what: string,
    isSo: () => boolean,
    patience: Patience & { channelId?: string | undefined } = {},
  ): Promise<void> {
    const expectation = { what, since: this.lastActionAt, find: () => isSo() || undefined, ...patience };
    if (isSo()) this.override?.begun.push(what);
    else await this.expect(expectation);
  }

  /** Begins expectations that wait so long, or until `signal`. Gives what they were, too. */
  withOverride<Result>(
    override: Omit<Override, 'begun'>,
    begin: () => Result,
  ): { result: Result; begun: readonly string[] } {
    const begun: string[] = [];
    this.override = { ...override, begun };
    try {
      return { result: begin(), begun };
    } finally {
      this.override = null;
    }
  }

  /** What happened since an index of the journal, in lines for a reader. */
  report(since: number, channelId?: string): string {
    const { world, journal, context } = this;
    const isConnected = context.hub.connectedSessions.some((session) => session.botId === this.botId);
    return report({ world, journal, since, channelId, botId: this.botId, isConnected });
  }

  /** @throws ExpectationFailed */
  fail(what: string, channelId?: string): never {
    throw new ExpectationFailed(`${what}\n${this.report(this.lastActionAt, channelId)}`);
  }
}
