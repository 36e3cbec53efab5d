import type { LedgerFileKind } from '#shared/domain/money/ledger/file-kinds.ts'
import { LEDGER_FILE_KINDS } from '#shared/domain/money/ledger/file-kinds.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { ledgerMapEntries, ledgerMapOf } from './column-map.ts'
import type { DayOrder } from './dates.ts'
import type { LedgerRemembered } from './options.ts'

/** What is said of a file of entries, as lines to remember it by: its kind, the order of day and month, then what --map takes. */

const KIND = 'file: '
const ORDER = 'days: '

/** A file that the program wrote itself says its kind. */
export const linesOf = ({ kind, dayOrder, columns }: LedgerRemembered): readonly string[] => [
  ...(kind === null || kind === 'entries' ? [] : [`${KIND}${kind}`]),
  ...(dayOrder === null ? [] : [`${ORDER}${dayOrder}`]),
  ...ledgerMapEntries(columns),
]

/** @throws StrikelineError 'bad-input' where a line is none */
export function rememberedFrom(lines: readonly string[], decimalSign: DecimalSign | null): LedgerRemembered {
  const after = (head: string) => lines.find((line) => line.startsWith(head))?.slice(head.length)
  const [kind, order] = [after(KIND), after(ORDER)]
  return {
    kind: LEDGER_FILE_KINDS.find((each): each is LedgerFileKind => each === kind) ?? null,
    dayOrder: order === 'day-first' || order === 'month-first' ? (order satisfies DayOrder) : null,
    decimalSign,
    columns: ledgerMapOf(
      lines.filter((line) => !line.startsWith(KIND) && !line.startsWith(ORDER)),
      'What was remembered for these headings,',
    ),
  }
}
