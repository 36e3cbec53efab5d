import { app, Menu, nativeTheme, net, powerMonitor } from 'electron'
import type { CommandName } from '#shared/ipc/commands.ts'
import { setDisplay } from '#shared/format/display.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { TaskProgress } from '#electron/store/sqlite/client.ts'
import type { Backend, BackendPorts } from './backend.ts'
import { type BegunData, beginWindowData } from './begin-data.ts'
import { createGate } from './call-gate.ts'
import { useDataFolder } from './data-folder.ts'
import { createDialogs } from './dialogs.ts'
import { listenToCalls } from './ipc.ts'
import { closeBeforeQuit, endOnFault } from './lifecycle.ts'
import { createLog } from './log.ts'
import { setMenu, showIdle } from './menu.ts'
import { createDesktopNotifier } from './notify.ts'
import { openLink } from './open-link.ts'
import { createPages } from './pages.ts'
import { createPrinter } from './print.ts'
import type { ProgramFiles } from './program-files.ts'
import { serveAssets } from './protocol.ts'
import { createReconnectWatch } from './reconnect.ts'
import { hardenSession } from './session.ts'
import { askForWayOut } from './start-failure.ts'
import { takeOver } from './take-over.ts'
import { type MainWindow, openMainWindow } from './window.ts'

/** The window shows its first figures before networks are asked and the database is looked after. */
const AFTER_START_MS = 1000
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
  let takenOver: string | null = null
  /** commands that have nothing to do now */
  let idle: readonly CommandName[] = []
  closeBeforeQuit(
    () => ({
      async close() {
        await backend?.close()
        if (takenOver !== null) await takeOver(takenOver, dataFolder, log)
      },
    }),
    log,
  )

  // While Chromium starts, the database is opened in its thread and the services are loaded.
  const data = {
    files,
    dataFolder,
    onProgress: (progress: TaskProgress) => window?.emit('task.progress', progress),
  }
  const begun = beginWindowData(data, 'refuse')
  const services = import('./backend.ts')
  // Ours comes with the window; Electron's own would be built before it for nothing.
  Menu.setApplicationMenu(null)
  await app.whenReady()
  hardenSession()
  const printed = serveAssets(files.pages, log)
  const main = openMainWindow(pages, dataFolder, log)
  window = main
  app.on('second-instance', () => {
    main.bringToFront()
  })

  const opening = openOrAsk(services, main, begun, {
    ...data,
    dialogs: createDialogs(() => main.window),
    printPdf: createPrinter(pages, printed),
    openLink,
    takeOver(path) {
      takenOver = path
      app.quit()
    },
    notifier: createDesktopNotifier(() => {
      main.bringToFront()
      main.emit('menu.command', { command: 'go-alerts' })
    }),
    showIdle(commands) {
      idle = commands
      showIdle(commands)
    },
    postMachines: (message) => main.fleetPort.post(message),
    emit(event, payload) {
      if (event === 'settings.changed') {
        setDisplay(payload as Settings)
        showTheme((payload as Settings).theme)
      }
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
      idle,
      command: (command) => {
        main.emit('menu.command', { command })
      },
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
  const known = await settings.read()
  // Contracts, notifications and their figures are worded here.
  setDisplay(known)
  const { theme } = known
  if (theme !== nativeTheme.themeSource) showTheme(theme)
  const starting = setTimeout(start, AFTER_START_MS)
  powerMonitor.on('resume', wake)
  const look = setInterval(
    createReconnectWatch(() => net.isOnline(), wake),
    RECONNECT_LOOK_MS,
  )
  app.once('will-quit', () => {
    clearTimeout(starting)
    clearInterval(look)
  })
}

/** Opens the database and reads the fleet, each row of which is checked; on a fault the operator chooses how. Rejects when they choose to quit. */
async function openOrAsk(
  services: Promise<typeof import('./backend.ts')>,
  main: MainWindow,
  begun: Required<BegunData>,
  ports: BackendPorts,
): Promise<Backend> {
  const { openBackend } = await services
  let data = begun
  for (;;) {
    try {
      const backend = await openBackend(ports, data)
      await data.fleetAhead.catch(async (error: unknown) => {
        await backend.close()
        throw error
      })
      process.exitCode = 0
      return backend
    } catch (error) {
      process.exitCode = 1
      const way = await askForWayOut(error, main.window, ports.log)
      if (way === 'quit') throw error
      data = beginWindowData(ports, way)
    }
  }
}
