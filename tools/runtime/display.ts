import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { findProgram } from '../processes.ts'

/** Program that a virtual display needs → Debian package. */
export const VIRTUAL_DISPLAY_PACKAGES: Readonly<Record<string, string>> = { Xvfb: 'xvfb' }

/** Environment that puts windows on a display. */
type DisplayEnvironment = Readonly<Record<string, string>>

export function hasDisplay(): boolean {
  return (
    process.platform !== 'linux' ||
    ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (process.env[name] ?? '') !== '')
  )
}

/**
 * Does `work` with a display for windows that nobody looks at (tests, printing): a virtual one where it can be
 * had, so that nothing pops up on the operator's screen.
 *
 * @throws where there is no display of any kind
 */
export async function withUnseenDisplay<T>(work: (env: DisplayEnvironment) => Promise<T>): Promise<T> {
  if (process.platform === 'linux' && findProgram('Xvfb') !== null) return withVirtualDisplay(work)
  if (hasDisplay()) return work({})
  throw new Error(NO_DISPLAY)
}

/**
 * Does `work` with so many displays for windows that nobody looks at, so that programs side by side take neither the focus nor the
 * clipboard from each other; with the one of the operator where no virtual ones can be had.
 */
export async function withUnseenDisplays<T>(
  count: number,
  work: (displays: readonly DisplayEnvironment[]) => Promise<T>,
): Promise<T> {
  const more = (displays: readonly DisplayEnvironment[]): Promise<T> =>
    withUnseenDisplay((display) => {
      const own = [...displays, display]
      return own.length < count && 'DISPLAY' in display ? more(own) : work(own)
    })
  return more([])
}

/** Does `work` with the operator's display; a virtual one stands in where there is none, and `say` tells. */
export async function withSeenDisplay<T>(
  say: (line: string) => void,
  work: (env: DisplayEnvironment) => Promise<T>,
): Promise<T> {
  if (hasDisplay()) return work({})
  if (findProgram('Xvfb') === null) throw new Error(NO_DISPLAY)
  say('There is no display (DISPLAY is not set): the window opens on a virtual one and cannot be seen.')
  return withVirtualDisplay(work)
}

const NO_DISPLAY =
  'There is no display (DISPLAY is not set), and no Xvfb to stand in for one. Start in a desktop session, or ' +
  'install Xvfb (Debian: apt-get install xvfb). Of the commands of npm run cli only report needs a display.'

/**
 * Started here and not by the script xvfb-run, which would end the display together with the program when it
 * is asked to stop, so that the program could not close its database.
 */
async function withVirtualDisplay<T>(work: (env: DisplayEnvironment) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-display-'))
  const authority = join(folder, 'authority')
  writeFileSync(authority, authorityFile(randomBytes(16)), { mode: 0o600 })
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-auth', authority, '-nolisten', 'tcp', '-screen', '0', '1680x1050x24'],
    // A group of its own: Ctrl-C in the terminal is for the program.
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true },
  )
  try {
    const number = await displayNumber(server)
    return await work({
      DISPLAY: `:${number}`,
      XAUTHORITY: authority,
      // else Chromium prefers the operator's Wayland session
      WAYLAND_DISPLAY: '',
      XDG_SESSION_TYPE: 'x11',
    })
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The number of the free display that the server chose, once it is ready. */
function displayNumber(server: ChildProcess): Promise<string> {
  return new Promise((ready, failed) => {
    let written = ''
    const numbers = server.stdio[3] as Readable
    numbers.setEncoding('utf8').on('data', (text: string) => {
      written += text
      if (written.endsWith('\n')) ready(written.trim())
    })
    server.once('error', failed)
    server.once('exit', (code) =>
      failed(new Error(`Xvfb ended with exit code ${code ?? 'none'} before it was ready`)),
    )
  })
}

/** An Xauthority file with one MIT-MAGIC-COOKIE-1 for any address and any display. */
function authorityFile(cookie: Buffer): Buffer {
  const counted = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  const anyAddress = Buffer.from([0xff, 0xff])
  const nothing = Buffer.alloc(0)
  const parts = [nothing, nothing, Buffer.from('MIT-MAGIC-COOKIE-1'), cookie].map(counted)
  return Buffer.concat([anyAddress, ...parts])
}
