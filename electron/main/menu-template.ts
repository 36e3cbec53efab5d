import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '#shared/ipc/schemas/events.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'

export type MenuPorts = {
  readonly platform: NodeJS.Platform
  readonly theme: Settings['theme']
  readonly command: (command: MenuCommand) => void
  readonly chooseTheme: (theme: Settings['theme']) => void
  readonly openLicence: () => void
  /** Chromium's inspector: only in a build that is not packaged */
  readonly devTools: boolean
}

const THEME_LABELS: Readonly<Record<Settings['theme'], string>> = {
  system: 'Like the system',
  light: 'Light',
  dark: 'Dark',
}

/**
 * The menu. Undo and redo go to the window like every other command: there a text field with the focus undoes
 * its own typing, and only otherwise the fleet's last change is taken back.
 */
export function menuTemplate(ports: MenuPorts): MenuItemConstructorOptions[] {
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    click: () => {
      ports.command(command)
    },
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  const line = { type: 'separator' } as const
  const isMac = ports.platform === 'darwin'

  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        item('&Import fleet…', 'import', 'CmdOrCtrl+O'),
        item('&Export fleet…', 'export', 'CmdOrCtrl+E'),
        item('Save report as &PDF…', 'report', 'CmdOrCtrl+P'),
        line,
        item('&Move to another computer…', 'move-out'),
        item('&Take over from another computer…', 'move-in'),
        line,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item('&Undo', 'undo', 'CmdOrCtrl+Z'),
        item('&Redo', 'redo', ports.platform === 'win32' ? 'Ctrl+Y' : 'Shift+CmdOrCtrl+Z'),
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        line,
        item('&Find', 'find', 'CmdOrCtrl+F'),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('&Today', 'go-today', 'CmdOrCtrl+1'),
        item('&Fleet', 'go-fleet', 'CmdOrCtrl+2'),
        item('&Sites', 'go-sites', 'CmdOrCtrl+3'),
        item('S&ignals', 'go-signals', 'CmdOrCtrl+4'),
        item('&Alerts', 'go-alerts', 'CmdOrCtrl+5'),
        item('&Data', 'go-data', 'CmdOrCtrl+6'),
        item('S&ettings', 'go-settings', 'CmdOrCtrl+,'),
        line,
        item('&Refresh network values', 'refresh', 'F5'),
        line,
        {
          label: 'T&heme',
          submenu: (['system', 'light', 'dark'] as const).map((theme) => ({
            id: `theme-${theme}`,
            label: THEME_LABELS[theme],
            type: 'radio' as const,
            checked: theme === ports.theme,
            click: () => {
              ports.chooseTheme(theme)
            },
          })),
        },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(ports.devTools ? [line, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    {
      role: 'help',
      submenu: [
        {
          label: '&Licence',
          click: () => {
            ports.openLicence()
          },
        },
        item('Software by &others', 'notices'),
        ...(isMac ? [] : [{ role: 'about' } as const]),
      ],
    },
  ]
}
