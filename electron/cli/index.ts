import { DEFAULT_DISPLAY, setDisplay } from '#shared/format/display.ts'
import { FileFaults } from '#electron/files/questions.ts'
import { startAhead } from '#electron/store/sqlite/started-ahead.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { CliHost, Command, ExitCode } from './command.ts'
import { EXIT, MissingDataError, parseCall, usageLine, UsageError } from './command.ts'
import { writeLine } from './json.ts'
import { storesClosed } from './stored.ts'

export type { CliHost } from './command.ts'

/** Commands load on demand: `adjustment` need not load the database. */
const COMMANDS: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  demo: () => import('./commands/demo.ts'),
  margins: () => import('./commands/margins.ts'),
  adjustment: () => import('./commands/adjustment.ts'),
  decide: () => import('./commands/decide.ts'),
  worklist: () => import('./commands/worklist.ts'),
  done: () => import('./commands/done.ts'),
  'not-now': () => import('./commands/not-now.ts'),
  decisions: () => import('./commands/decisions.ts'),
  contracts: () => import('./commands/contracts.ts'),
  ladders: () => import('./commands/ladders.ts'),
  optimise: () => import('./commands/optimise.ts'),
  import: () => import('./commands/import.ts'),
  remembered: () => import('./commands/remembered.ts'),
  export: () => import('./commands/export.ts'),
  archive: () => import('./commands/archive.ts'),
  undo: async () => (await import('./commands/undo.ts')).undo,
  redo: async () => (await import('./commands/undo.ts')).redo,
  refresh: () => import('./commands/refresh.ts'),
  network: () => import('./commands/network.ts'),
  rates: () => import('./commands/rates.ts'),
  settings: () => import('./commands/settings.ts'),
  report: () => import('./commands/report.ts'),
  workbook: () => import('./commands/workbook.ts'),
  project: () => import('./commands/project.ts'),
  scenario: () => import('./commands/scenario.ts'),
  simulate: () => import('./commands/simulate.ts'),
  grid: () => import('./commands/grid.ts'),
  sensitivity: () => import('./commands/sensitivity.ts'),
  returns: () => import('./commands/returns.ts'),
  purchases: () => import('./commands/purchases.ts'),
  history: () => import('./commands/history.ts'),
  snapshot: () => import('./commands/snapshot.ts'),
  backtest: () => import('./commands/backtest.ts'),
  signals: () => import('./commands/signals.ts'),
  alerts: () => import('./commands/alerts.ts'),
  backup: () => import('./commands/backup.ts'),
  move: () => import('./commands/move.ts'),
  ledger: () => import('./commands/ledger.ts'),
  doctor: () => import('./commands/doctor.ts'),
}

/** Commands that compute on the stored fleet and network, unless both are given as files. */
const COMPUTE = new Set([
  'margins',
  'decide',
  'optimise',
  'project',
  'scenario',
  'simulate',
  'grid',
  'sensitivity',
  'returns',
])

/** Whether a command will most likely read the stored data; a wrong guess costs no more than a thread. */
function readsStored(name: string, words: readonly string[]): boolean {
  const isGiven = (option: string) => words.some((word) => word === option || word.startsWith(`${option}=`))
  return (
    COMPUTE.has(name) &&
    !isGiven('--help') &&
    !isGiven('--case') &&
    !(isGiven('--fleet') && isGiven('--network'))
  )
}

/**
 * Runs one command line. Standard output gets what was asked for and nothing else; a fault is one line on
 * standard error.
 *
 * @param argv the words after the program's name, e.g. ['margins', '--fleet', 'fleet.csv', …]
 * @returns the exit code: 0 done, 1 failed, 2 bad usage or bad input, 3 data stale or missing
 */
export async function runCli(argv: readonly string[], host: CliHost): Promise<ExitCode> {
  try {
    try {
      // A command that reads no settings writes as it always did.
      setDisplay(DEFAULT_DISPLAY)
      return await run(argv, host)
    } finally {
      await storesClosed()
    }
  } catch (error) {
    return fail(error, host)
  }
}

async function run(argv: readonly string[], host: CliHost): Promise<ExitCode> {
  const [name, ...rest] = argv
  if (name === '--version') {
    await writeLine(host.stdout, host.version)
    return EXIT.done
  }
  if (name === undefined || name === 'help' || name === '--help') {
    await writeLine(host.stdout, await helpText(rest[0]))
    return EXIT.done
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) {
    throw new UsageError(`'${name}' is not a command; there are ${Object.keys(COMMANDS).join(', ')}, help`)
  }
  if (readsStored(name, rest)) startAhead(host.workerUrl)
  const { command } = await load()
  if (rest.includes('--help')) {
    await writeLine(host.stdout, await helpText(name))
    return EXIT.done
  }
  return command.run(parseCall(command, rest, host))
}

async function fail(error: unknown, host: CliHost): Promise<ExitCode> {
  // The reader of a pipe has gone (`… | head`).
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return EXIT.failed
  const message = error instanceof Error ? error.message : String(error)
  const lines = error instanceof FileFaults ? error.lines : [message]
  const text = lines.map((line) => line.replaceAll(/\s*\n\s*/g, ' ')).join('\n')
  await writeLine(host.stderr, `strikeline: ${text}`)
  if (error instanceof MissingDataError) return EXIT.stale
  // Formulas throw a RangeError that names the field they cannot compute on.
  const inputIsBad =
    error instanceof RangeError ||
    (error instanceof StrikelineError && (error.code === 'bad-input' || error.code === 'file-unreadable'))
  return inputIsBad ? EXIT.badInput : EXIT.failed
}

async function helpText(name: string | undefined): Promise<string> {
  if (name !== undefined && Object.hasOwn(COMMANDS, name)) {
    const { command } = await COMMANDS[name]!()
    const options = Object.entries(command.options).map(
      ([option, spec]) =>
        `  --${spec.type === 'boolean' ? option : `${option} ${spec.value ?? 'VALUE'}`}`.padEnd(36) +
        spec.help,
    )
    return [usageLine(command), '', command.summary, '', ...options].join('\n')
  }
  const commands = await Promise.all(Object.values(COMMANDS).map(async (load) => (await load()).command))
  return [
    'Strikeline: which machines to run, which to power down, and what the next adjustment will change.',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(12)}${command.summary}`),
    '',
    'Every command takes --help. Exit codes: 0 done, 1 failed, 2 bad usage or bad input, 3 data stale or missing.',
  ].join('\n')
}
