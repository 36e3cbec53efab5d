import { mkdirSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import type { Unit } from '#shared/format/number-units.ts'
import { readTyped } from '#shared/format/typed.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { SecretFile } from '#electron/services/secret-file.ts'
import type { PackTemplate } from '#shared/report/pack.ts'

/** Exit codes: a promise to scripts. */
export const EXIT = { done: 0, failed: 1, badInput: 2, stale: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What the surrounding program lends to a command. */
export type CliHost = {
  /** folder that relative paths are meant from */
  readonly cwd: string
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  /** where the database is unless --data says otherwise */
  readonly dataFolder: string
  readonly assetsFolder: string
  readonly workerUrl: URL
  /** the module of the simulation's thread */
  readonly simulationWorkerUrl: URL
  readonly version: string
  /** the operator's node credentials kept in that data folder, "user:password"; absent without a keystore */
  readonly nodePassword?: (dataFolder: string, nodeUrl: string) => Promise<string | null>
  /** the secrets kept in a data folder; absent without a keystore */
  readonly secretsIn?: (dataFolder: string) => Promise<SecretFile>
  /** those of the process by default */
  readonly variables?: Readonly<Record<string, string | undefined>>
  /** prints the report; absent where there is no window system to print with */
  readonly printReport?: (request: {
    readonly dataFolder: string
    readonly path: string
    readonly template: PackTemplate
    readonly horizonDays: number | null
    /** null: now */
    readonly asOfMs: number | null
    /** null: as it is */
    readonly scenario: string | null
  }) => Promise<{ readonly pages: number; readonly hash: string | null }>
}

type OptionSpec = {
  readonly type: 'string' | 'boolean'
  /** how the value is called in the help text */
  readonly value?: string
  readonly help: string
  readonly required?: boolean
  /** may be given several times; the values are lines of one text */
  readonly repeated?: boolean
}
export type OptionSpecs = Readonly<Record<string, OptionSpec>>

/** The options as given: text, or true for a switch, or undefined. */
export type Options<S extends OptionSpecs> = {
  readonly [K in keyof S]: S[K]['type'] extends 'boolean'
    ? boolean
    : S[K]['required'] extends true
      ? string
      : string | undefined
}

export type Command<S extends OptionSpecs = OptionSpecs> = {
  readonly name: string
  /** operands, for the help text, e.g. 'FILE' */
  readonly operands?: string
  readonly minOperands?: number
  readonly maxOperands?: number
  readonly summary: string
  readonly options: S
  readonly run: (call: Call<S>) => Promise<ExitCode>
}

export type Call<S extends OptionSpecs> = {
  readonly options: Options<S>
  readonly operands: readonly string[]
  readonly host: CliHost
  /** a path as the user wrote it → absolute */
  readonly path: (written: string) => string
}

/** Bad usage: printed with the command's usage line, exit 2. */
export class UsageError extends StrikelineError {
  constructor(message: string) {
    super('bad-input', message)
    this.name = 'UsageError'
  }
}

/** What is asked for is not stored: a line that says what to do about it, exit 3. */
export class MissingDataError extends StrikelineError {
  constructor(message: string) {
    super('not-found', message)
    this.name = 'MissingDataError'
  }
}

export const jsonOption = {
  json: { type: 'boolean', help: 'print one JSON document' },
} as const satisfies OptionSpecs
export const dataOption = {
  data: { type: 'string', value: 'DIR', help: 'use another data folder, one that is there' },
  new: { type: 'boolean', help: 'with --data: make that folder, and begin an empty fleet in it' },
} as const satisfies OptionSpecs

/** Keeps a command's option types while fitting it into the list of commands. */
export function defineCommand<const S extends OptionSpecs>(command: Command<S>): Command {
  return command as unknown as Command
}

/** Parses what follows the command's name. Throws UsageError with what is wrong in one line. */
export function parseCall(command: Command, argv: readonly string[], host: CliHost): Call<OptionSpecs> {
  const parsed = parse(command, argv)
  for (const [name, spec] of Object.entries(command.options)) {
    if (spec.required === true && parsed.values[name] === undefined) {
      throw new UsageError(`${command.name}: --${name} ${spec.value ?? ''} is missing`)
    }
  }
  const least = command.minOperands ?? 0
  const most = command.maxOperands ?? least
  if (parsed.positionals.length < least)
    throw new UsageError(`${command.name}: ${command.operands ?? ''} is missing`)
  if (parsed.positionals.length > most) {
    throw new UsageError(`${command.name}: '${parsed.positionals[most] ?? ''}' is one argument too many`)
  }
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, spec]) => [
      name,
      spec.type === 'boolean' ? parsed.values[name] === true : valueOf(parsed.values[name]),
    ]),
  )
  if (command.options['data'] !== undefined) prepareDataFolder(command, options, host.cwd)
  return {
    options: options as Options<OptionSpecs>,
    operands: parsed.positionals,
    host,
    path: (written) => resolve(host.cwd, written),
  }
}

