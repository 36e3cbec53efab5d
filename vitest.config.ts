import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Suites that open files, sockets, threads or processes: each of their files runs in a process of its own. */
const WORLD = [
  'test/{bundle,campaign,ipc,migrations,security,walls,workbook}/**/*.test.ts',
  'test/unit/{cli,main,services,sources,store,threads,tools}/**/*.test.ts',
  'test/unit/tools-*.test.ts',
  // What stands in for the page's window is read once, when the first module that calls it is loaded.
  'test/unit/renderer/{backups,late-answers,report,tables}.test.ts',
]

export default defineConfig({
  test: {
    environment: 'node',
    globalSetup: 'test/built-workers.ts',
    // Half of the tests wait for a disk or a server at any time.
    maxWorkers: 2 * availableParallelism(),
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        // Formulas, forms and words: one process runs many of these files.
        test: { name: 'pure', include: ['test/**/*.test.{ts,tsx}'], exclude: WORLD, isolate: false },
      },
      { extends: true, test: { name: 'world', include: WORLD } },
    ],
  },
})
