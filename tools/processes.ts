import { spawn, type StdioOptions } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { constants as os } from 'node:os'
import { delimiter, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

export type RunOptions = {
  readonly cwd?: string
  /** added to this process's environment */
  readonly env?: Readonly<Record<string, string>>
  /** default: no input, both outputs to standard error, so that standard output stays the caller's own */
  readonly stdio?: StdioOptions
}

/** A second signal within this time is the same request, sent to us and to our whole group. */
const SAME_REQUEST_MS = 1000

/**
 * Runs a program to its end and gives its exit code (128 + signal where one ended it, 127 where it cannot be
 * started). A signal that asks us to stop is handed on once, and the program's end is waited for: Chromium
 * closes in good order at the first and drops everything at the second.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<number> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: options.stdio ?? ['ignore', 2, 2],
    // in a group of its own, which Ctrl-C in the terminal does not reach
    detached: process.platform !== 'win32',
  })
  let handedOnAtMs = -Infinity
  const handOn = (signal: NodeJS.Signals): void => {
    if (performance.now() - handedOnAtMs < SAME_REQUEST_MS) return
    handedOnAtMs = performance.now()
    child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, handOn)
  try {
    return await new Promise<number>((ended) => {
      child.once('error', () => ended(127))
      child.once('exit', (code, signal) => ended(exitCode(code, signal)))
    })
  } finally {
    for (const signal of signals) process.off(signal, handOn)
  }
}

export type Captured = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs a program to its end and gives what it printed, without colours. */
export async function capture(
  command: string,
  args: readonly string[],
  options: Omit<RunOptions, 'stdio'> & { readonly timeoutMs?: number } = {},
): Promise<Captured> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: options.timeoutMs,
    killSignal: 'SIGKILL',
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((ended) => {
    const end = (code: number): void =>
      ended({ code, stdout: stripVTControlCharacters(stdout), stderr: stripVTControlCharacters(stderr) })
    child.once('error', (error) => {
      stderr += error.message
      end(127)
    })
    child.once('close', (code, signal) => end(exitCode(code, signal)))
  })
}

/** As a shell gives it. */
function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (signal === null ? 0 : os.signals[signal])
}

/** Full path of a program on the PATH, or null. */
export function findProgram(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name)
    if (folder !== '' && isExecutable(file)) return file
  }
  return null
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
