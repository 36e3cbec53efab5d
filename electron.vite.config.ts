import { writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const here = import.meta.dirname
/** where the bundles go; a build that must not disturb a running program names another folder */
const out = process.env['STRIKELINE_BUILD_FOLDER'] ?? resolve(here, 'out')

/** Writes down beside the bundles which modules each chunk of the pages holds; a test weighs them. */
function listModules(): Plugin {
  return {
    name: 'list-modules',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).flatMap((chunk) => {
        if (chunk.type !== 'chunk') return []
        const modules = Object.entries(chunk.modules).map(([id, { renderedLength }]) => [
          relative(here, id),
          renderedLength,
        ])
        return [[chunk.fileName, { imports: chunk.imports, modules: Object.fromEntries(modules) as object }]]
      })
      writeFileSync(resolve(out, 'page-modules.json'), JSON.stringify(Object.fromEntries(chunks)))
    },
  }
}

/**
 * Three bundles: the main process with its workers, the sandboxed preload (one CommonJS file: a
 * sandboxed preload can be nothing else), and the two pages (the window and the printed report).
 */
export default defineConfig({
  main: {
    build: {
      outDir: resolve(out, 'main'),
      // Everything but the native module is bundled, so that the package ships no node_modules tree.
      externalizeDeps: { include: ['better-sqlite3'] },
      rolldownOptions: {
        input: {
          index: resolve(here, 'electron/main/index.ts'),
          'db-worker': resolve(here, 'electron/store/sqlite/worker.ts'),
          'simulate-worker': resolve(here, 'electron/threads/simulate-worker.ts'),
        },
        // Else code that both share is put into the worker's own file, and the main process would run it.
        preserveEntrySignatures: 'strict',
        experimental: { chunkOptimization: false },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
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
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [
              {
                name: 'base',
                priority: 2,
                // But for the names of the channels, which the first small script needs.
                test: /[\\/]node_modules[\\/](?:react|react-dom|scheduler|use-sync-external-store|zustand|@tanstack)[\\/]|[\\/]shared[\\/](?!ipc[\\/]names)|[\\/]@base-ui[\\/]react[\\/](?:csp-provider|internals[\\/]csp-context)/,
              },
              {
                name: 'popups',
                priority: 1,
                test: /[\\/]@(?:base|floating)-ui[\\/](?!react[\\/](?:csp-provider|internals[\\/]csp-context))|[\\/]renderer[\\/]ui[\\/]\w*Popup/,
              },
            ],
          },
        },
      },
    },
    plugins: [react(), listModules()],
  },
})
