import type { CrowdMember } from '../community.js';
import { Random } from '../random.js';
import { type Culture, cultures } from './given-names.js';
import { adjectives, nouns, pursuits, suffixes } from './nickname-words.js';

export interface CrowdOptions {
  count: number;
  idOf: (index: number) => string;
  /** Usernames that are somebody else's. */
  taken: Iterable<string>;
  /** Within so many days they all joined. */
  days: number;
  /** Roles people choose for themselves, with the share of those who do. */
  hobbies: readonly { role: string; share: number }[];
  /** Given to those of the talkative who have been there long enough. */
  regularRole: string;
}

/** Members after whom so few are left that talking matters: the first of a crowd. */
const CORE = 150;
const DAYS_TO_BE_REGULAR = 35;

/** Makes the members of a large community whom nobody wrote down, from all over the world, the same ones every time. */
export function makeCrowd({ count, idOf, taken, days, hobbies, regularRole }: CrowdOptions): CrowdMember[] {
  const random = new Random(count);
  const usernames = new Set(taken);
  return Array.from({ length: count }, (_, index) => {
    const culture = random.pickWeighted(cultures, ({ weight }) => weight);
    const name = makeName(random, culture);
    const username = freeUsername(random, usernames, name.username);
    // Word of mouth: each week brings a few more than the one before.
    const joinedDaysAgo = Math.floor(days * random.next() ** 1.15);
    const isRegular = index < CORE && joinedDaysAgo > DAYS_TO_BE_REGULAR && random.chance(0.6);
    const chosen = hobbies.filter(({ share }) => random.chance(share)).map(({ role }) => role);
    const region = random.chance(0.4) ? [culture.region] : [];
    return {
      id: idOf(index),
      username,
      globalName: name.globalName,
      locale: culture.locale,
      roles: [...(isRegular ? [regularRole] : []), ...chosen, ...region],
      joinedDaysAgo,
    };
  });
}

interface Name {
  username: string;
  globalName: string | null;
}

/** In the many ways people present themselves: by name, by an initial, by a pun, or not at all. */
function makeName(random: Random, culture: Culture): Name {
  const [given = '', latin = withoutAccents(given)] = random.pick(culture.names).split('=');
  const adjective = random.pick(adjectives);
  const noun = random.pick(nouns);
  const initial = 'abcdefghjklmnoprstvwz'.charAt(random.between(0, 20));
  const year = random.between(84, 109) % 100;
  const styles: readonly (() => Name)[] = [
    () => ({ username: `${adjective}${noun}`, globalName: `${capital(adjective)} ${capital(noun)}` }),
    () => ({ username: `${adjective}_${noun}`, globalName: `${adjective} ${noun}` }),
    () => ({ username: `${noun}${random.between(2, 99)}`, globalName: capital(noun) }),
    () => ({ username: `${latin}.${initial}`, globalName: `${given} ${initial.toUpperCase()}.` }),
    () => ({ username: `${latin}${String(year).padStart(2, '0')}`, globalName: given }),
    () => ({ username: `${latin}_${noun}`, globalName: given }),
    () => ({ username: `${latin}.${random.pick(suffixes)}`, globalName: given }),
    () => ({
      username: `${latin}${initial}${initial}`,
      globalName: `${given}${random.pick([' ✨', ' 🌙', ' 🎲', '', '', ''])}`,
    }),
    () => ({
      username: `${latin}the${random.pick(pursuits).toLowerCase()}`,
      globalName: `${given} the ${random.pick(pursuits)}`,
    }),
    () => ({ username: `${noun}.${random.pick(suffixes)}`, globalName: `${capital(noun)}.${random.pick(suffixes)}` }),
    () => ({ username: `${adjective}.${latin}`, globalName: `${capital(adjective)} ${given}` }),
    () => ({ username: `x${noun}x${year}`, globalName: null }),
  ];
  const weights = [10, 6, 7, 16, 12, 9, 6, 6, 3, 3, 6, 3];
  return random
    .pickWeighted(
      styles.map((make, index) => ({ make, weight: weights[index] ?? 1 })),
      (it) => it.weight,
    )
    .make();
}

function freeUsername(random: Random, usernames: Set<string>, wanted: string): string {
  const base = wanted.toLowerCase().slice(0, 28);
  let username = base;
  while (usernames.has(username)) username = `${base}${random.between(2, 999)}`;
  usernames.add(username);
  return username;
}

function withoutAccents(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[^a-zA-Z]/g, '')
    .toLowerCase();
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
