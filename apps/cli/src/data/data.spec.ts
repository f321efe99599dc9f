import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataFolder } from './data-folder.js';
import { LogFile } from './log-file.js';
import { loadSecrets } from './secrets.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guildhall-data-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('DataFolder', () => {
  it('is held by one Guildhall at a time and free again afterwards', () => {
    const first = DataFolder.open(join(folder, 'data'));
    expect(() => DataFolder.open(join(folder, 'data'))).toThrow(
      /another Guildhall already runs on .*GUILDHALL_DATA_DIR/,
    );
    first.close();
    DataFolder.open(join(folder, 'data')).close();
  });

  it('says what to do when the folder cannot be made', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => DataFolder.open(join(folder, 'file', 'data'))).toThrow(
      /cannot be written \(ENOTDIR\).*GUILDHALL_DATA_DIR/,
    );
  });

  it('says what to do when its lock cannot be used', () => {
    mkdirSync(join(folder, 'guildhall.lock'));
    expect(() => DataFolder.open(folder)).toThrow(/guildhall\.lock cannot be locked/);
  });
});

describe('loadSecrets', () => {
  it('generates secrets once, for the owner only', () => {
    const file = join(folder, 'secrets.json');
    const secrets = loadSecrets(file);
    expect(loadSecrets(file)).toEqual(secrets);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(secrets.ENCRYPTION_KEY).toMatch(/^[0-9a-f]{64}$/);
    expect(loadSecrets(join(folder, 'other.json')).JWT_SECRET).not.toBe(secrets.JWT_SECRET);
  });

  it('adds to the file of an earlier version what came later, once', () => {
    const file = join(folder, 'earlier.json');
    const { AUDIT_KEY: _later, ...earlier } = loadSecrets(file);
    writeFileSync(file, JSON.stringify(earlier));
    const secrets = loadSecrets(file);
    expect(secrets).toEqual({ ...earlier, AUDIT_KEY: expect.stringMatching(/^.{32,}$/) as string });
    expect(loadSecrets(file)).toEqual(secrets);
  });

  it.each([
    ['no JSON', () => '{"JWT_SECRET": '],
    ['a shortened secret', (text: string) => text.replace(/("ENCRYPTION_KEY": ")[^"]{10}/, '$1')],
    ['nothing', () => ''],
  ])('refuses a file with %s instead of replacing it', (_, damage) => {
    const file = join(folder, 'secrets.json');
    loadSecrets(file);
    const damaged = damage(readFileSync(file, 'utf8'));
    writeFileSync(file, damaged);
    expect(() => loadSecrets(file)).toThrow(`${file} is damaged`);
    expect(readFileSync(file, 'utf8')).toBe(damaged);
  });
});

describe('LogFile', () => {
  it('starts a new file when one is full and keeps three older ones', () => {
    const path = join(folder, 'logs', 'api.log');
    const log = new LogFile(path, 10);
    for (const word of ['first', 'second', 'third', 'fourth', 'fifth']) log.write(word);
    expect(readFileSync(path, 'utf8')).toBe('fifth\n');
    expect(readFileSync(`${path}.3`, 'utf8')).toBe('second\n');
    expect(statSync(`${path}.4`, { throwIfNoEntry: false })).toBeUndefined();
  });
});
