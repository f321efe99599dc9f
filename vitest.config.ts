import { defineConfig } from 'vitest/config';

/** Workspace packages resolve to their sources, so that a test never runs against a stale build. */
const conditions = ['guildhall:source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['{apps,packages}/*/src/**/*.spec.ts', 'packages/*/examples/**/*.spec.ts', 'scripts/**/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', 'apps/web/**'],
    globalSetup: ['scripts/vitest/postgres.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
