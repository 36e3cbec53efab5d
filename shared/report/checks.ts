import { powerPriceUsdPerKwhAt } from '../domain/margins/fleet-margins.ts'
import { NAMEPLATE } from '../domain/fleet/provenance.ts'
import type { Money } from '../format/money.ts'
import { counted, MISSING, THIN_SPACE } from '../format/numbers.ts'
import type { ReportDocument, ReportTable } from './document.ts'
import type { ReportCheck } from './drawn.ts'
import type { ReportFacts } from './facts.ts'
import { tablesIn } from './table.ts'
import { freshnessWarnings } from './warnings.ts'
import { addsUp, writtenColumn } from './written.ts'

/** What to look at before a report is handed over, each as one line. */
export function checksOf(facts: ReportFacts, document: ReportDocument): readonly ReportCheck[] {
  return [addingUp(facts, document), ...freshness(facts), ...figures(facts), ...contracts(facts)]
}

const fine = (words: string): ReportCheck => ({ isFine: true, words })
const wrong = (words: string): ReportCheck => ({ isFine: false, words })

function addingUp({ money }: ReportFacts, document: ReportDocument): ReportCheck {
  const faults = tablesIn(document).flatMap((table) =>
    columnsThatDoNotAddUp(table, money).map((heading) => `${table.title}, ${heading}`),
  )
  return faults.length === 0
    ? fine('Columns add up as printed')
    : wrong(`Does not add up as printed: ${faults.join('; ')}`)
}

/** Headings of columns whose cells, read back as they are printed, have another sum than the total below them. */
export function columnsThatDoNotAddUp({ columns }: ReportTable, money: Money): readonly string[] {
  return columns.filter((column) => addsUp(column) && !isSum(column)).map(({ heading }) => heading)

  function isSum(column: ReportTable['columns'][number]): boolean {
    const { cells, total } = writtenColumn(column, money, columns)
    const known = cells.filter((cell) => cell !== MISSING)
    if (total === MISSING) return known.length === 0
    const decimals = total!.split(/[.,]/)[1]?.length ?? 0
    const steps = (cell: string) => Math.round(readBack(cell) * 10 ** decimals)
    return known.reduce((sum, cell) => sum + steps(cell), 0) === steps(total!)
  }
}

/** What `number` has written: whole columns of a fleet cannot wait for the reader of what people type. */
const readBack = (cell: string) =>
  Number(cell.replaceAll(THIN_SPACE, '').replace('−', '-').replace('+', '').replace(',', '.'))

function freshness(facts: ReportFacts): readonly ReportCheck[] {
  if (facts.picture === null) return [wrong('The network is not known, so there are no figures')]
  const told = freshnessWarnings(facts)
  return told.length === 0 ? [fine('Nothing stale, typed or of the sample')] : told.map(wrong)
}

/** Of lots: figures off the plate, missing ones, and those without a price of power. */
function figures({ fleet }: ReportFacts): readonly ReportCheck[] {
  const { machines } = fleet
  let [plate, missing, unpriced] = [0, 0, 0]
  for (let row = 0; row < machines.length; row++) {
    if (machines.powerSource[row] === NAMEPLATE || machines.hashrateSource[row] === NAMEPLATE) plate++
    if (Number.isNaN(machines.hashrateThs[row]) || Number.isNaN(machines.powerW[row])) missing++
    if (Number.isNaN(powerPriceUsdPerKwhAt(fleet, row))) unpriced++
  }
  const check = (lots: number, ok: string, told: string) =>
    lots === 0 ? fine(ok) : wrong(`${counted(lots, 'lot')} ${told}`)
  return [
    check(
      plate,
      'No lot on nameplate figures',
      'on nameplate watts or hashrate, which may be off by a fifth',
    ),
    check(missing, 'Every lot has its hashrate and power', 'without hashrate or power'),
    check(unpriced, 'Every lot has a price of power', 'without a price of power'),
  ]
}

function contracts({ picture, case: { inputs } }: ReportFacts): readonly ReportCheck[] {
  if (inputs.contracts.length === 0 || picture === null) return []
  return picture.refusal === null
    ? [fine(`${counted(inputs.contracts.length, 'contract')} weighed`)]
    : [wrong(`A contract cannot be weighed: ${picture.refusal}`)]
}
