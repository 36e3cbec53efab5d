import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'
import { ownArguments, parseStart } from './arguments.ts'
import type { ProgramFiles } from './program-files.ts'
import { registerScheme } from './protocol.ts'
import { enableSandbox } from './sandbox.ts'
import { refuseAfterFault, refuseToStart } from './start-failure.ts'
import { startWindow } from './window-program.ts'

/** Composition root: what the program was started for, and the parts that do it. */

const here = import.meta.dirname
const files: ProgramFiles = {
  preload: join(here, '..', 'preload', 'index.cjs'),
  pages: join(here, '..', 'renderer'),
  worker: pathToFileURL(join(here, 'db-worker.cjs')),
  simulationWorker: pathToFileURL(join(here, 'simulate-worker.cjs')),
  pagesWorker: pathToFileURL(join(here, 'pages-worker.cjs')),
  backtestWorker: pathToFileURL(join(here, 'backtest-worker.cjs')),
  handedOverWorker: pathToFileURL(join(here, 'handed-over-worker.cjs')),
  assets: join(here, '..', '..', 'assets'),
}

app.setName('Strikeline')
// Windows shows notifications only of a program that it knows by the name its shortcut was installed under.
if (process.platform === 'win32') app.setAppUserModelId('org.strikeline.Strikeline')
enableSandbox()
registerScheme()

const start = parseStart(ownArguments(process.argv, app.isPackaged))
switch (start.kind) {
  case 'unusable':
    refuseToStart(start.message, 2)
    break
  case 'command':
    import('./command-program.ts')
      .then(({ startCommand }) => startCommand(start.args, start.dataFolder, files))
      .catch(refuseAfterFault)
    break
  case 'window':
    startWindow(start.dataFolder, files).catch(refuseAfterFault)
    break
}
