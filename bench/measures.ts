/** One line of the table: what was measured, beside the baseline of the same run where there is one. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** The same figure of something that does only what cannot be left out. */
  baseline?: { what: string; value: number };
  /** What the figure has to reach, in words, and whether it did; absent for figures that are only for orientation. */
  bar?: { text: string; isReached: boolean };
}

/** What one benchmark found out. */
export interface Outcome {
  name: string;
  figures: Figure[];
}

const HEAD = ['what', 'figure', 'baseline', 'ratio', 'bar', ''];

/** The figures as an aligned table for a terminal. */
export function renderTable({ name, figures }: Outcome): string {
  const rows = [HEAD, ...figures.map(cellsOf)];
  const widths = HEAD.map((_title, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `\n== ${name}\n${lines.join('\n')}`;
}

function cellsOf({ what, value, unit, baseline, bar }: Figure): string[] {
  return [
    what,
    `${rounded(value)} ${unit}`,
    baseline ? `${rounded(baseline.value)} ${unit} (${baseline.what})` : '',
    baseline ? rounded(value / baseline.value) : '',
    bar?.text ?? '',
    bar ? (bar.isReached ? 'reached' : 'MISSED') : '',
  ];
}

/** Three digits that matter. */
function rounded(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
