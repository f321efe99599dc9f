/**
 * The most characters that Discord keeps of a reason in its own audit log.
 * @see https://discord.com/developers/docs/resources/audit-log
 */
const MAX_REASON_LENGTH = 512;

/** What Discord's audit log says of a change: who made it through us, and why. */
export function auditReason(who: string, reason: string | undefined): string {
  const text = `${who} via Guildhall${reason === undefined ? '' : `: ${reason}`}`;
  // The header cannot carry half a surrogate pair, neither a given one nor one that the cut leaves.
  const characters = [...text.toWellFormed().replace(/\p{Cc}+/gu, ' ')];
  if (characters.length <= MAX_REASON_LENGTH) return characters.join('');
  return `${characters.slice(0, MAX_REASON_LENGTH - 1).join('')}…`;
}
