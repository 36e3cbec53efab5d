import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**'],
    environment: 'node',
    // Many tests wait for a database or a server: every core may have one at work.
    maxWorkers: '100%',
    testTimeout: 30_000,
  },
})
