/** A small seeded generator (mulberry32): the demo is the same on every machine, which `Math.random` cannot promise. */
export class Random {
  constructor(private state: number) {}

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  between(lowest: number, highest: number): number {
    return lowest + Math.floor(this.next() * (highest - lowest + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** @throws RangeError when there is nothing to choose from */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new RangeError('Nothing to choose from');
    return item;
  }

  /** @throws RangeError when there is nothing to choose from */
  pickWeighted<Item>(items: readonly Item[], weightOf: (item: Item) => number): Item {
    let rest = this.next() * items.reduce((sum, item) => sum + weightOf(item), 0);
    for (const item of items) {
      rest -= weightOf(item);
      if (rest < 0) return item;
    }
    const last = items.at(-1);
    if (last === undefined) throw new RangeError('Nothing to choose from');
    return last;
  }

  /** So many different items, in no order; all of them when there are fewer. */
  sample<Item>(items: readonly Item[], count: number): Item[] {
    const chosen = new Set<Item>();
    const wanted = Math.min(count, items.length);
    while (chosen.size < wanted) chosen.add(items[this.between(0, items.length - 1)] as Item);
    return [...chosen];
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const keyed = items.map((item) => ({ item, key: this.next() }));
    return keyed.sort((left, right) => left.key - right.key).map(({ item }) => item);
  }
}

/** Deals every item once before any comes again, round after round, so that what people say does not repeat itself on one screen. */
export class Deck<Item> {
  private readonly items: Item[];
  private dealt = 0;

  constructor(items: readonly Item[], random: Random) {
    this.items = random.shuffled(items);
  }

  /** The next item; undefined only when the deck is empty. */
  draw(): Item | undefined {
    return this.items[this.dealt++ % this.items.length];
  }
}
