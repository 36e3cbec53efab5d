import { StrikelineError } from '#shared/ipc/errors.ts'
import { bridgeSheet } from './bridge-sheet.ts'
import type { WorkbookCase } from './case.ts'
import { factsOf } from './case.ts'
import { fleetSheet } from './fleet-sheet.ts'
import { inputsSheet } from './inputs-sheet.ts'
import { ledgerSheets } from './ledger-sheets.ts'
import { FIRST_MACHINE, MACHINES } from './layout.ts'
import { machinesSheet } from './machines-sheet.ts'
import { projectionSheet } from './projection-sheet.ts'
import { readMeSheet } from './read-me-sheet.ts'
import type { Row, Workbook } from './sheet.ts'
import { sitesSheet } from './sites-sheet.ts'
import { MOST_ROWS } from './xlsx.ts'

/**
 * A fleet as a workbook that computes on: every cell, its formula and the engine's figure. Rows of machines are made as they are read.
 * @throws StrikelineError 'bad-input' where the fleet has more lots than a sheet has rows
 */
export function workbookOf(of: WorkbookCase): Workbook {
  const most = MOST_ROWS - FIRST_MACHINE + 1
  if (of.fleet.machines.length > most)
    throw new StrikelineError(
      'bad-input',
      `A sheet of a workbook has room for ${most} lots, and the fleet has ${of.fleet.machines.length}: take machines of one kind together as lots.`,
    )
  const facts = factsOf(of)
  const { sheet: inputs, names } = inputsSheet(facts)
  return {
    sheets: [
      readMeSheet(facts),
      inputs,
      sitesSheet(facts),
      machinesSheet(facts),
      fleetSheet(facts),
      projectionSheet(facts),
      bridgeSheet(facts),
      ...ledgerSheets(of.ledger ?? null),
    ],
    names,
  }
}

const ROWS_AT_ONCE = 500

/** The same workbook, whose rows of machines are told as they are written. */
export function watched(workbook: Workbook, onRows: (rows: number) => void): Workbook {
  return {
    ...workbook,
    sheets: workbook.sheets.map((sheet) =>
      sheet.name === MACHINES ? { ...sheet, rows: toldOf(sheet.rows, onRows) } : sheet,
    ),
  }
}

function* toldOf(rows: Iterable<Row>, onRows: (rows: number) => void): Generator<Row> {
  let sinceTold = 0
  for (const row of rows) {
    yield row
    if (++sinceTold < ROWS_AT_ONCE) continue
    onRows(sinceTold)
    sinceTold = 0
  }
  onRows(sinceTold)
}
