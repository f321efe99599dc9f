import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fingerprintOf } from './fingerprint.mjs';
import { isInstalledByHand, requireSupportedNode } from './install.mjs';
import { withLock } from './lock.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'guildhall-bootstrap-'));
  mkdirSync(join(root, 'src', 'dist'), { recursive: true });
  writeFileSync(join(root, 'src', 'a.ts'), 'a');
  utimesSync(join(root, 'src', 'a.ts'), 1, 1);
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('fingerprintOf', () => {
  it('is the same for an unchanged tree, whatever is built inside it', () => {
    const before = fingerprintOf(root, ['src', 'missing.json']);
    writeFileSync(join(root, 'src', 'dist', 'a.js'), 'built');
    expect(fingerprintOf(root, ['missing.json', 'src'])).toBe(before);
  });

  it.each([
    ['a changed file', () => writeFileSync(join(root, 'src', 'a.ts'), 'b')],
    ['a touched file', () => utimesSync(join(root, 'src', 'a.ts'), 2, 2)],
    ['a new file', () => writeFileSync(join(root, 'src', 'b.ts'), '')],
    ['a removed file', () => rmSync(join(root, 'src', 'a.ts'))],
  ])('differs after %s', (_, change) => {
    const before = fingerprintOf(root, ['src']);
    change();
    expect(fingerprintOf(root, ['src'])).not.toBe(before);
  });
});

describe('requireSupportedNode', () => {
  it.each(['18.20.0', '20.18.1'])('refuses Node %s in one line', (version) => {
    expect(() => requireSupportedNode(version)).toThrow(`Node ${version} is too old`);
  });

  it.each(['20.19.0', '22.0.0', '24.1.0'])('takes Node %s', (version) => {
    expect(() => requireSupportedNode(version)).not.toThrow();
  });
});

describe('isInstalledByHand', () => {
  const wanted = {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/for-mac': { version: '1.0.0', optional: true },
  };

  function isInstalled(installed: Record<string, { version: string }>): boolean {
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
    return isInstalledByHand(root);
  }

  it('takes what npm has installed, without the packages for other platforms', () => {
    expect(isInstalled({ 'node_modules/a': { version: '1.0.0' } })).toBe(true);
  });

  it.each([
    ['another version', { 'node_modules/a': { version: '2.0.0' } }],
    ['a missing package', {}],
    ['a package too many', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } }],
  ])('refuses %s', (_, installed) => {
    expect(isInstalled(installed)).toBe(false);
  });
});

describe('withLock', () => {
  it('lets one work at a time and tells the other why it waits', async () => {
    const file = join(root, 'lock');
    const report = vi.fn();
    const order: string[] = [];
    const first = Promise.withResolvers<undefined>();
    const one = withLock(file, () => first.promise.then(() => order.push('one')), report);
    const two = withLock(file, () => Promise.resolve(order.push('two')), report);
    await vi.waitFor(() => expect(report).toHaveBeenCalledOnce());
    first.resolve(undefined);
    await Promise.all([one, two]);
    expect(order).toEqual(['one', 'two']);
    expect(existsSync(file)).toBe(false);
  });

  it('takes over the lock of a start that was killed', async () => {
    const file = join(root, 'lock');
    const noSuchProcess = 2 ** 22 + 1;
    writeFileSync(file, String(noSuchProcess));
    expect(await withLock(file, () => Promise.resolve('done'))).toBe('done');
  });

  it('is free again after a failure', async () => {
    const file = join(root, 'lock');
    await expect(withLock(file, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(existsSync(file)).toBe(false);
  });
});
