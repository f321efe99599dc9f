import type { Locale } from '@guildhall/contracts';
import { z } from 'zod';

/** What a mail says in one language; text and HTML are made of it. */
export interface MailWords {
  subject: string;
  /** Before the button. */
  paragraphs: string[];
  button: string;
  /** After it. */
  footnote: string;
}

/** A kind of mail: what has to be known to write it, and its words in each language. */
export type Template<V extends z.ZodType = z.ZodType> = { values: V } & Record<
  Locale,
  (values: z.output<V>) => MailWords
>;

/** Where the button leads. */
export const link = z.url({ protocol: /^https?$/ });

/** Something that people wrote, on one line and not too long: it must not look like words of ours. */
export const quoted = z.string().transform((text) =>
  text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 100),
);

/** Checks a template against its values. */
export function template<V extends z.ZodType>(definition: Template<V>): Template<V> {
  return definition;
}
