export type Command = {
  readonly label: string
  readonly group: 'Go to' | 'Fleet' | 'Network' | 'Files' | 'Window'
  /** as Electron writes it; sent by the menu, and by the page where it has the focus */
  readonly accelerator?: string
  /** the same on Windows, where custom has another */
  readonly windowsAccelerator?: string
  /** one key, anywhere but in a text field */
  readonly key?: string
  /** other words that it is looked for by */
  readonly words?: string
}

/** The part of the table of commands that the window needs before its first figure: where one can go. */
export const PLACES = {
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
  'go-plan': {
    label: 'Plan',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+4',
    key: '4',
    words: 'scenario projection simulation what if ahead',
  },
  'go-reports': {
    label: 'Reports',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+5',
    key: '5',
    words: 'board pack pdf workbook finance sealed',
  },
  'go-market': {
    label: 'Market',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+6',
    key: '6',
    words: 'signals stress alerts hashprice webhook',
  },
  'go-decisions': {
    label: 'Decisions',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+7',
    key: '7',
    words: 'log done saved back-test was it right',
  },
  'go-ledger': {
    label: 'Ledger',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+8',
    key: '8',
    words: 'books month payouts bills sales accounts reconcile close journal',
  },
  'go-data': {
    label: 'Data',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+9',
    key: '9',
    words: 'sources values rates',
  },
  'go-settings': {
    label: 'Settings',
    group: 'Go to',
    accelerator: 'CmdOrCtrl+,',
    key: ',',
    words: 'backups currency',
  },
} as const satisfies Readonly<Record<string, Command>>
