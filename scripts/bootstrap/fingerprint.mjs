import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const skippedFolders = new Set(['node_modules', 'dist', '.angular', '.data']);

/**
 * Names, sizes and times of all files of some folders and files, as one short text. Reading contents would take seconds;
 * a time that changed for nothing only costs a build that finds nothing to do.
 */
export function fingerprintOf(root, paths) {
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) addEntry(hash, root, join(root, path));
  return hash.digest('hex');
}

function addEntry(hash, root, path) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry) return;
  if (entry.isFile()) {
    hash.update(`${relative(root, path)}\0${entry.size}\0${entry.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!skippedFolders.has(name)) addEntry(hash, root, join(path, name));
  }
}

/** What was true when a part was last brought up to date; kept where `npm ci` wipes it together with the rest. */
export function stampFile(root, part) {
  return join(root, 'node_modules', '.guildhall', part);
}

export function readStamp(root, part) {
  try {
    return readFileSync(stampFile(root, part), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

export function writeStamp(root, part, text) {
  const file = stampFile(root, part);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