/** A mistyped folder must not look like an empty fleet: one that is not there is only made where that was asked for. */
function prepareDataFolder(
  { name: command, options: specs }: Command,
  options: Readonly<Record<string, unknown>>,
  cwd: string,
): void {
  const { data } = options
  const isNew = options['new'] === true
  if (typeof data !== 'string') {
    if (isNew) throw new UsageError(`${command}: --new goes with --data DIR`)
    return
  }
  if (data.trim() === '') throw new UsageError(`${command}: --data is empty; name a folder`)
  const folder = resolve(cwd, data)
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory() === true) return
  if (found !== undefined) throw new UsageError(`${command}: --data ${data} is not a folder`)
  if (!isNew) {
    const way = specs['new'] === undefined ? '' : '; to begin an empty fleet there add --new'
    throw new UsageError(`${command}: there is no folder ${folder}${way}`)
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

function valueOf(value: unknown): unknown {
  return Array.isArray(value) ? value.join('\n') : value
}

function parse(command: Command, argv: readonly string[]) {
  try {
    return parseArgs({
      args: joinNegativeNumbers(command, argv),
      options: Object.fromEntries(
        Object.entries(command.options).map(([name, spec]) => [
          name,
          { type: spec.type, multiple: spec.repeated === true },
        ]),
      ),
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    // parseArgs explains at length how to escape things; its first sentence is enough.
    const message = error instanceof Error ? error.message.split('. ')[0] : String(error)
    throw new UsageError(`${command.name}: ${message ?? ''}`)
  }
}

/**
 * `--change -0.05` is meant as a value, which parseArgs would take for another option; a negative number that follows no
 * such option is an operand.
 */
function joinNegativeNumbers(command: Command, argv: readonly string[]): string[] {
  const joined: string[] = []
  const operands: string[] = []
  const isNegative = (word: string | undefined) => word !== undefined && /^-\.?\d/.test(word)
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!
    if (word === '--') return [...joined, '--', ...operands, ...argv.slice(i + 1)]
    const takesValue = word.startsWith('--') && command.options[word.slice(2)]?.type === 'string'
    if (takesValue && isNegative(argv[i + 1])) {
      joined.push(`${word}=${argv[i + 1]!}`)
      i++
    } else if (isNegative(word)) operands.push(word)
    else joined.push(word)
  }
  return operands.length === 0 ? joined : [...joined, '--', ...operands]
}

/** Reads an option that must be a number within bounds; undefined where it is not given. */
export function numberOption(
  command: string,
  name: string,
  text: string | undefined,
  bounds: {
    readonly min: number
    readonly max: number
    readonly whole?: boolean
    /** in a sentence behind the bounds */
    readonly unit?: string
    /** of a number without one; others that measure the same are read in it */
    readonly typed?: Unit
  },
): number | undefined {
  if (text === undefined) return undefined
  const { min, max, whole = false, typed = '' } = bounds
  const value = readTyped(text, { unit: typed, usual: [min, max], whole, example: '' }, '.').value ?? NaN
  const kind = bounds.whole === true ? 'a whole number' : 'a number'
  if (!(value >= bounds.min && value <= bounds.max) || (bounds.whole === true && !Number.isInteger(value))) {
    throw new UsageError(
      `${command}: --${name} is '${text}'; it must be ${kind} from ${bounds.min} to ${bounds.max}${bounds.unit === undefined ? '' : ` ${bounds.unit}`}`,
    )
  }
  return value
}

export function usageLine(command: Command): string {
  const options = Object.entries(command.options).map(([name, spec]) => {
    const written = spec.type === 'boolean' ? `--${name}` : `--${name} ${spec.value ?? 'VALUE'}`
    return spec.required === true ? written : `[${written}]`
  })
  return [command.name, command.operands, ...options].filter((part) => part !== undefined).join(' ')
}
