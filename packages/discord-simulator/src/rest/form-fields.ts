import { z } from 'zod';

/** A string of which Discord names both limits at once. */
export function textBetween(minimum: number, maximum: number) {
  return z.string().refine(({ length }) => length >= minimum && length <= maximum, badLength(minimum, maximum));
}

/** An array of which Discord names both limits at once. */
export function listBetween<Item extends z.ZodType>(item: Item, minimum: number, maximum: number) {
  return z.array(item).refine(({ length }) => length >= minimum && length <= maximum, badLength(minimum, maximum));
}

function badLength(minimum: number, maximum: number) {
  const message = `Must be between ${minimum} and ${maximum} in length.`;
  return { message, params: { code: 'BASE_TYPE_BAD_LENGTH' } };
}

/** An issue of a zod refinement with Discord's code. */
export function issue(path: PropertyKey[], code: string, message: string) {
  return { code: 'custom' as const, path, message, params: { code } };
}

export const required = (field: string) => issue([field], 'BASE_TYPE_REQUIRED', 'This field is required');

/** The message of `UNION_TYPE_CHOICES`: a component or option of a type that cannot be there. */
export const typeChoices = (types: readonly unknown[]) =>
  `Value of field "type" must be one of (${types.map(String).join(', ')}${types.length === 1 ? ',' : ''}).`;

/** Refuses what is in a set for the second time. */
export function refineSet(values: readonly unknown[], context: z.RefinementCtx): void {
  values.forEach((value, index) => {
    if (values.indexOf(value) === index) return;
    context.addIssue(issue([index], 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value'));
  });
}
