import { z } from 'zod';

/** Stands for wherever Guildhall is; what a path is resolved against to see whether it stays there. */
const SOMEWHERE = 'http://guildhall.invalid';

/** Backslashes and control characters are read by browsers as slashes, or not at all. */
const HARMLESS = /^\/[^\\\p{Cc}]*$/u;

/** Where a page of ours sends people back to: a path of the same site, and no way around that. */
export const returnPathSchema = z
  .string()
  .max(2_000)
  .refine(staysHere, 'must be a path of this site')
  .meta({ examples: ['/guilds/175928847299117063/members?page=2'] });

function staysHere(path: string): boolean {
  return HARMLESS.test(path) && URL.canParse(path, SOMEWHERE) && new URL(path, SOMEWHERE).origin === SOMEWHERE;
}
