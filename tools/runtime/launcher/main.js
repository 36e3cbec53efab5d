/**
 * Stands in for Electron's own start program where a distribution comes without it: `electron [switches]
 * <folder> [arguments]` runs the program in that folder under that program's name and version. The module
 * is awaited, because Electron waits with its `ready` event until this one is loaded.
 *
 * `-r <module>` is loaded first, as with Electron's own: Playwright holds the program back with it until it
 * has attached. That module takes itself off the arguments.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

if (process.argv[1] === '-r') createRequire(import.meta.url)(process.argv[2])

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (named === undefined) {
  process.stderr.write('usage: electron [switches] <folder of the program> [arguments]\n')
  process.exit(2)
}
const folder = resolve(named)
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
app.setVersion(manifest.version)
app.setName(manifest.productName ?? manifest.name)
app.setAppPath(folder)
await import(pathToFileURL(join(folder, manifest.main)).href)
