import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/** `npm ci` is the first thing a newcomer does, on a platform and behind a mirror that we do not know. */

const repository = resolve(import.meta.dirname, '..', '..')

type Manifest = {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}
type Locked = Manifest & {
  readonly version?: string
  readonly integrity?: string
  readonly gypfile?: boolean
  readonly hasInstallScript?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const manifest = readJson('package.json') as Manifest & {
  readonly allowScripts: Readonly<Record<string, boolean>>
}
const lock = (readJson('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> })
  .packages
const { '': locked, ...packages } = lock

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(repository, file), 'utf8'))
}

/** Where a package's dependency would be found: in its own node_modules, or in one further up. */
function isLocked(from: string, name: string): boolean {
  const places = [...from.matchAll(/(?:^|\/)node_modules\//g)].map((match) => from.slice(0, match.index))
  return [from, ...places].some(
    (place) => `${place === '' ? '' : `${place}/`}node_modules/${name}` in packages,
  )
}

describe('package.json', () => {
  test('names one exact version of everything', () => {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/)
    }
  })

  test('says of every install script whether it may run', () => {
    const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true)
    for (const [path] of scripted) {
      expect(Object.keys(manifest.allowScripts)).toContain(path.slice(path.lastIndexOf('node_modules/') + 13))
    }
  })
})

describe('package-lock.json', () => {
  test('is the one of this package.json', () => {
    expect(locked!.dependencies).toEqual(manifest.dependencies)
    expect(locked!.devDependencies).toEqual(manifest.devDependencies)
  })

  test('holds every package that another one names, those of other platforms too', () => {
    const holes = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !isLocked(path, name))
        .map((name) => `${path} → ${name}`),
    )
    expect(holes).toEqual([])
  })

  test('pins every package by version and hash', () => {
    for (const [path, { version, integrity }] of Object.entries(packages)) {
      expect(version, path).toMatch(/^\d/)
      expect(integrity, path).toMatch(/^sha512-/)
    }
  })

  // npm does not copy this line of better-sqlite3's package.json into a lock file that it writes, and then
  // `npm ci` compiles, and stops where there is no Python. Put it back by hand after an update.
  test('keeps npm from compiling what is shipped compiled', () => {
    expect(packages['node_modules/better-sqlite3']!.gypfile).toBe(false)
  })
})
