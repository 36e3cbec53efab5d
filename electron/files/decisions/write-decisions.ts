import type { LoggedDecision } from '#shared/domain/decision/acts/outcome.ts'
import type { DecisionLog } from '#shared/ipc/schemas/decisions.ts'
import { writeCellText } from '../cell-text.ts'
import { headingOf } from '../tables/write-csv.ts'
import { decisionDocument, logDocument } from './decision-document.ts'

/** The row of a table, its cells by the names of the document; those of parts carry the part's name where they need it. */
function cellsOf(row: LoggedDecision) {
  const { advised, stake, outcome, ...rest } = decisionDocument(row)
  return {
    ...rest,
    ...{
      advisedPowerDown: advised.powerDown,
      advisedPause: advised.pause,
      advisedStart: advised.start,
      advisedSet: advised.set,
      stopsAcceptedPhs: stake?.stopsAcceptedPhs ?? null,
      stopsCostUsdPerDay: stake?.stopsCostUsdPerDay ?? null,
      restartUsd: stake?.restartUsd ?? null,
      savedUsd: outcome?.savedUsd ?? null,
      expectedUsd: outcome?.expectedUsd ?? null,
      savedTo: outcome?.to ?? null,
      endsWith: outcome?.endsWith ?? null,
      daysCovered: outcome?.daysCovered ?? null,
      daysMissing: outcome?.daysMissing ?? null,
      meanHashpriceUsdPerPhDay: outcome?.meanHashpriceUsdPerPhDay ?? null,
    },
  }
}
type Column = keyof ReturnType<typeof cellsOf>

/** In the order in which they are written. */
const COLUMNS = [
  ...(['at', 'site', 'kind', 'byWhom', 'reason'] as const),
  ...(['advisedPowerDown', 'advisedPause', 'advisedStart', 'advisedSet', 'machinesDone', 'freedKw'] as const),
  ...(['gainUsd', 'until', 'savedUsd', 'expectedUsd', 'savedTo', 'endsWith'] as const),
  ...(['daysCovered', 'daysMissing', 'meanHashpriceUsdPerPhDay'] as const),
  ...(['stopsAcceptedPhs', 'stopsCostUsdPerDay', 'restartUsd'] as const),
  ...([
    'hashpriceUsdPerPhDay',
    'priceUsdPerBtc',
    'difficulty',
    'change',
    'takenBack',
    'takenBackAt',
  ] as const),
] satisfies readonly Column[]

/** The log as a table: UTF-8, commas, decimal points, lines that end in LF, figures unrounded, what is not known empty. */
export function* writeDecisionCsv(rows: readonly LoggedDecision[]): Generator<string> {
  yield `${COLUMNS.map(headingOf).join(',')}\n`
  for (const row of rows) {
    const cells = cellsOf(row)
    yield `${COLUMNS.map((name) => cellText(cells[name])).join(',')}\n`
  }
}

function cellText(value: string | number | boolean | null): string {
  if (value === null) return ''
  return typeof value === 'string' ? writeCellText(value) : String(value)
}

export function* logPieces(log: DecisionLog, isJson: boolean): Generator<string> {
  if (isJson) yield `${JSON.stringify(logDocument(log), null, 2)}\n`
  else yield* writeDecisionCsv(log.rows)
}
