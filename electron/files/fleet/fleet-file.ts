import type { Model } from '#shared/domain/fleet/catalogue.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { FieldName } from '#shared/domain/fleet/fields.ts'
import type { Accepted, Question, QuestionName } from '../questions.ts'
import { FileFaults } from '../questions.ts'
import type { ColumnMap } from './column-map.ts'

/** One thing in the file that cannot be taken as it is. */
export type RowFault = {
  /** line of the file as a person counts it: the header is 1 */
  readonly row: number
  /** name of the column as the file spells it; '' where the whole row is meant */
  readonly column: string
  readonly message: string
}

/**
 * A fleet.csv as columns. With `faultCount` above 0 the fleet is only good for a preview (a faulty number is NaN, a
 * row with a wrong number of cells is absent): store nothing, or call {@link refuseFaults}.
 */
export type FleetFile = {
  /** sites carry no values (NaN); every machine carries its own, and NaN where the power price is not given */
  readonly fleet: Fleet
  /** 1 where the id stands in the file, 0 where it was generated */
  readonly idsGiven: Uint8Array
  /** the fields that this file has, in its order; the others took their default */
  readonly fields: readonly FieldName[]
  /** the columns that are not ours, as the file spells them */
  readonly noteColumns: readonly string[]
  /** per row the note columns that have text, as one JSON object {"column":"text"}; null where none has */
  readonly notes: readonly (string | null)[]
  /** row → line of the file where it begins */
  readonly lines: Uint32Array
  /** rows where hashrate or power came from the catalogue */
  readonly filledFromCatalogue: number
  /** rows where hashrate or power is still missing */
  readonly withoutFigures: number
  readonly withoutPowerPrice: number
  /** the first {@link FAULTS_KEPT} in the order of the file */
  readonly faults: readonly RowFault[]
  readonly faultCount: number
  /** how the columns read that are not written as ours, in sentences */
  readonly understood: readonly string[]
  /** what is surprising and may be right: the first {@link FAULTS_KEPT} of each name, in the order of the file */
  readonly questions: readonly Question[]
  readonly questionCounts: Readonly<Partial<Record<QuestionName, number>>>
}

export type ReadOptions = {
  readonly models: readonly Model[]
  /** ids that a generated id must not take */
  readonly takenIds?: { has(id: string): boolean }
  readonly onProgress?: (bytesDone: number, bytesTotal: number) => void
  /** asked between chunks; true ends the reading with 'cancelled' */
  readonly isCancelled?: () => boolean
  readonly limits?: Partial<FileLimits>
  /** answers to a decimal sign that stays open */
  readonly accepted?: Accepted
  readonly map?: ColumnMap
}

export type FileLimits = { readonly bytes: number; readonly rows: number }
export const FILE_LIMITS: FileLimits = { bytes: 100_000_000, rows: 1_000_000 }

export const FAULTS_KEPT = 100

/** "fleet.csv, row 3, column quantity: 1.5 is not a whole number of machines" */
export function faultSentence(fileName: string, { row, column, message }: RowFault): string {
  return `${fileName}, row ${row}${column === '' ? '' : `, column ${column}`}: ${message}`
}

/** @throws FileFaults with the first faults, a line each, and the number of the others, where there are any */
export function refuseFaults(file: Pick<FleetFile, 'faults' | 'faultCount'>, fileName: string): void {
  if (file.faultCount > 0)
    throw new FileFaults(
      file.faults.map((fault) => faultSentence(fileName, fault)),
      file.faultCount,
    )
}

/** @throws FileFaults with the questions that were not answered */
export function refuseQuestions(
  { questions, questionCounts }: Pick<FleetFile, 'questions' | 'questionCounts'>,
  fileName: string,
  accepted: Accepted,
): void {
  const open = questions.filter(({ name }) => !accepted.has(name))
  if (open.length === 0) return
  const total = Object.entries(questionCounts)
    .filter(([name]) => !accepted.has(name))
    .reduce((sum, [, count]) => sum + count, 0)
  const names = [...new Set(open.map(({ name }) => name))]
  const sentences = open.map((question) => faultSentence(fileName, question))
  throw new FileFaults(
    [
      `${sentences[0]!.replace(/[.?]?$/, (end) => end || '.')} If it is right, --accept ${names.join(',')} takes it`,
      ...sentences.slice(1),
    ],
    total,
  )
}
