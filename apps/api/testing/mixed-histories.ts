import fc from 'fast-check';

/** What happened, and the batches in which it may be told: every step twice, in any order, cut anywhere. */
export interface MixedHistory<T> {
  steps: T[];
  batches: T[][];
}

/** Histories by which a merge proves that repeating, mixing and batching facts changes nothing. */
export function mixedHistories<T>(step: fc.Arbitrary<T>, maxLength = 6): fc.Arbitrary<MixedHistory<T>> {
  return fc.array(step, { minLength: 1, maxLength }).chain((steps) =>
    fc
      .record({
        order: fc.shuffledSubarray([...steps, ...steps], { minLength: steps.length * 2 }),
        cuts: fc.array(fc.boolean(), { minLength: steps.length * 2, maxLength: steps.length * 2 }),
      })
      .map(({ order, cuts }) => ({ steps, batches: cutInto(order, cuts) })),
  );
}

function cutInto<T>(order: readonly T[], cuts: readonly boolean[]): T[][] {
  const batches: T[][] = [[]];
  for (const [index, step] of order.entries()) {
    batches.at(-1)?.push(step);
    if (cuts[index]) batches.push([]);
  }
  return batches.filter((batch) => batch.length > 0);
}
