import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The checkout's top folder. */
export const repository = resolve(import.meta.dirname, '..')

/** Path of a file that an installed package brings, e.g. `installed('vitest', 'vitest.mjs')`. */
export function installed(...parts: readonly string[]): string {
  return join(repository, 'node_modules', ...parts)
}

/** Version of an installed package. Throws where `npm ci` has not run. */
export function installedVersion(name: string): string {
  return versionIn(installed(name))
}

export function repositoryVersion(): string {
  return versionIn(repository)
}

function versionIn(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly version: string
  }
  return manifest.version
}
