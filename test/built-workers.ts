import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  // A module of the test runner is extended, which only an interface can do.
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions
  export interface ProvidedContext {
    /** addresses of the bundled worker threads */
    readonly workers: Readonly<Record<'store' | 'simulate' | 'handedOver' | 'backtest', string>>
  }
}

const repository = resolve(import.meta.dirname, '..')

/**
 * Bundles the worker threads once per run, as the program's build does: a thread that starts from source loads
 * every module by itself, which takes longer than most tests.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // In the repository, because the bundle looks for the native module in node_modules.
  const folder = join(repository, 'out', `test-workers-${process.pid}`)
  const bundle = async (): Promise<void> => {
    await build({
      configFile: false,
      root: repository,
      logLevel: 'warn',
      ssr: { noExternal: true, external: ['better-sqlite3'] },
      build: {
        ssr: true,
        target: 'node20',
        outDir: folder,
        rolldownOptions: {
          input: {
            store: join(repository, 'electron/store/sqlite/worker.ts'),
            simulate: join(repository, 'electron/threads/simulate-worker.ts'),
            backtest: join(repository, 'electron/threads/backtest-worker.ts'),
            handedOver: join(repository, 'electron/files/handed-over-worker.ts'),
          },
          output: { format: 'es', entryFileNames: '[name].js' },
        },
      },
    })
  }
  await bundle()
  // Watching: the files that changed may be in the bundles.
  project.onTestsRerun(bundle)
  const address = (name: string) => pathToFileURL(join(folder, `${name}.js`)).href
  project.provide('workers', {
    store: address('store'),
    simulate: address('simulate'),
    handedOver: address('handedOver'),
    backtest: address('backtest'),
  })
  return () => rm(folder, { recursive: true, force: true })
}
