import { defineConfig } from 'vitest/config';

/** The specs cover pure functions and classes without a browser; pages are exercised by the end-to-end tests. */
export default defineConfig({
  resolve: { conditions: ['guildhall:source', 'node', 'import', 'module', 'default'] },
  test: { include: ['src/**/*.spec.ts'], environment: 'node' },
});
