import { globSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ESLint } from 'eslint'
import ts from 'typescript'
import tseslint from 'typescript-eslint'
import { describe, expect, test } from 'vitest'

/** Plants violations and sees them reported: a wall that reports nothing looks like a clean house. */

const repository = resolve(import.meta.dirname, '..', '..')

const eslint = new ESLint({
  cwd: repository,
  // The planted files belong to no compiler project; the walls need no types.
  overrideConfig: [tseslint.configs.disableTypeChecked],
})

const WALL_RULES = new Set(['@typescript-eslint/no-restricted-imports', 'no-restricted-syntax'])

/** What the walls say to code in a file that is not there. */
async function complaints(file: string, code: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(repository, file) })
  expect(result!.messages.filter((message) => message.fatal === true)).toEqual([])
  return result!.messages.flatMap(({ ruleId, message }) => (WALL_RULES.has(ruleId ?? '') ? [message] : []))
}

const FORBIDDEN: readonly (readonly [file: string, imported: string])[] = [
  ['shared/domain/planted.ts', 'node:fs'],
  ['shared/domain/planted.ts', 'fs'],
  ['shared/domain/planted.ts', 'electron'],
  ['shared/domain/planted.ts', 'zod'],
  ['shared/domain/planted.ts', '#shared/ipc/errors.ts'],
  ['shared/domain/planted.ts', '../ipc/errors.ts'],
  ['shared/domain/planted.ts', '#assets/asic-models.json'],
  ['shared/domain/signals/planted.ts', '../../format/number.ts'],
  ['shared/ipc/planted.ts', 'node:path'],
  ['shared/ipc/planted.ts', 'react'],
  ['shared/ipc/planted.ts', '#electron/store/sqlite/client.ts'],
  ['shared/format/planted.ts', '#renderer/lib/api.ts'],
  ['shared/format/planted.ts', 'path'],
  ['shared/format/planted.ts', 'zod'],
  ['shared/ipc/planted.ts', 'zod'],
  ['renderer/app/planted.tsx', 'zod'],
  ['renderer/app/planted.tsx', 'electron'],
  ['renderer/app/planted.tsx', 'node:fs'],
  ['renderer/app/planted.tsx', 'child_process'],
  ['renderer/app/planted.tsx', 'better-sqlite3'],
  ['renderer/app/planted.tsx', '#electron/services/handlers.ts'],
  ['renderer/screens/fleet/planted.tsx', '../../../electron/store/client.ts'],
  ['renderer/state/planted.ts', '#tools/build.ts'],
  ['renderer/engine/planted.ts', 'electron'],
  ['renderer/print/planted.tsx', '#electron/main/print.ts'],
  ['electron/main/planted.ts', '#renderer/lib/api.ts'],
  ['electron/main/planted.ts', 'better-sqlite3'],
  ['electron/main/planted.ts', 'zustand'],
  ['electron/main/planted.ts', '../../tools/build.ts'],
  ['electron/preload/planted.ts', '#electron/store/sqlite/client.ts'],
  ['electron/preload/planted.ts', '../main/ipc.ts'],
  ['electron/services/planted.ts', 'electron'],
  ['electron/services/planted.ts', 'electron/main'],
  ['electron/services/planted.ts', '#electron/main/window.ts'],
  ['electron/services/planted.ts', '../main/window.ts'],
  ['electron/services/planted.ts', 'better-sqlite3'],
  ['electron/services/planted.ts', '#electron/cli/index.ts'],
  ['electron/sources/planted.ts', '#electron/store/sqlite/client.ts'],
  ['electron/sources/planted.ts', '#electron/services/handlers.ts'],
  ['electron/store/repositories/planted.ts', '#electron/services/handlers.ts'],
  ['electron/store/repositories/planted.ts', '../../../services/handlers.ts'],
  ['electron/store/planted.ts', 'electron'],
  ['electron/files/planted.ts', '#electron/store/sqlite/client.ts'],
  ['electron/security/planted.ts', 'electron'],
  ['electron/cli/commands/planted.ts', '#electron/main/print.ts'],
  ['electron/cli/commands/planted.ts', 'electron'],
  ['electron/cli/commands/planted.ts', 'react'],
]

const ALLOWED: readonly (readonly [file: string, imported: string])[] = [
  ['shared/domain/planted.ts', './margin.ts'],
  ['shared/domain/signals/planted.ts', '../chain/network.ts'],
  ['shared/ipc/planted.ts', '#shared/domain/fleet/fleet.ts'],
  ['shared/ipc/schemas/planted.ts', 'zod'],
  ['shared/ipc/schemas/planted.ts', './network.ts'],
  ['renderer/screens/fleet/planted.tsx', '#shared/format/number.ts'],
  ['renderer/screens/fleet/planted.tsx', '../../lib/api.ts'],
  ['renderer/screens/fleet/planted.tsx', 'react'],
  ['renderer/engine/planted.ts', '#shared/domain/fleet/packed.ts'],
  ['renderer/print/planted.tsx', '#shared/domain/decision/picture.ts'],
  ['electron/main/planted.ts', 'electron'],
  ['electron/main/planted.ts', '#electron/services/handlers.ts'],
  ['electron/services/planted.ts', '#electron/store/sqlite/client.ts'],
  ['electron/services/planted.ts', 'node:path'],
  ['electron/store/planted.ts', 'better-sqlite3'],
  ['electron/store/repositories/planted.ts', '../client.ts'],
  ['electron/cli/commands/planted.ts', '../json.ts'],
]

