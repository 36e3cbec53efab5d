import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { columnMapOf, isEmptyMap, mapEntriesOf } from '#electron/files/fleet/column-map.ts'
import { foldHeading } from '#electron/files/heading-parts.ts'
import { HEADINGS } from '#electron/files/fleet/columns.ts'
import type { RememberedColumns } from '#electron/files/fleet/header.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { isSameFigure, QUESTIONS } from '#electron/files/questions.ts'
import type { AnswersBefore, AskedThing } from '#electron/files/questions.ts'
import type { FileKind, Remembered } from '../../port.ts'
import { isSoundRow } from '../row-checksums.ts'

type ColumnsRow = {
  readonly key: number
  readonly fileKind: 'fleet' | 'ledger'
  readonly headings: string
  readonly map: string
  readonly decimalSign: DecimalSign | null
  readonly saidAtMs: number | null
}
type AnswerRow = AskedThing & {
  readonly key: number
  readonly fileKind: FileKind
  readonly saidAtMs: number | null
}

/** What was said about a file of the ledger, as lines. */
export type RememberedLines = { readonly lines: readonly string[]; readonly decimalSign: DecimalSign | null }

export type RememberedAnswers = ReturnType<typeof createRemembered>

/** What was said about files and holds for the next. Writes belong into the transaction of the file that they were said about. */
export function createRemembered(db: Database, nowMs: () => number = Date.now) {
  const columns =
    'SELECT key, file_kind AS fileKind, headings_json AS headings, map_json AS map, decimal_sign AS decimalSign, said_at_ms AS saidAtMs FROM remembered_columns'
  const allColumns = db.prepare<[], ColumnsRow>(
    `${columns} WHERE ${isSoundRow(db, 'remembered_columns')} ORDER BY key`,
  )
  const columnsOf = db.prepare<[fileKind: string, headings: string], ColumnsRow>(
    `${columns} WHERE file_kind = ? AND headings_json = ? AND ${isSoundRow(db, 'remembered_columns')}`,
  )
  const putColumns = db.prepare(
    `INSERT INTO remembered_columns (file_kind, headings_json, map_json, decimal_sign, said_at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (file_kind, headings_json) DO UPDATE
     SET map_json = excluded.map_json, decimal_sign = excluded.decimal_sign, said_at_ms = excluded.said_at_ms
     WHERE map_json <> excluded.map_json OR decimal_sign IS NOT excluded.decimal_sign`,
  )
  const forgetColumns = db.prepare<[fileKind: string, headings: string]>(
    'DELETE FROM remembered_columns WHERE file_kind = ? AND headings_json = ?',
  )
  const answers =
    'SELECT key, file_kind AS fileKind, name, field, about, least, most, said_at_ms AS saidAtMs FROM remembered_answer'
  const allAnswers = db.prepare<[], AnswerRow>(
    `${answers} WHERE ${isSoundRow(db, 'remembered_answer')} ORDER BY key`,
  )
  const answersOf = db.prepare<[string], AnswerRow>(
    `${answers} WHERE file_kind = ? AND ${isSoundRow(db, 'remembered_answer')} ORDER BY key`,
  )
  const putAnswer = db.prepare(
    'INSERT INTO remembered_answer (file_kind, name, field, about, least, most, said_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const forgetAnswer = db.prepare(
    'DELETE FROM remembered_answer WHERE file_kind = ? AND name = ? AND field = ? AND about = ?',
  )
  const removeColumns = db.prepare<[number]>('DELETE FROM remembered_columns WHERE key = ?')
  const removeAnswer = db.prepare<[number]>('DELETE FROM remembered_answer WHERE key = ?')

  return {
    columnsFor: (headings: readonly string[]): RememberedColumns | null => {
      const row = columnsOf.get('fleet', keyOf(headings))
      if (row === undefined) return null
      const map = columnMapOf(JSON.parse(row.map) as string[], 'What was remembered for these headings,')
      return { map, decimalSign: row.decimalSign }
    },
    /**
     * Nothing to remember forgets what there was. What was said about a heading of ours holds for that file alone: the next one with
     * these headings may be one that the program wrote.
     */
    putColumns(headings: readonly string[], { map: said, decimalSign }: RememberedColumns): void {
      const key = keyOf(headings)
      const columns = [...said.columns].filter(([heading]) => !HEADINGS.includes(heading))
      const map = { ...said, columns: new Map(columns) }
      if (isEmptyMap(map) && decimalSign === null) forgetColumns.run('fleet', key)
      else putColumns.run('fleet', key, JSON.stringify(mapEntriesOf(map)), decimalSign, nowMs())
    },
    forgetColumns: (headings: readonly string[], fileKind: 'fleet' | 'ledger' = 'fleet'): void =>
      void forgetColumns.run(fileKind, keyOf(headings)),
    /** Of a file of the ledger: lines as they were put. */
    ledgerColumnsFor: (headings: readonly string[]): RememberedLines | null => {
      const row = columnsOf.get('ledger', keyOf(headings))
      return row === undefined
        ? null
        : { lines: JSON.parse(row.map) as string[], decimalSign: row.decimalSign }
    },
    /** Nothing to remember forgets what there was. */
    putLedgerColumns(headings: readonly string[], { lines, decimalSign }: RememberedLines): void {
      const key = keyOf(headings)
      if (lines.length === 0 && decimalSign === null) forgetColumns.run('ledger', key)
      else putColumns.run('ledger', key, JSON.stringify(lines), decimalSign, nowMs())
    },

    /** What was answered up to now about files of a kind. */
    answersBefore(kind: FileKind): AnswersBefore {
      const known = new Map<string, AnswerRow[]>()
      for (const row of answersOf.all(kind)) {
        const key = keyOfThing(row)
        known.set(key, [...(known.get(key) ?? []), row])
      }
      return (thing, value) =>
        known.size > 0 && (known.get(keyOfThing(thing))?.some((range) => isSameFigure(range, value)) ?? false)
    },
    putAnswers(kind: FileKind, things: readonly AskedThing[]): void {
      for (const { name, field, about, least, most } of things)
        putAnswer.run(kind, name, field, about, least, most, nowMs())
    },
    forgetAnswers(kind: FileKind, things: readonly AskedThing[]): void {
      for (const { name, field, about } of things) forgetAnswer.run(kind, name, field, about)
    },

    list: (): readonly Remembered[] => [
      ...allColumns.all().map(({ key, fileKind, headings, map, decimalSign, saidAtMs }) => ({
        id: `columns-${key}`,
        saidAtMs,
        kind: 'columns' as const,
        fileKind,
        headings: JSON.parse(headings) as string[],
        map: JSON.parse(map) as string[],
        decimalSign,
      })),
      ...allAnswers.all().map(({ key, fileKind, saidAtMs, ...thing }) => ({
        id: `answer-${key}`,
        saidAtMs,
        kind: 'answer' as const,
        fileKind,
        ...thing,
        what: QUESTIONS[thing.name],
      })),
    ],
    /** All of them or, where one is not there, none. @throws StrikelineError 'not-found' */
    forget(ids: readonly string[]): void {
      db.transaction(() => {
        for (const id of ids) {
          const [, kind, key] = /^(columns|answer)-(\d+)$/.exec(id) ?? []
          const { changes } =
            kind === 'columns' ? removeColumns.run(Number(key)) : removeAnswer.run(Number(key))
          if (changes === 0)
            throw new StrikelineError(
              'not-found',
              `Nothing is remembered under ‘${id}’; \`remembered list\` shows what is.`,
            )
        }
      }).immediate()
    },
  }
}

/** The set of headings as a text. */
function keyOf(headings: readonly string[]): string {
  const names = headings.map(foldHeading).filter((name) => name !== '')
  return JSON.stringify([...new Set(names)].sort())
}

const keyOfThing = ({ name, field, about }: Pick<AskedThing, 'name' | 'field' | 'about'>) =>
  `${name}\n${field}\n${about}`
