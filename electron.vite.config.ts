import { mkdirSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const here = import.meta.dirname
/** where the bundles go; a build that must not disturb a running program names another folder */
const out = process.env['STRIKELINE_BUILD_FOLDER'] ?? resolve(here, 'out')

/**
 * Writes down beside the bundles which modules each chunk holds: a test weighs the page's, and whose software is in the
 * program is read from all of them.
 */
function listModules(bundleName: 'main' | 'preload' | 'page' | 'thread'): Plugin {
  return {
    name: 'list-modules',
    // At the end: a page without a script has a chunk until then.
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).flatMap((chunk) => {
          if (chunk.type !== 'chunk') return []
          const modules = Object.entries(chunk.modules).map(([id, { renderedLength }]) => [
            relative(here, id),
            renderedLength,
          ])
          return [
            [chunk.fileName, { imports: chunk.imports, modules: Object.fromEntries(modules) as object }],
          ]
        })
        mkdirSync(resolve(out, 'modules'), { recursive: true })
        writeFileSync(
          resolve(out, 'modules', `${bundleName}.json`),
          JSON.stringify(Object.fromEntries(chunks)),
        )
      },
    },
  }
}

const PROGRAM = resolve(here, 'renderer/app/main.tsx')
const FIRST_SCRIPT = resolve(here, 'renderer/app/boot.ts')
/** What opens over the page, the first time that something does. */
const POPUPS = /[\\/]@(?:base|floating)-ui[\\/]|[\\/]renderer[\\/]ui[\\/]\w*Popup/

type Modules = { getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null }

/** A module and all that it imports, without what comes when it is needed. */
function withImports(id: string, modules: Modules): ReadonlySet<string> {
  const found = new Set([id])
  for (const one of found)
    for (const imported of modules.getModuleInfo(one)?.importedIds ?? []) found.add(imported)
  return found
}

/**
 * Each file is a question to the main process, which has enough to do at the start: few and whole ones. What the window needs
 * before its first row is `program`.
 */
function chunkOf(id: string, modules: Modules): string | null {
  const needed = withImports(PROGRAM, modules).has(id)
  if (needed && withImports(FIRST_SCRIPT, modules).has(id)) return null
  if (needed) return 'program'
  return POPUPS.test(id) ? 'popups' : null
}

/** The page fetches the program while its first script runs, which asks for it. */
function preloadProgram(): Plugin {
  return {
    name: 'preload-program',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((chunk) => chunk.type === 'chunk')
        const first = chunks.find(({ moduleIds }) => moduleIds.includes(FIRST_SCRIPT))
        const program = chunks.find(({ moduleIds }) => moduleIds.includes(PROGRAM))
        if (first === undefined || program === undefined || !html.includes(first.fileName)) return []
        return [...program.imports, program.fileName]
          .filter((file) => !html.includes(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
            injectTo: 'head',
          }))
      },
    },
  }
}

/**
 * Three bundles: the main process with its workers, the sandboxed preload (one CommonJS file: a
 * sandboxed preload can be nothing else), and the two pages: the window, and the empty one that reports are printed in.
 */
export default defineConfig({
  main: {
    plugins: [listModules('main')],
    // React, which draws the pages of reports, has a slow half for those who write it.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: resolve(out, 'main'),
      // Everything but the native module is bundled, so that the package ships no node_modules tree.
      externalizeDeps: { include: ['better-sqlite3'] },
      rolldownOptions: {
        input: {
          index: resolve(here, 'electron/main/index.ts'),
          'db-worker': resolve(here, 'electron/store/sqlite/worker.ts'),
          'simulate-worker': resolve(here, 'electron/threads/simulate-worker.ts'),
          'backtest-worker': resolve(here, 'electron/threads/backtest-worker.ts'),
          'pages-worker': resolve(here, 'renderer/print/worker.ts'),
          'handed-over-worker': resolve(here, 'electron/files/handed-over-worker.ts'),
        },
        // Else code that both share is put into the worker's own file, and the main process would run it.
        preserveEntrySignatures: 'strict',
        experimental: { chunkOptimization: false },
        // CommonJS is read at once, where modules are asked for one by one between all that Chromium does at the start.
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    plugins: [listModules('preload')],
    build: {
      outDir: resolve(out, 'preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(here, 'electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    build: {
      outDir: resolve(out, 'renderer'),
      minify: true,
      modulePreload: { polyfill: false },
      // Inlined assets would need data: in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: resolve(here, 'renderer/index.html'), print: resolve(here, 'renderer/print.html') },
        // Each file is a question to the main process, which has enough to do at the start: few and whole ones.
        output: {
          codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: chunkOf }] },
        },
      },
    },
    plugins: [react(), listModules('page'), preloadProgram()],
    // The page has one thread, which is bundled apart; a part of it comes when it is needed.
    worker: { format: 'es', plugins: () => [listModules('thread')] },
  },
})