/** Modules whose values bring the schema library along; their types cost nothing. */
const TYPES_ALONE: readonly (readonly [file: string, imported: string])[] = [
  ['shared/format/planted.ts', '#shared/ipc/schemas/network.ts'],
  ['shared/format/planted.ts', '../ipc/schemas/network.ts'],
  ['shared/ipc/planted.ts', './schemas/network.ts'],
  ['renderer/app/planted.tsx', '#shared/ipc/schemas/past.ts'],
  ['renderer/app/planted.tsx', '../../shared/ipc/schemas/past.ts'],
  // and those that hold columns of a whole fleet
  ['renderer/state/planted.ts', '#shared/domain/fleet/packed.ts'],
  ['renderer/screens/today/planted.tsx', '#shared/domain/margins/fleet-margins.ts'],
  ['renderer/charts/planted.ts', '#shared/domain/decision/picture.ts'],
]

describe('lint', () => {
  test.each(FORBIDDEN)('%s may not import %s', async (file, imported) => {
    const ways = [
      `import '${imported}'`,
      `import type { Thing } from '${imported}'`,
      `export * from '${imported}'`,
      `await import('${imported}')`,
    ]
    expect(await complaints(file, ways.join('\n'))).toHaveLength(ways.length)
  })

  test.each(TYPES_ALONE)('%s may import types alone from %s', async (file, imported) => {
    const ways = [
      `import '${imported}'`,
      `import { value } from '${imported}'`,
      `import { value, type Thing } from '${imported}'`,
      `export * from '${imported}'`,
      `await import('${imported}')`,
    ]
    expect(await complaints(file, ways.join('\n'))).toHaveLength(ways.length)
    expect(await complaints(file, `import type { Thing } from '${imported}'`)).toEqual([])
  })

  test.each(ALLOWED)('%s may import %s', async (file, imported) => {
    expect(await complaints(file, `import '${imported}'\nawait import('${imported}')`)).toEqual([])
  })

  test('every folder of electron/ has walls', async () => {
    const files = globSync('electron/*/**/*.ts', { cwd: repository })
    for (const folder of new Set(files.map((file) => file.split(/[/\\]/)[1]!))) {
      const found = await complaints(`electron/${folder}/planted.ts`, "import '#renderer/lib/api.ts'")
      expect(found, `FLOORS in eslint.config.js lacks ${folder}`).toHaveLength(1)
    }
  })
})

describe('compiler', () => {
  test('shared/ knows neither the page nor Node', () => {
    const foreign = [
      'window',
      'document',
      'localStorage',
      'fetch',
      'process',
      'Buffer',
      'setTimeout',
      'console',
    ]
    expect(rejected('shared', [...foreign, "import('node:fs')", 'Math'])).toEqual([
      ...foreign,
      "import('node:fs')",
    ])
  })

  test('the page knows no Node', () => {
    const foreign = ['process', 'Buffer', '__dirname', "import('node:fs')"]
    expect(rejected('renderer', [...foreign, 'document', 'setTimeout'])).toEqual(foreign)
  })

  test('the main process knows no page', () => {
    const foreign = ['document', 'window', 'HTMLElement']
    expect(rejected('electron', [...foreign, 'process', 'setTimeout'])).toEqual(foreign)
  })
})

/** Those of the expressions that the compiler rejects under the settings of a room. */
function rejected(room: string, expressions: readonly string[]): readonly string[] {
  const file = join(repository, room, 'planted.ts')
  const code = expressions
    .map((expression, i) => `export const planted${i}: unknown = ${expression}\n`)
    .join('')
  const parsed = ts.getParsedCommandLineOfConfigFile(join(repository, room, 'tsconfig.json'), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'))
    },
  })
  const host = ts.createCompilerHost(parsed!.options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (name, version, ...rest) =>
    name === file ? ts.createSourceFile(name, code, version) : read(name, version, ...rest)
  const program = ts.createProgram([file], parsed!.options, host)
  const planted = program.getSourceFile(file)!
  const lines = program
    .getSemanticDiagnostics(planted)
    .map((fault) => planted.getLineAndCharacterOfPosition(fault.start ?? 0).line)
  return [...new Set(lines)].map((line) => expressions[line]!)
}
