import { app, nativeTheme, net, powerMonitor } from 'electron'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { Store, TaskProgress } from '#electron/store/sqlite/client.ts'
import type { Backend, BackendPorts } from './backend.ts'
import { createGate } from './call-gate.ts'
import { useDataFolder } from './data-folder.ts'
import { createDialogs } from './dialogs.ts'
import { listenToCalls } from './ipc.ts'
import { closeBeforeQuit, endOnFault } from './lifecycle.ts'
import { createLog } from './log.ts'
import { setMenu } from './menu.ts'
import { createDesktopNotifier } from './notify.ts'
import { openLink } from './open-link.ts'
import { createPages } from './pages.ts'
import { createPrinter } from './print.ts'
import type { ProgramFiles } from './program-files.ts'
import { serveAssets } from './protocol.ts'
import { createReconnectWatch } from './reconnect.ts'
import { hardenSession } from './session.ts'
import { askForWayOut } from './start-failure.ts'
import { type MainWindow, openMainWindow } from './window.ts'

/** How often the system is asked whether there is a way to the network. */
const RECONNECT_LOOK_MS = 15_000

/**
 * The program with its window. The database is opened while Chromium makes itself ready and the window starts its
 * page; its calls wait for that. One data folder has one window: a second start brings the first to the front.
 *
 * @throws StrikelineError where the data folder cannot be used
 */
export async function startWindow(givenFolder: string | null, files: ProgramFiles): Promise<void> {
  const dataFolder = useDataFolder(givenFolder)
  if (!app.requestSingleInstanceLock()) {
    app.exit(0)
    return
  }
  const log = createLog(dataFolder)
  endOnFault(log)
  const pages = createPages(files.preload)
  let backend: Backend | null = null
  let window: MainWindow | null = null
  closeBeforeQuit(() => backend, log)

  // While Chromium starts, the services are loaded and the database is opened in its thread.
  const data = {
    files,
    dataFolder,
    onProgress: (progress: TaskProgress) => window?.emit('task.progress', progress),
  }
  const services = import('./backend.ts')
  const opened = services.then(({ openData }) => openData(data, 'refuse'))
  // Told where it is awaited, once there is a window to tell it in.
  opened.catch(() => undefined)
  await app.whenReady()
  hardenSession()
  serveAssets(files.pages, log)
  const main = openMainWindow(pages, dataFolder, log)
  window = main
  app.on('second-instance', () => {
    main.bringToFront()
  })

  const opening = openBackend(services, main, opened, {
    ...data,
    dialogs: createDialogs(() => main.window),
    printPdf: createPrinter(pages),
    openLink,
    notifier: createDesktopNotifier(() => {
      main.bringToFront()
      main.emit('menu.command', { command: 'go-alerts' })
    }),
    readsAhead: true,
    postMachines: (message) => main.fleetPort.post(message),
    emit(event, payload) {
      if (event === 'settings.changed') showTheme((payload as Settings).theme)
      main.emit(event, payload)
    },
    log,
  })
  const answer = opening.then((opened) => opened.answer)
  listenToCalls(createGate(pages.opened, answer, log))

  function showTheme(theme: Settings['theme']) {
    main.setTheme(theme)
    setMenu({
      platform: process.platform,
      theme,
      devTools: !app.isPackaged,
      command: (command) => {
        main.emit('menu.command', { command })
      },
      chooseTheme: (chosen) => void answer.then((ask) => ask('settings.write', { theme: chosen })),
      openLicence: () => void answer.then((ask) => ask('app.openLink', { link: 'licence' })),
    })
  }
  showTheme(nativeTheme.themeSource)

  try {
    backend = await opening
  } catch {
    // The fault was shown, and the operator chose to quit.
    app.quit()
    return
  }
  const { settings, start, wake } = backend
  showTheme((await settings.read()).theme)
  start()
  powerMonitor.on('resume', wake)
  const look = setInterval(
    createReconnectWatch(() => net.isOnline(), wake),
    RECONNECT_LOOK_MS,
  )
  app.once('will-quit', () => clearInterval(look))
}

/** Opens the database; on a fault the operator chooses how. Rejects when they choose to quit. */
async function openBackend(
  services: Promise<typeof import('./backend.ts')>,
  main: MainWindow,
  opened: Promise<Store>,
  ports: BackendPorts,
): Promise<Backend> {
  const { openData, startBackend } = await services
  let opening = opened
  for (;;) {
    try {
      const backend = startBackend(ports, await opening)
      process.exitCode = 0
      return backend
    } catch (error) {
      process.exitCode = 1
      const way = await askForWayOut(error, main.window, ports.log)
      if (way === 'quit') throw error
      opening = openData(ports, way)
    }
  }
}
