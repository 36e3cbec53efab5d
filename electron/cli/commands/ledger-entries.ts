import { displayOf, setDisplay } from '#shared/format/display.ts'
import { figuresWords, subjectWords, whenWords } from '#shared/format/ledger-entry-words.ts'
import { FACT_WORDS } from '#shared/format/ledger-kinds.ts'
import { count, counted } from '#shared/format/numbers.ts'
import type { FactKind } from '#shared/domain/money/ledger/entry.ts'
import { MOST_LEDGER_ROWS } from '#shared/ipc/schemas/ledger.ts'
import type { LedgerRow } from '#shared/ipc/schemas/ledger.ts'
import { EXIT, numberOption, UsageError } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { isoTime, writeLine } from '../json.ts'
import { keyGiven, monthGiven, reasonGiven, withLedger } from '../ledger-call.ts'
import type { LedgerCall } from '../ledger-call.ts'
import { textTable } from '../text-table.ts'

const USUAL_ROWS = 100

/** `ledger entries`: the newest day first. */
export async function runEntries(call: LedgerCall): Promise<ExitCode> {
  const { options, host } = call
  const filter = {
    month: options.month === undefined ? null : monthGiven('ledger entries: --month', options.month),
    kind: kindGiven(options.kind),
    site: options.site ?? null,
    atMost:
      numberOption('ledger entries', 'at-most', options['at-most'], {
        min: 1,
        max: MOST_LEDGER_ROWS,
        whole: true,
      }) ?? USUAL_ROWS,
  }
  const page = await withLedger(call, async (ledger, store) => {
    setDisplay(displayOf(await store.readSettings()))
    return ledger.entries(filter)
  })
  if (options.json) {
    await writeLine(
      host.stdout,
      JSON.stringify({ ...page, rows: undefined, entries: page.rows.map(rowDocument) }),
    )
    return EXIT.done
  }
  const columns = [
    { title: 'entry', right: true },
    { title: 'when' },
    { title: 'what' },
    { title: 'of' },
    { title: 'figures' },
    { title: 'site' },
    { title: 'reference' },
    { title: '' },
  ]
  const rows = page.rows.map((row) => {
    const { fact, site, reference, corrects, key } = row.entry
    const figures = figuresWords(fact, corrects !== null)
    return [
      ...[String(key), whenWords(fact), FACT_WORDS[fact.kind], subjectWords(fact)],
      ...[figures, site, reference, standingWords(row)],
    ]
  })
  for (const line of textTable(columns, rows)) await writeLine(host.stdout, line)
  const some = page.found === page.rows.length ? '' : `${count(page.rows.length)} of `
  await writeLine(host.stdout, `${some}${counted(page.found, 'entry', 'entries')}`)
  return EXIT.done
}

const rowDocument = ({ entry, ...said }: LedgerRow) => {
  const { recordedMs, ...rest } = entry
  return { ...rest, recordedAt: isoTime(recordedMs), ...said }
}

function standingWords({ entry, voidedBy, correctedBy }: LedgerRow): string {
  const parts = [
    ...(entry.corrects === null ? [] : [`corrects ${entry.corrects}`]),
    ...(correctedBy.length === 0 ? [] : [`corrected by ${correctedBy.join(', ')}`]),
    ...(voidedBy === null ? [] : [`void by ${voidedBy}`]),
  ]
  return parts.join(', ')
}

/** @throws UsageError */
function kindGiven(text: string | undefined): FactKind | null {
  if (text === undefined) return null
  if (Object.hasOwn(FACT_WORDS, text)) return text as FactKind
  throw new UsageError(`ledger entries: --kind '${text}' is none of ${Object.keys(FACT_WORDS).join(', ')}`)
}

/** `ledger void ENTRY` or `ledger void --batch N`. */
export async function runVoid(call: LedgerCall, operands: readonly string[]): Promise<ExitCode> {
  const { batch, json } = call.options
  const [entry] = operands
  if ((entry === undefined) === (batch === undefined))
    throw new UsageError('ledger void: name an entry, or an import with --batch N')
  const reason = reasonGiven('void', call)
  const of =
    entry === undefined
      ? { batch: keyGiven('ledger void: --batch', batch!) }
      : { entry: keyGiven('ledger void: the entry', entry) }
  await withLedger(call, (ledger) => ledger.void(of, reason))
  if (json) await writeLine(call.host.stdout, JSON.stringify({ voided: of }))
  return EXIT.done
}
