/**
 * Everything that a person can tell the program to do, once: the native menu, the palette, the keys of the window and the list of
 * shortcuts are made from this table. What each does stands in renderer/app/run.ts.
 */

export const COMMAND_GROUPS = ['Go to', 'Fleet', 'Network', 'Files', 'Window'] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

export type Command = {
  readonly label: string
  readonly group: CommandGroup
  /** as Electron writes it; sent by the menu, and by the page where it has the focus */
  readonly accelerator?: string
  /** the same on Windows, where custom has another */
  readonly windowsAccelerator?: string
  /** one key, anywhere but in a text field */
  readonly key?: string
  /** other words that it is looked for by */
  readonly words?: string
}

const LIST = {
  'go-today': {
    label: 'Today',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+1',
    key: '1',
    words: 'answer advice',
  },
  'go-fleet': {
    label: 'Fleet',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+2',
    key: '2',
    words: 'machines table',
  },
  'go-sites': {
    label: 'Sites',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+3',
    key: '3',
    words: 'power price tariff',
  },
  'go-signals': {
    label: 'Signals',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+4',
    key: '4',
    words: 'market stress',
  },
  'go-alerts': { label: 'Alerts', group: 'Go to', accelerator: 'CmdOrCtrl+5', key: '5' },
  'go-data': {
    label: 'Data',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+6',
    key: '6',
    words: 'sources values rates',
  },
  'go-settings': {
    label: 'Settings',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+,',
    key: ',',
    words: 'backups currency',
  },

  'add-machines': { label: 'Add machines…', group: 'Fleet', accelerator: 'CmdOrCtrl+N', words: 'new lot' },
  'add-site': { label: 'Add a site…', group: 'Fleet', words: 'new' },
  find: { label: 'Search the machines', group: 'Fleet', accelerator: 'CmdOrCtrl+F', key: '/', words: 'find' },
  undo: { label: 'Undo', group: 'Fleet', accelerator: 'CmdOrCtrl+Z' },
  redo: { label: 'Redo', group: 'Fleet', accelerator: 'Shift+CmdOrCtrl+Z', windowsAccelerator: 'Ctrl+Y' },

  refresh: {
    label: 'Refresh network values',
    group: 'Network',
    accelerator: 'F5',
    words: 'ask the sources again',
  },
  'import-network': { label: 'Open a network file…', group: 'Network', words: 'import offline' },
  'export-network': { label: 'Write a network file…', group: 'Network', words: 'export offline' },

  import: { label: 'Import fleet…', group: 'Files', accelerator: 'CmdOrCtrl+O', words: 'csv' },
  export: { label: 'Export fleet…', group: 'Files', accelerator: 'CmdOrCtrl+E', words: 'csv' },
  'import-contracts': { label: 'Import contracts…', group: 'Files', words: 'sites tariffs' },
  'import-ladders': { label: 'Import operating points…', group: 'Files', words: 'ladders profiles' },
  report: { label: 'Save report as PDF…', group: 'Files', accelerator: 'CmdOrCtrl+P', words: 'print' },
  backup: { label: 'Make a backup', group: 'Files', words: 'copy' },
  'move-out': { label: 'Move to another computer…', group: 'Files' },
  'move-in': { label: 'Take over from another computer…', group: 'Files' },

  palette: {
    label: 'Find a command or a machine…',
    group: 'Window',
    accelerator: 'CmdOrCtrl+K',
    words: 'palette',
  },
  why: { label: 'Why? of the figure with the focus', group: 'Window', key: 'w', words: 'explain' },
  'theme-system': { label: 'Theme like the system', group: 'Window' },
  'theme-light': { label: 'Light theme', group: 'Window' },
  'theme-dark': { label: 'Dark theme', group: 'Window', words: 'night' },
  shortcuts: { label: 'List of shortcuts', group: 'Window', key: '?', words: 'keys keyboard help' },
  licence: { label: 'Licence', group: 'Window' },
  notices: { label: 'Software by others', group: 'Window', words: 'licences' },
} as const satisfies Readonly<Record<string, Command>>

export type CommandName = keyof typeof LIST
export const COMMANDS: Readonly<Record<CommandName, Command>> = LIST
export const COMMAND_NAMES = Object.keys(LIST) as readonly CommandName[]

/** Keys that are no commands, for the list of shortcuts alone. */
export const OTHER_KEYS: readonly {
  readonly name: string
  readonly lines: readonly { readonly label: string; readonly keys: readonly string[] }[]
}[] = [
  {
    name: 'In the table',
    lines: [
      { label: 'Open the machine', keys: ['Enter'] },
      { label: 'Select it, or a range', keys: ['Space', 'Shift+Space'] },
      { label: 'Select all', keys: ['CmdOrCtrl+A'] },
      { label: 'Why this advice', keys: ['W'] },
      { label: 'Remove', keys: ['Delete'] },
    ],
  },
  {
    name: 'On screen',
    lines: [
      { label: 'Close what is open on top', keys: ['Esc'] },
      { label: 'Larger', keys: ['CmdOrCtrl+Plus'] },
      { label: 'Smaller', keys: ['CmdOrCtrl+-'] },
      { label: 'Actual size', keys: ['CmdOrCtrl+0'] },
    ],
  },
]

/** The accelerator of a command; null where it has none. */
export const acceleratorOf = (name: CommandName, isWindows: boolean): string | null => {
  const { accelerator, windowsAccelerator } = COMMANDS[name]
  return (isWindows ? windowsAccelerator : undefined) ?? accelerator ?? null
}
