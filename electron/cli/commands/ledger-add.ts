import { basename } from 'node:path'
import type { NewEntry } from '#shared/domain/money/ledger/entry.ts'
import { counted } from '#shared/format/numbers.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { fieldText, issueWords } from '#shared/ipc/schemas/issue.ts'
import { newEntriesSchema } from '#shared/ipc/schemas/ledger-entries.ts'
import { readJsonFile } from '#electron/files/json.ts'
import { FileFaults } from '#electron/files/questions.ts'
import { EXIT } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { writeLine } from '../json.ts'
import { withLedger } from '../ledger-call.ts'
import type { LedgerCall } from '../ledger-call.ts'

const MOST_BYTES = 100_000_000

/** What an entry need not say. */
const UNSAID = { site: '', zone: 'UTC', reference: '', corrects: null, note: '', origin: null } as const

/** `ledger add FILE.JSON`: all of its entries or none; those that are there already are counted and left. */
export async function runAdd(call: LedgerCall, operands: readonly string[]): Promise<ExitCode> {
  const { host, path, options } = call
  const file = path(operands[0]!)
  const name = basename(file)
  const entries = entriesIn(await readJsonFile(file, MOST_BYTES), name)
  const { faults, ...added } = await withLedger(call, (ledger) => ledger.add(entries))
  if (faults.length > 0)
    throw new FileFaults(
      faults.map(({ at, message }) => `${name}, entry ${at + 1}: ${message}`),
      faults.length,
    )
  if (options.json) await writeLine(host.stdout, JSON.stringify(added))
  else {
    const known = added.known === 0 ? '' : `, ${counted(added.known, 'entry', 'entries')} known already`
    await writeLine(host.stderr, `${counted(added.keys.length, 'entry', 'entries')} booked${known}`)
  }
  return EXIT.done
}

/** @throws StrikelineError 'bad-input' that names the entry and the field */
function entriesIn(document: unknown, name: string): readonly NewEntry[] {
  const given = isRecord(document) ? document['entries'] : document
  if (!Array.isArray(given))
    throw new StrikelineError('bad-input', `${name} has no list of entries: {"entries": [ … ]}`)
  const whole = given.map((entry: unknown) => (isRecord(entry) ? { ...UNSAID, ...entry } : entry))
  const parsed = newEntriesSchema.safeParse(whole)
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  throw new FileFaults(
    issues.map((issue) => {
      const [at, ...path] = issue.path
      if (typeof at !== 'number') return `${name}: ${issueWords(issue)}`
      const field = path.length === 0 ? '' : `, field ${fieldText(path)}`
      return `${name}, entry ${at + 1}${field}: ${issueWords(issue)}`
    }),
    issues.length,
  )
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
