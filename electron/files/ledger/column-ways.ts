import { addEvidence, noEvidence } from '#shared/format/read-number.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import type { Row, Separator } from '../csv.ts'
import { foldHeading } from '../heading-parts.ts'
import { decimalSignOf, openSignFault, together } from '../numbers.ts'
import type { RowFault } from '../row-faults.ts'
import { quoted } from '../shown.ts'
import type { DayOrder } from './dates.ts'
import { addOrder, noOrderEvidence, orderOf } from './dates.ts'
import type { LedgerField } from './fields.ts'
import { typeOf } from './fields.ts'
import type { FileHead } from './file-head.ts'
import type { ReadColumn } from './row-reader.ts'

/** How the cells of each column are read. */
export type Ways = {
  readonly columns: ReadonlyMap<LedgerField, ReadColumn>
  readonly order: DayOrder
  readonly isSignOpen: boolean
  readonly isDayOpen: boolean
  readonly faults: readonly Omit<RowFault, 'row'>[]
}

const NUMBERS = new Set(['text', 'day', 'end', 'month'])
const isNumbers = (field: LedgerField) => !NUMBERS.has(typeOf(field))
const isDays = (field: LedgerField) => typeOf(field) === 'day' || typeOf(field) === 'end'

/** The decimal sign of each column of numbers and the order of the days, decided from the whole file, never from a cell alone. */
export function waysOf(
  names: readonly string[],
  rows: readonly Row[],
  separator: Separator,
  { readings, said }: FileHead,
): Ways {
  const faults: Omit<RowFault, 'row'>[] = []
  const places = readings.flatMap((reading, at) => (reading !== null && isNumbers(reading.field) ? [at] : []))
  const evidence = places.map((at) => {
    const own = noEvidence()
    for (const { cells } of rows) addEvidence(own, cells[at] ?? '')
    return own
  })
  const whole = together(evidence)
  const signs = new Map<number, DecimalSign>()
  places.forEach((at, i) => {
    const sign = decimalSignOf(evidence[i]!, whole, separator, said.decimalSign)
    if (typeof sign === 'string') signs.set(at, sign)
    else faults.push({ column: names[at]!, ...openSignFault(sign.open) })
  })
  const isSignOpen = faults.length > 0
  const days = noOrderEvidence()
  let openAt = ''
  readings.forEach((reading, at) => {
    if (reading === null || !isDays(reading.field)) return
    const before = days.open
    for (const { cells } of rows) addOrder(days, cells[at] ?? '')
    if (days.open !== before) openAt = names[at]!
  })
  const order = orderOf(days, said.dayOrder)
  if (typeof order !== 'string')
    faults.push({
      column: openAt,
      message: `nothing in the file says whether ${quoted(order.open)} has the day or the month first`,
      remedy: ': answer with --accept day-first or --accept month-first',
    })
  const columns = new Map<LedgerField, ReadColumn>()
  readings.forEach((reading, at) => {
    if (reading === null) return
    const isSaid = said.columns.has(foldHeading(names[at]!))
    columns.set(reading.field, { ...reading, at, heading: names[at]!, sign: signs.get(at) ?? '.', isSaid })
  })
  return {
    columns,
    order: typeof order === 'string' ? order : 'day-first',
    ...{ isSignOpen, isDayOpen: typeof order !== 'string', faults },
  }
}
