import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tools/longest-first.ts'

const excluded = ['**/node_modules/**', '**/dist/**', 'tests/guards/architecture-fixture/**']

/**
 * Real programs, one file at a time: the two kinds of journeys run side by side already. The limits are wide, for a machine on
 * which others work too: what is waited for comes, or never comes.
 */
const journeys = {
  isolate: false,
  environment: 'node',
  exclude: excluded,
  fileParallelism: false,
  retry: process.env['CI'] ? 1 : 0,
  expect: { poll: { timeout: 60_000, interval: 50 } },
  testTimeout: 240_000,
  hookTimeout: 180_000,
} as const

// A config file is found by its default export.
export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
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
          // Files share a process: loading the server and its libraries once for all of them is most of the saving.
          isolate: false,
          // Sessions, leases and sockets run on real clocks: on a machine that stalls for seconds one may miss its time.
          retry: process.env['CI'] ? 1 : 0,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...journeys,
          name: 'e2e',
          include: ['tests/e2e/**/*.e2e.ts'],
          exclude: [...excluded, 'tests/e2e/processes/**'],
          globalSetup: ['tests/e2e/shared-siar.ts'],
        },
      },
      {
        test: {
          ...journeys,
          name: 'processes',
          include: ['tests/e2e/processes/*.e2e.ts', 'tests/chaos/**/*.e2e.ts'],
        },
      },
    ],
  },
})
