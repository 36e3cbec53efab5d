import { findProgram } from '../processes.ts'

/** Words to put before a command so that its windows have a display to be on. */
export type DisplayPrefix = readonly string[]

export const VIRTUAL_DISPLAY_PACKAGES: Readonly<Record<string, string>> = {
  'xvfb-run': 'xvfb',
  xauth: 'xauth',
}

const VIRTUAL: DisplayPrefix = [
  'xvfb-run',
  '--auto-servernum',
  '--server-args=-screen 0 1680x1050x24 -nolisten tcp',
]

export function hasDisplay(): boolean {
  return (
    process.platform !== 'linux' ||
    ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (process.env[name] ?? '') !== '')
  )
}

/** For windows that nobody looks at (tests, printing): a virtual display, so that none pops up. */
export function unseenDisplay(): DisplayPrefix {
  if (process.platform !== 'linux') return []
  if (findProgram('xvfb-run') !== null) return VIRTUAL
  if (hasDisplay()) return []
  throw new Error(NO_DISPLAY)
}

/** For the window that the operator wants to see. */
export function seenDisplay(say: (line: string) => void): DisplayPrefix {
  if (hasDisplay()) return []
  if (findProgram('xvfb-run') === null) throw new Error(NO_DISPLAY)
  say('There is no display (DISPLAY is not set): the window opens on a virtual one and cannot be seen.')
  return VIRTUAL
}

const NO_DISPLAY =
  'There is no display (DISPLAY is not set) and no xvfb-run to stand in for one. Start it in a desktop session, ' +
  'or install xvfb and xauth. The commands of npm run cli need no display, except report.'
