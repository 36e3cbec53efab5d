/**
 * Stands in for Electron's own start program where a distribution comes without it: `electron [switches]
 * <folder> [arguments]` runs the program in that folder under that program's name and version. The module
 * is awaited, because Electron waits with its `ready` event until this one is loaded.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

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
