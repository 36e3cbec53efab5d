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
  readonly timeoutMs?: number
}

/**
 * Runs a program to its end and gives its exit code (128 + signal where one ended it, 127 where it cannot be
 * started). On Linux and macOS it gets a process group of its own, and a signal that asks us to stop goes to
 * all of that group: a shell script in between (xvfb-run) would keep it to itself.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<number> {
  const grouped = process.platform !== 'win32'
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: options.stdio ?? ['ignore', 2, 2],
    detached: grouped,
  })
  const stop = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return
    try {
      process.kill(grouped ? -child.pid : child.pid, signal)
    } catch (error) {
      // It ended by itself in the meantime.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, stop)
  const timer =
    options.timeoutMs === undefined ? undefined : setTimeout(() => stop('SIGKILL'), options.timeoutMs)
  try {
    return await new Promise<number>((ended) => {
      child.once('error', () => ended(127))
      child.once('exit', (code, signal) => ended(code ?? 128 + (signal === null ? 0 : os.signals[signal])))
    })
  } finally {
    clearTimeout(timer)
    for (const signal of signals) process.off(signal, stop)
  }
}

export type Captured = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs a program to its end and gives what it printed, without colours. */
export async function capture(
  command: string,
  args: readonly string[],
  options: Omit<RunOptions, 'stdio'> = {},
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
    child.once('close', (code, signal) => end(code ?? 128 + (signal === null ? 0 : os.signals[signal])))
  })
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
