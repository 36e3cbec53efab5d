import { app } from 'electron'
import type { CliHost } from '#electron/cli/index.ts'
import type { BackendPorts } from './backend.ts'
import { beginData } from './begin-data.ts'
import { useCommandFolder } from './data-folder.ts'
import { endOnFault } from './lifecycle.ts'
import { createLog } from './log.ts'
import { createPages } from './pages.ts'
import { createPrinter } from './print.ts'
import type { ProgramFiles } from './program-files.ts'
import { serveAssets } from './protocol.ts'
import { hardenSession } from './session.ts'

/** The command line in the packaged program: no window, the exit code is the command's. */
export async function startCommand(
  args: readonly string[],
  givenFolder: string | null,
  files: ProgramFiles,
): Promise<void> {
  endOnFault(createLog(useCommandFolder(givenFolder)))
  // The hidden print window closes before the file is written: that is not the end of the program.
  app.on('window-all-closed', () => undefined)
  const { runCli } = await import('#electron/cli/index.ts')
  const exitCode = await runCli(args, {
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    dataFolder: app.getPath('userData'),
    assetsFolder: files.assets,
    workerUrl: files.worker,
    simulationWorkerUrl: files.simulationWorker,
    version: app.getVersion(),
    nodePassword: async (dataFolder, nodeUrl) =>
      (await import('./secrets.ts')).nodePasswordIn(dataFolder, nodeUrl),
    secretsIn: async (dataFolder) => (await import('./secrets.ts')).secretsIn(dataFolder),
    printReport: (request) => printReport(request, files),
  })
  app.exit(exitCode)
}

type PrintReport = NonNullable<CliHost['printReport']>

/** Opens the data like the window does, and prints from it with a hidden page. */
async function printReport(
  { dataFolder, path, ...request }: Parameters<PrintReport>[0],
  files: ProgramFiles,
): ReturnType<PrintReport> {
  const log = createLog(dataFolder)
  const pages = createPages(files.preload)
  const { openBackend } = await import('./backend.ts')
  await app.whenReady()
  hardenSession()
  const printed = serveAssets(files.pages, log)
  const ports: BackendPorts = {
    files,
    dataFolder,
    // The printed page calls nothing: nobody can ask for these.
    dialogs: { openFile: () => Promise.resolve(null), saveFile: () => Promise.resolve(null) },
    openLink: () => Promise.resolve(),
    takeOver: () => undefined,
    notifier: { supported: false, notify: () => undefined, show: () => undefined },
    showIdle: () => undefined,
    postMachines: () => undefined,
    emit: () => undefined,
    onProgress: () => undefined,
    printPdf: createPrinter(pages, printed),
    log,
  }
  const backend = await openBackend(ports, beginData(ports, 'refuse'))
  try {
    return await backend.report.saveTo(path, request)
  } finally {
    await backend.close()
  }
}
