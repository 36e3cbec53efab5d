import { basename } from 'node:path'
import { counted } from '#shared/format/numbers.ts'
import { replaceFile } from '#electron/files/replace.ts'
import { EXIT, MissingDataError, UsageError } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { writeLine } from '../json.ts'
import { monthGiven, withLedger } from '../ledger-call.ts'
import type { LedgerCall } from '../ledger-call.ts'

/** `ledger export JOURNAL.CSV [--from MONTH] [--to MONTH] [--sums]`, `ledger export ENTRIES.CSV --entries` */
export async function runExport(call: LedgerCall, operands: readonly string[]): Promise<ExitCode> {
  const { options, host, path } = call
  if (options.entries) return exportEntries(call, path(operands[0]!))
  const given = (option: 'from' | 'to') =>
    options[option] === undefined ? null : monthGiven(`ledger export: --${option}`, options[option])
  const [from, to] = [given('from'), given('to')]
  if (from !== null && to !== null && from > to)
    throw new UsageError(`ledger export: --from ${from} is after --to ${to}`)
  const file = path(operands[0]!)
  const { entries, lines } = await withLedger(call, async (ledger) => {
    const months = await ledger.months()
    if (!months.some((head) => head.entries > 0 && (from ?? '') <= head.month && head.month <= (to ?? '9')))
      throw new MissingDataError('ledger export: nothing is booked in these months; ledger months lists them')
    return ledger.exportJournal(file, { from, to, asSums: options.sums })
  })
  const words = `${basename(file)}: ${counted(entries, 'entry', 'entries')}, ${counted(lines, 'line')}`
  await writeLine(
    options.json ? host.stdout : host.stderr,
    options.json ? JSON.stringify({ file: basename(file), entries, lines }) : words,
  )
  return EXIT.done
}

/** Entries as a file that `ledger import` takes. */
async function exportEntries(call: LedgerCall, file: string): Promise<ExitCode> {
  const { options, host } = call
  if (options.from !== undefined || options.to !== undefined || options.sums)
    throw new UsageError('ledger export: --entries writes all of them, without --from, --to and --sums')
  const books = await withLedger(call, (ledger) => ledger.books())
  const { writeEntries } = await import('#electron/files/ledger/write-entries.ts')
  const { text, entries, leftOut } = writeEntries(books)
  if (entries === 0) throw new MissingDataError('ledger export: there is no entry that a file could hold')
  await replaceFile(file, [text])
  const left =
    leftOut === 0 ? '' : `; ${counted(leftOut, 'correction or plan', 'corrections and plans')} left out`
  await writeLine(
    options.json ? host.stdout : host.stderr,
    options.json
      ? JSON.stringify({ file: basename(file), entries, leftOut })
      : `${basename(file)}: ${counted(entries, 'entry', 'entries')}${left}`,
  )
  return EXIT.done
}
