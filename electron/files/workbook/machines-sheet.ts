import { machineFigures } from '#shared/domain/margins/fleet-margins.ts'
import type { WorkbookFacts } from './case.ts'
import type { MachineKey as Key } from './layout.ts'
import { FIRST_MACHINE, MACHINE_KEYS, MACHINE_LETTERS, MACHINES, siteCells } from './layout.ts'
import type { Column } from './machine-columns.ts'
import { columnsOfMachines } from './machine-columns.ts'
import { sharesOf, termsOf } from './row-terms.ts'
import type { Row, Sheet } from './sheet.ts'
import { heading } from './sheet.ts'

/** One row a lot: what is known of it, and what follows at the named inputs and the row of its site. */
export function machinesSheet(facts: WorkbookFacts): Sheet {
  const columns = columnsOfMachines(facts)
  const ordered = MACHINE_KEYS.map((key) => columns[key])
  return {
    name: MACHINES,
    widths: ordered.map(({ width }) => width),
    frozen: { rows: 1, columns: 1 },
    filter: { row: 1, columns: MACHINE_KEYS.length, rows: facts.basis.length },
    rows: { [Symbol.iterator]: () => rowsOf(facts, ordered) },
  }
}

function* rowsOf(facts: WorkbookFacts, columns: readonly Column[]): Generator<Row> {
  const { basis, conditions } = facts
  const { machines } = basis.fleet
  yield columns.map((column) => heading(column.heading))
  const terms = termsOf(facts)
  const bySite = Array.from({ length: basis.fleet.sites.length }, (_, site) => siteCells(site))
  for (let row = 0; row < basis.length; row++) {
    const number = FIRST_MACHINE + row
    const at = (key: Key) => `${MACHINE_LETTERS[key]}${number}`
    const cells = bySite[machines.site[row]!]!
    const site = (key: 'price' | 'other' | 'overhead') => cells[key]
    const ofRow = terms(row)
    const lot = {
      row,
      figures: machineFigures(basis, row, conditions),
      terms: ofRow,
      shares: sharesOf(facts, row, ofRow),
    }
    yield columns.map(({ cell }) => cell(lot, at, site))
  }
}
