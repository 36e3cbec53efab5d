import { displayOf, setDisplay } from '#shared/format/display.ts'
import { closedWords, inUsd, monthWords, satBtc } from '#shared/format/ledger-month-words.ts'
import { US_DOLLARS, usdCents } from '#shared/format/money.ts'
import { count, counted } from '#shared/format/numbers.ts'
import type { MonthHead } from '#shared/domain/money/ledger/ledger-months.ts'
import type { Block, ReportTable } from '#shared/report/document.ts'
import { monthBlocks } from '#shared/report/sections/ledger.ts'
import { writtenTable } from '#shared/report/written.ts'
import { EXIT, MissingDataError } from '../command.ts'
import type { ExitCode } from '../command.ts'
import { isoTime, writeLine } from '../json.ts'
import { monthGiven, withLedger } from '../ledger-call.ts'
import type { LedgerCall } from '../ledger-call.ts'
import { textTable } from '../text-table.ts'

/** `ledger months`: oldest first. */
export async function runMonths(call: LedgerCall): Promise<ExitCode> {
  const { stdout } = call.host
  const months = await withLedger(call, async (ledger, store) => {
    setDisplay(displayOf(await store.readSettings()))
    return ledger.months()
  })
  if (call.options.json) {
    await writeLine(stdout, JSON.stringify({ months: months.map(headDocument) }))
    return EXIT.done
  }
  const columns = [
    { title: 'month' },
    { title: 'entries', right: true },
    { title: 'result USD', right: true },
    { title: 'received BTC', right: true },
    { title: 'held BTC', right: true },
    { title: 'state' },
  ]
  const rows = months.map((head) => [
    ...[head.month, count(head.entries), usdCents(inUsd(head.resultUsdCents))],
    ...[satBtc(head.receivedSat), satBtc(head.closingSat), stateOf(head)],
  ])
  for (const line of textTable(columns, rows)) await writeLine(stdout, line)
  await writeLine(stdout, counted(months.length, 'month'))
  return EXIT.done
}

const headDocument = ({ closed, closable, ...head }: MonthHead) => ({
  ...head,
  closed: closed === null ? null : { at: isoTime(closed.atMs), hash: closed.hash },
  closable: closable === null && closed === null,
  notClosable: closable,
})

function stateOf(head: MonthHead): string {
  if (head.closed !== null) return closedWords({ closed: { ...head.closed, hashNow: head.closed.hash } })
  return head.closable === null ? 'open, can be closed' : `open, ${head.closable}`
}

/** `ledger month [2026-10]`; without a month the newest that is over and has entries, else the newest. */
export async function runMonth(call: LedgerCall, operands: readonly string[]): Promise<ExitCode> {
  const { stdout } = call.host
  const asked = operands[0] === undefined ? null : monthGiven('ledger month: the month', operands[0])
  const month = await withLedger(call, async (ledger, store) => {
    setDisplay(displayOf(await store.readSettings()))
    const heads = (await ledger.months()).filter(({ entries }) => entries > 0)
    const newest = heads.findLast(({ closable }) => closable !== 'not over') ?? heads.at(-1)
    const chosen = asked ?? newest?.month
    if (chosen === undefined)
      throw new MissingDataError(
        'ledger month: nothing is booked: ledger import FILE.CSV, or ledger add FILE.JSON',
      )
    return ledger.month(chosen)
  })
  if (call.options.json) {
    const { closed, ...figures } = month
    const at = closed === null ? null : { ...closed, atMs: undefined, at: isoTime(closed.atMs) }
    await writeLine(stdout, JSON.stringify({ ...figures, closed: at }))
    return EXIT.done
  }
  for (const block of monthBlocks(month)) for (const line of linesOf(block)) await writeLine(stdout, line)
  await writeLine(stdout, `${counted(month.entries, 'entry', 'entries')} in ${monthWords(month.month)}.`)
  return EXIT.done
}

function* linesOf(block: Block): Generator<string> {
  if (block.kind === 'table') yield* linesOfTable(block.table)
  else if (block.kind === 'heading')
    yield block.beside === null ? block.text : `${block.text} (${block.beside})`
  else if (block.kind === 'facts')
    for (const { label, text, origin } of block.facts)
      yield `${label}: ${text}${origin === '' ? '' : ` (${origin})`}`
  else if ('text' in block) yield block.text
}

function* linesOfTable(table: ReportTable): Generator<string> {
  const written = writtenTable(table, US_DOLLARS)
  const columns = table.columns.map(({ heading, look }, c) => ({
    title: [heading, written[c]!.unit].filter((part) => part !== '').join(' '),
    right: look !== 'text',
  }))
  const rows = Array.from({ length: table.rows }, (_, row) => written.map(({ cells }) => cells[row]!))
  const { totalLabel } = table
  const total =
    totalLabel === null ? [] : [written.map((column, c) => (c === 0 ? totalLabel : (column.total ?? '')))]
  yield ''
  yield table.title
  yield* textTable(columns, [...rows, ...total])
  yield ''
}
