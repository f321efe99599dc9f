/** What a check found. */
export interface Finding {
  level: 'ok' | 'warning' | 'problem';
  /** What was looked at, as a heading: `Database`, `Discord: token`. */
  subject: string;
  /** What is the case. */
  text: string;
  /** What to do about it, exactly. */
  advice?: string;
}

export const ok = (subject: string, text: string): Finding => ({ level: 'ok', subject, text });

export const warning = (subject: string, text: string, advice: string): Finding => ({
  level: 'warning',
  subject,
  text,
  advice,
});

export const problem = (subject: string, text: string, advice: string): Finding => ({
  level: 'problem',
  subject,
  text,
  advice,
});

const SIGNS = { ok: '✓', warning: '!', problem: '✗' } as const;

/** The findings as lines for a terminal. */
export function report(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ level, subject, text, advice }) => [
    `${SIGNS[level]} ${subject}: ${text}`,
    ...(advice === undefined ? [] : [`    → ${advice}`]),
  ]);
  const count = (level: Finding['level']) => findings.filter((finding) => finding.level === level).length;
  return [...lines, '', `${count('problem')} problems, ${count('warning')} warnings, ${count('ok')} good.`].join('\n');
}
