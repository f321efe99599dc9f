import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.dirname(import.meta.dirname);
const documents = [...globSync('docs/**/*.md', { cwd: root }), ...globSync('*.md', { cwd: root })];

describe.each(documents)('%s', (document) => {
  const text = readFileSync(path.join(root, document), 'utf8');

  it('names only files that exist', () => {
    const named = [...text.matchAll(/`((?:apps|packages|e2e|scripts)\/[\w./-]+\.(?:ts|mjs|json|sql))`/g)];
    expect(named.map(([, file]) => file!).filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  it('links only to pages that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target]) => target!);
    const folder = path.join(root, path.dirname(document));
    expect(links.filter((target) => !existsSync(path.join(folder, target)))).toEqual([]);
  });
});
