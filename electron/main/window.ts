import { join } from 'node:path'
import { type BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import type { EventName } from '#shared/ipc/names.ts'
import { createFleetPort, type FleetPort } from './fleet-port.ts'
import type { Log } from './log.ts'
import type { Pages } from './pages.ts'
import { readWindowState, visibleBounds, type WindowPlacement, writeWindowState } from './window-state.ts'

export type MainWindow = {
  readonly window: BrowserWindow
  /** Nothing happens where the window is closed. */
  /** Machines for the page, through its port. */
  readonly fleetPort: FleetPort
  emit<N extends EventName>(event: N, payload: EventPayload<N>): void
  setTheme(theme: WindowPlacement['theme']): void
  /** Out of the dock or from behind other windows. */
  bringToFront(): void
}

const BACKGROUND = { light: '#f7f8f8', dark: '#14181b' } as const

/** Opens the one window at once; it shows itself when the page has something to show. */
export function openMainWindow(pages: Pages, dataFolder: string, log: Log): MainWindow {
  const file = join(dataFolder, 'window.json')
  const state = readWindowState(file)
  nativeTheme.themeSource = state.theme
  const screens = screen.getAllDisplays().map((display) => display.workArea)
  const { window, loaded } = pages.open('window', {
    width: 1280,
    height: 860,
    ...visibleBounds(state.bounds, screens),
    minWidth: 720,
    minHeight: 480,
    title: 'Strikeline',
    backgroundColor: BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
  })
  const fleetPort = createFleetPort(window.webContents, log)
  window.once('ready-to-show', () => {
    if (state.maximized) window.maximize()
    window.show()
  })
  loaded.catch((error: unknown) => {
    // A window that was closed while it loaded is no fault.
    if (!window.isDestroyed()) log.write('The window’s page could not be loaded:', error)
  })
  window.on('close', () => {
    try {
      const theme = nativeTheme.themeSource
      writeWindowState(file, { bounds: window.getNormalBounds(), maximized: window.isMaximized(), theme })
    } catch (error) {
      log.write('The size of the window could not be kept:', error)
    }
  })
  reloadOnceAfterCrash(window, log)

  return {
    window,
    fleetPort,
    emit(event, payload) {
      if (!window.isDestroyed()) window.webContents.send(event, payload)
    },
    setTheme(theme) {
      nativeTheme.themeSource = theme
    },
    bringToFront() {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
  }
}

function reloadOnceAfterCrash(window: BrowserWindow, log: Log): void {
  let crashes = 0
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    crashes++
    log.write(`The window’s process ended: ${reason}, exit code ${exitCode}.`)
    const again = crashes === 1
    if (again) window.webContents.reload()
    const message = again
      ? 'The window stopped working and was loaded again.'
      : 'The window stopped working again. Please close the program and start it again.'
    const detail = `What is stored is safe. Details are in ${log.file}.`
    dialog.showMessageBox(window, { type: 'warning', message, detail }).catch((error: unknown) => {
      log.write('The message about the crash could not be shown:', error)
    })
  })
}
