import type { Guild } from '../state/model.js';
import type { PersonSpec } from './community.js';
import type { Dialogue } from './dialogue.js';
import type { Random } from './random.js';

interface Company {
  writers: readonly PersonSpec[];
  rankOf: ReadonlyMap<string, number>;
  botIds: ReadonlySet<string>;
  random: Random;
}

/** Who plays which speaker of one conversation. */
export class Casting {
  private readonly bySpeaker = new Map<string, PersonSpec>();

  constructor(
    private readonly guild: Guild,
    private readonly script: Dialogue,
    private readonly company: Company,
  ) {
    // Parts that need a role first: somebody else might take the only person who holds it.
    for (const speaker of Object.keys(script.cast)) this.person(speaker);
  }

  assign(speaker: string, person: PersonSpec): void {
    this.bySpeaker.set(speaker, person);
  }

  person(speaker: string): PersonSpec {
    const known = this.bySpeaker.get(speaker);
    if (known) return known;
    const { random, rankOf } = this.company;
    const chosen = random.pickWeighted(this.candidates(speaker), ({ id }) => 1 / (3 + (rankOf.get(id) ?? rankOf.size)));
    this.bySpeaker.set(speaker, chosen);
    return chosen;
  }

  private candidates(speaker: string): readonly PersonSpec[] {
    const { writers, botIds } = this.company;
    const role = this.script.cast[speaker];
    const taken = new Set([...this.bySpeaker.values()].map((it) => it.id));
    const free = writers.filter((it) => !taken.has(it.id));
    const fitting = role ? free.filter((it) => this.holds(it.id, role)) : [];
    if (fitting.length > 0) return fitting;
    const human = free.filter((it) => !botIds.has(it.id));
    return human.length > 0 ? human : writers;
  }

  private holds(userId: string, roleName: string): boolean {
    const roleIds = this.guild.members.get(userId)?.roleIds ?? [];
    return roleIds.some((id) => this.guild.roles.get(id)?.name === roleName);
  }
}

/** How friends call somebody. */
export function firstName({ globalName, username }: PersonSpec): string {
  return globalName?.split(' ')[0] ?? username;
}
