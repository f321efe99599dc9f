import { defineConfig } from 'vitest/config';
import base from './vitest.config.js';

/** The whole product, built and running, in a real browser: one file after the other, with time for slow machines. */
export default defineConfig({
  resolve: base.resolve ?? {},
  ssr: base.ssr ?? {},
  test: {
    include: ['e2e/**/*.e2e.spec.ts'],
    globalSetup: ['scripts/vitest/postgres.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
  },
});
