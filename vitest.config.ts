import { defineConfig } from 'vitest/config'

const excluded = ['**/node_modules/**', '**/dist/**', 'tests/guards/architecture-fixture/**']

// A config file is found by its default export.
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            'packages/**/*.test.ts',
            'apps/**/*.test.{ts,tsx}',
            'tests/guards/**/*.test.ts',
            'tests/chaos/**/*.test.ts',
            'tools/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          exclude: excluded,
          globalSetup: ['packages/test-kit/src/global-setup.ts'],
          setupFiles: process.env['CI'] ? ['packages/test-kit/src/fixed-seed.ts'] : [],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.e2e.ts', 'tests/chaos/**/*.e2e.ts'],
          exclude: excluded,
          globalSetup: ['tests/e2e/shared-siar.ts'],
          fileParallelism: false,
          retry: process.env['CI'] ? 1 : 0,
          expect: { poll: { timeout: 20_000, interval: 50 } },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
