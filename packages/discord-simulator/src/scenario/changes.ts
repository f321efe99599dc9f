import type { WholeState } from '../state/whole-state.js';

/** One difference between two states. */
export interface StateChange {
  /** E.g. `guilds[Bench].members[ada].nick`: things by their names where those are unique, by their ids otherwise. */
  path: string;
  /** Absent when the thing is new. */
  before?: unknown;
  /** Absent when the thing is gone. */
  after?: unknown;
}

type Json = Record<string, unknown>;

/** What tells the items of a list apart. */
const KEYS = ['id', 'userId', 'code', 'accessToken'] as const;
/** What decides how a state goes on, and no change of what exists. */
const NOT_COMPARED = new Set(['version', 'nowMs', 'lastId', 'randomness']);

/** What is different, in the order of the state's own fields; a thing that is new or gone is told as a whole. */
export function changesBetween(before: WholeState, after: WholeState): StateChange[] {
  const names = new Map([...before.users, ...after.users].map(({ id, username }) => [id, username]));
  const compare = new Comparison(names);
  for (const key of Object.keys({ ...before, ...after }) as (keyof WholeState)[]) {
    if (!NOT_COMPARED.has(key)) compare.values(key, before[key], after[key]);
  }
  return compare.changes;
}

class Comparison {
  readonly changes: StateChange[] = [];

  constructor(private readonly usernames: ReadonlyMap<string, string>) {}

  values(path: string, before: unknown, after: unknown): void {
    if (before === undefined || after === undefined) {
      if (before !== undefined) this.changes.push({ path, before });
      if (after !== undefined) this.changes.push({ path, after });
    } else if (isKeyed(before) && isKeyed(after)) this.lists(path, before, after);
    else if (isObject(before) && isObject(after)) this.objects(path, before, after);
    else if (JSON.stringify(before) !== JSON.stringify(after)) this.changes.push({ path, before, after });
  }

  private objects(path: string, before: Json, after: Json): void {
    for (const key of Object.keys({ ...before, ...after })) this.values(`${path}.${key}`, before[key], after[key]);
  }

  private lists(path: string, before: readonly unknown[], after: readonly unknown[]): void {
    const [old, young] = [byKey(before), byKey(after)];
    const labels = this.labelsOf([...before, ...after]);
    for (const key of new Set([...old.keys(), ...young.keys()])) {
      this.values(`${path}[${labels.get(key) ?? key}]`, old.get(key), young.get(key));
    }
  }

  /** By key, the name of each thing: unless two things bear it. */
  private labelsOf(items: readonly unknown[]): Map<string, string> {
    const keysByName = new Map<string, Set<string>>();
    for (const item of items) {
      const name = this.nameOf(item);
      if (name !== undefined) keysByName.set(name, (keysByName.get(name) ?? new Set()).add(keyOf(item) ?? ''));
    }
    const unique = [...keysByName].filter(([, keys]) => keys.size === 1);
    return new Map(unique.map(([name, [key = '']]) => [key, name]));
  }

  private nameOf(item: unknown): string | undefined {
    if (Array.isArray(item)) return this.usernames.get(String(item[0]));
    const { name, username, userId, id } = item as Json;
    if (typeof username === 'string') return username;
    // An entry of the audit log is by somebody, and not that person.
    if (typeof userId === 'string' && id === undefined) return this.usernames.get(userId);
    return typeof name === 'string' ? name : undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list whose every item can be told from the others; pairs are keyed by what comes first. */
function isKeyed(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.every((item) => keyOf(item) !== undefined);
}

function keyOf(item: unknown): string | undefined {
  if (Array.isArray(item)) return item.length === 2 && typeof item[0] === 'string' ? item[0] : undefined;
  if (!isObject(item)) return undefined;
  const key = KEYS.map((name) => item[name]).find((it) => typeof it === 'string');
  return key as string | undefined;
}

function byKey(items: readonly unknown[]): Map<string, unknown> {
  return new Map(items.map((item) => [keyOf(item) ?? '', Array.isArray(item) ? (item[1] as unknown) : item]));
}
