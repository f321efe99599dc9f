import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian, Ubuntu, Fedora and macOS put a Chromium. */
const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const quietArguments = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Containers give little shared memory, and root gets no sandbox.
  '--disable-dev-shm-usage',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** @returns the Chromium of this machine: `CHROMIUM_PATH`, else the usual places; undefined when there is none */
export function findSystemChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH, ...systemPaths].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  );
}

/** Starts a headless browser: this machine's Chromium, else the one that npm brought along. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findSystemChromium();
  if (executablePath) return chromium.launch({ executablePath, headless: true, args: quietArguments });
  const bundled = await unpackBundledChromium();
  return chromium.launch({ ...bundled, headless: true, args: [...bundled.args, ...quietArguments] });
}

interface BundledChromium {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}

/**
 * `@sparticuz/chromium` unpacks itself into the temporary folder, and brings the libraries that a bare machine lacks only
 * where it believes itself in AWS Lambda. Both are decided by the environment, which is put back afterwards.
 */
async function unpackBundledChromium(): Promise<BundledChromium> {
  const folder = join(tmpdir(), `guildhall-chromium-${process.getuid?.() ?? 'user'}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const before = definedOf(process.env);
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' });
  try {
    const { default: bundled } = await import('@sparticuz/chromium');
    const executablePath = await bundled.executablePath();
    const libraries = [before.LD_LIBRARY_PATH, join(folder, 'al2023', 'lib')].filter(Boolean).join(':');
    return { executablePath, args: bundled.args, env: { ...before, LD_LIBRARY_PATH: libraries } };
  } finally {
    for (const name of ['TMPDIR', 'AWS_EXECUTION_ENV', 'FONTCONFIG_PATH', 'LD_LIBRARY_PATH']) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}

function definedOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
