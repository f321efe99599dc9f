import { createRequire } from 'node:module';

// Safe: the package file lies beside both the sources and the build, and all of Guildhall has one version.
const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** The version of Guildhall that this process is part of. */
export const VERSION = version;
