import type { z } from 'zod';

/** A kind of background work: its name and the shape of what it needs to know. Features declare theirs as constants. */
export interface Queue<T extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly payload: T;
}

/** Declares a queue, as `<feature>.<what is done>`. */
export function queue<T extends z.ZodObject>(name: string, payload: T): Queue<T> {
  return { name, payload };
}
