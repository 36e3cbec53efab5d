import type { MenuItemConstructorOptions } from 'electron'
import { acceleratorOf, COMMANDS } from '#shared/ipc/commands.ts'
import type { CommandName } from '#shared/ipc/commands.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'

export type MenuPorts = {
  readonly platform: NodeJS.Platform
  readonly theme: Settings['theme']
  readonly command: (command: CommandName) => void
  /** commands that have nothing to do now */
  readonly idle: readonly CommandName[]
  /** Chromium's inspector: only in a build that is not packaged */
  readonly devTools: boolean
}

type Item = MenuItemConstructorOptions
const line: Item = { type: 'separator' }

/** Marks one letter of each label, another in each where there is one: with it the entry is chosen by keyboard. */
function withLetters(items: readonly Item[]): Item[] {
  const used = new Set<string>()
  return items.map((item) => {
    if (item.label === undefined) return item
    const at = Array.from(item.label).findIndex(
      (letter) => /\p{L}/u.test(letter) && !used.has(letter.toLowerCase()),
    )
    if (at < 0) return item
    used.add(item.label[at]!.toLowerCase())
    return { ...item, label: `${item.label.slice(0, at)}&${item.label.slice(at)}` }
  })
}

/**
 * The menu, made from the table of commands. Undo and redo go to the window like every other command: there a text field with the
 * focus undoes its own typing, and only otherwise the fleet's last change is taken back.
 */
export function menuTemplate({ platform, theme, command, idle, devTools }: MenuPorts): Item[] {
  const item = (name: CommandName): Item => {
    const accelerator = acceleratorOf(name, platform === 'win32')
    return {
      id: name,
      label: COMMANDS[name].label,
      enabled: !idle.includes(name),
      click: () => {
        command(name)
      },
      ...(accelerator === null ? {} : { accelerator }),
    }
  }
  const items = (...names: readonly CommandName[]): Item[] => names.map(item)
  const themes = (['system', 'light', 'dark'] as const).map((name) => ({
    ...item(`theme-${name}`),
    type: 'radio' as const,
    checked: name === theme,
  }))
  const isMac = platform === 'darwin'

  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: withLetters([
        ...items('import', 'export'),
        line,
        ...items('report', 'report-workbook', 'report-csv', 'report-json'),
        line,
        ...items('import-contracts', 'import-ladders', 'import-ledger'),
        line,
        ...items('import-network', 'export-network'),
        line,
        ...items('backup', 'move-out', 'move-in'),
        line,
        isMac ? { role: 'close' } : { role: 'quit' },
      ]),
    },
    {
      label: '&Edit',
      submenu: withLetters([
        ...items('undo', 'redo'),
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        line,
        ...items('add-machines', 'add-site', 'purchases'),
        line,
        ...items('find', 'palette'),
      ]),
    },
    {
      label: '&View',
      submenu: withLetters([
        ...items('go-today', 'go-fleet', 'go-sites', 'go-plan', 'go-reports'),
        ...items('go-market', 'go-alerts', 'go-decisions', 'go-ledger', 'go-data', 'go-settings'),
        line,
        ...items('why', 'refresh'),
        line,
        { label: 'Theme', submenu: withLetters(themes) },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(devTools ? [line, { role: 'toggleDevTools' } as const] : []),
      ]),
    },
    {
      role: 'help',
      submenu: withLetters([
        ...items('shortcuts', 'licence', 'notices'),
        ...(isMac ? [] : [{ role: 'about' } as const]),
      ]),
    },
  ]
}
