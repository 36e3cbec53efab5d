import type { Command } from './places.ts'
import { PLACES } from './places.ts'

/**
 * Everything that a person can tell the program to do, once: the native menu, the palette, the keys of the window and the list of
 * shortcuts are made from this table. What each does stands in renderer/app/run.ts.
 */

export const COMMAND_GROUPS = [
  'Go to',
  'Fleet',
  'Network',
  'Files',
  'Window',
] as const satisfies readonly Command['group'][]

const LIST = {
  ...PLACES,

  'go-alerts': { label: 'Alerts', group: 'Go to', words: 'what happened told notifications webhook' },

  'add-machines': { label: 'Add machines…', group: 'Fleet', accelerator: 'CmdOrCtrl+N', words: 'new lot' },
  'add-site': { label: 'Add a site…', group: 'Fleet', words: 'new' },
  find: { label: 'Search the machines', group: 'Fleet', accelerator: 'CmdOrCtrl+F', key: '/', words: 'find' },
  undo: { label: 'Undo', group: 'Fleet', accelerator: 'CmdOrCtrl+Z' },
  redo: { label: 'Redo', group: 'Fleet', accelerator: 'Shift+CmdOrCtrl+Z', windowsAccelerator: 'Ctrl+Y' },
  purchases: { label: 'Purchases…', group: 'Fleet', words: 'returns npv irr payback buy next investment' },

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
  'import-ledger': {
    label: 'Import into the ledger…',
    group: 'Files',
    words: 'csv payouts earnings bills meters sales costs',
  },
  report: { label: 'Save report as PDF…', group: 'Files', accelerator: 'CmdOrCtrl+P', words: 'print pack' },
  'report-workbook': {
    label: 'Save workbook with live formulas…',
    group: 'Files',
    words: 'xlsx excel calc report',
  },
  'report-csv': { label: 'Save CSV of every table…', group: 'Files', words: 'report' },
  'report-json': { label: 'Save JSON of every table…', group: 'Files', words: 'report' },
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
      { label: 'Change the cell; elsewhere open the machine’s page', keys: ['Enter', 'F2'] },
      { label: 'All fields of the machine', keys: ['Alt+Enter'] },
      { label: 'In a cell: store and go on', keys: ['Tab'] },
      { label: 'Back from a page', keys: ['Esc', 'Alt+Left'] },
      { label: 'Select it, or a range', keys: ['Space', 'Shift+Space'] },
      { label: 'Select all', keys: ['CmdOrCtrl+A'] },
      { label: 'Why this advice', keys: ['W'] },
      { label: 'Remove', keys: ['Delete'] },
    ],
  },
  {
    name: 'In the sections of a report',
    lines: [
      { label: 'Move the section up', keys: ['Alt+Up'] },
      { label: 'Move the section down', keys: ['Alt+Down'] },
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
