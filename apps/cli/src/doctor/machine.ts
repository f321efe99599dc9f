import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { type Finding, ok, problem, warning } from './finding.js';

const NEEDED_NODE_MAJOR = 24;
const LITTLE_SPACE_BYTES = 2 * 1024 ** 3;

/** The runtime that this command runs on, which is the one Guildhall runs on. */
export function checkNode(): Finding {
  const { node } = process.versions;
  if (Number(node.split('.')[0]) >= NEEDED_NODE_MAJOR) return ok('Node.js', node);
  return problem('Node.js', `${node} is too old`, 'Start Guildhall with `npm start`, which brings its own.');
}

/** The data folder, which was opened already. */
export async function checkDataFolder(path: string, { isInUse }: { isInUse: boolean }): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(path);
  const freeBytes = bavail * bsize;
  const freeText = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB free`;
  const space =
    freeBytes >= LITTLE_SPACE_BYTES
      ? ok('Data folder', `${path}, ${freeText}${isInUse ? '; Guildhall runs on it' : ''}`)
      : warning('Data folder', `${path}, only ${freeText}`, 'Free some space, or move it with GUILDHALL_DATA_DIR.');
  return [space, ...secretsFinding(`${path}/secrets.json`)];
}

function secretsFinding(file: string): Finding[] {
  if (process.platform === 'win32') return [];
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) === 0) return [ok('Secrets', 'readable for their owner only')];
  return [problem('Secrets', `others can read ${file}`, `Run \`chmod 600 ${file}\`.`)];
}
