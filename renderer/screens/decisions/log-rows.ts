import { machinesCalled } from '#shared/domain/decision/acts/called.ts'
import { isOfKind } from '#shared/domain/decision/acts/log-kinds.ts'
import type { LoggedDecision } from '#shared/domain/decision/acts/outcome.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { actCountWords } from '#shared/format/act-words.ts'
import { decisionWords, noOutcomeWords } from '#shared/format/decision-log-words.ts'
import type { Money } from '#shared/format/money.ts'
import { count, MISSING } from '#shared/format/numbers.ts'
import { printedSums } from '#shared/format/printed-sums.ts'
import { moment } from '#shared/format/times.ts'
import type { LogColumn, LogView } from '../../state/decision-log.ts'

/** Of the chosen site and period, whatever was decided. */
export const rowsInScope = (
  rows: readonly LoggedDecision[],
  { site, days }: LogView,
  nowMs: number,
): readonly LoggedDecision[] => {
  const fromMs = days === null ? -Infinity : nowMs - days * MS_PER_DAY
  return rows.filter(({ decision }) => decision.atMs >= fromMs && (site === null || decision.site === site))
}

const texts = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** What a column is sorted by: a text, or a number of which NaN is missing. */
function sortValue({ decision, outcome }: LoggedDecision, by: LogColumn): number | string {
  switch (by) {
    case 'at':
      return decision.atMs
    case 'site':
      return decision.site
    case 'advised':
      return machinesCalled(decision.advised)
    case 'decision':
      return decisionWords(decision)
    case 'by':
      return decision.byWhom ?? ''
    case 'machines':
      return decision.machinesDone
    case 'then':
      return decision.hashpriceUsdPerPhDay
    case 'since':
      return outcome?.meanHashpriceUsdPerPhDay ?? Number.NaN
    case 'expected':
      return outcome?.expectedUsd ?? Number.NaN
    case 'saved':
      return outcome?.savedUsd ?? Number.NaN
  }
}

const isMissing = (value: number | string) => value === '' || Number.isNaN(value)

/** Those of a kind, in their order; where nothing is known comes last, of what is equal the newest first. */
export function rowsInOrder(
  rows: readonly LoggedDecision[],
  { kind, sort: { by, isUp } }: LogView,
): readonly LoggedDecision[] {
  const sign = isUp ? 1 : -1
  return rows
    .filter(({ decision }) => isOfKind(decision, kind))
    .map((row) => ({ row, value: sortValue(row, by) }))
    .sort((a, b) => {
      const missing = Number(isMissing(a.value)) - Number(isMissing(b.value))
      if (missing !== 0) return missing
      const order =
        typeof a.value === 'string' || typeof b.value === 'string'
          ? texts.compare(String(a.value), String(b.value))
          : a.value - b.value
      return (Number.isNaN(order) ? 0 : sign * order) || b.row.decision.key - a.row.decision.key
    })
    .map(({ row }) => row)
}

export type PrintedRow = {
  readonly key: number
  readonly at: string
  readonly site: string
  readonly advised: string
  readonly decision: string
  readonly isDone: boolean
  readonly isTakenBack: boolean
  readonly by: string
  readonly machines: string
  readonly then: string
  readonly since: string
  readonly expected: string
  readonly saved: string
  readonly isLoss: boolean
  /** why there is no figure; null where there is one */
  readonly missing: string | null
}
type PrintedTotal = { readonly machines: string; readonly expected: string; readonly saved: string }

export type PrintedLog = {
  readonly rows: readonly PrintedRow[]
  /** what the rows of a kind add up to as printed; null: there is none */
  readonly done: PrintedTotal | null
  readonly notDone: PrintedTotal | null
}

/** `14 Nov, 13:51`, `today, 14:02`; of another year with it. */
function whenWords(atMs: number, nowMs: number): string {
  const words = moment(atMs, nowMs)
  return words.includes(',') ? words : `today, ${words}`
}

/** The rows as they are printed: of what was done, and of what was not, every column adds up to its total. */
export function printedLog(rows: readonly LoggedDecision[], money: Money, nowMs: number): PrintedLog {
  const figure = (of: 'savedUsd' | 'expectedUsd') =>
    rows.map(({ outcome }) => (outcome === null ? Number.NaN : money.units(outcome[of])))
  const columns = { saved: figure('savedUsd'), expected: figure('expectedUsd') }
  const isDone = rows.map(({ decision }) => decision.kind === 'done')
  const printed = {
    saved: printedByKind(columns.saved, isDone, money),
    expected: printedByKind(columns.expected, isDone, money),
  }
  const total = (kind: 'done' | 'notDone'): PrintedTotal | null =>
    isDone.includes(kind === 'done')
      ? {
          machines: count(
            rows.reduce(
              (sum, { decision }, i) => sum + (isDone[i] === (kind === 'done') ? decision.machinesDone : 0),
              0,
            ),
          ),
          expected: printed.expected[kind],
          saved: printed.saved[kind],
        }
      : null
  return {
    rows: rows.map(({ decision, outcome }, i) => ({
      key: decision.key,
      at: whenWords(decision.atMs, nowMs),
      site: decision.site,
      advised: actCountWords(decision.advised),
      decision: decisionWords(decision),
      isDone: isDone[i]!,
      isTakenBack: decision.isTakenBack,
      by: decision.byWhom ?? '',
      machines: count(decision.machinesDone),
      then: money.perPh(decision.hashpriceUsdPerPhDay),
      since: money.perPh(outcome?.meanHashpriceUsdPerPhDay ?? Number.NaN),
      expected: printed.expected.parts[i]!,
      saved: printed.saved.parts[i]!,
      isLoss: (outcome?.savedUsd ?? 0) < 0,
      missing: noOutcomeWords(decision, outcome),
    })),
    done: total('done'),
    notDone: total('notDone'),
  }
}

/** A column of which two kinds of rows have totals of their own, all with the same decimals. */
function printedByKind(units: readonly number[], isDone: readonly boolean[], money: Money) {
  const known = units.filter(Number.isFinite)
  const sumOf = (kind: boolean) =>
    units.reduce((sum, value, i) => (isDone[i] === kind && Number.isFinite(value) ? sum + value : sum), 0)
  const largest = Math.max(
    0,
    ...[sumOf(true), sumOf(false)].map(Math.abs),
    known.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  )
  const decimals = largest >= 99.995 ? 0 : money.decimals
  const write = (value: number) => (Number.isFinite(value) ? money.written(value, decimals) : MISSING)
  const parts = new Array<string>(units.length)
  const totalOf = (kind: boolean) => {
    const places = units.flatMap((_, i) => (isDone[i] === kind ? [i] : []))
    const sums = printedSums(
      places.map((i) => units[i]!),
      decimals,
      money.decimals,
    )
    places.forEach((place, i) => (parts[place] = write(sums.parts[i]!)))
    return write(sums.total)
  }
  return { done: totalOf(true), notDone: totalOf(false), parts }
}
