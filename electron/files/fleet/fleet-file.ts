import type { Model } from '#shared/domain/fleet/catalogue.ts'
import type { Fleet, MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import type { FieldName } from '#shared/domain/fleet/fields.ts'
import type { Accepted, AnswersBefore, AskedThing, Question, QuestionName } from '../questions.ts'
import type { RowFault } from '../row-faults.ts'
import type { ColumnMap } from './column-map.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import type { FileColumn, RememberedColumns, SaidOfColumns } from './header.ts'

/** A word under status; null: nobody knows it. */
export type StatusWord = {
  readonly word: string
  readonly status: (typeof MACHINE_STATUSES)[number] | null
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
  /** how each column was read, and the first of its cells that is not empty */
  readonly columns: readonly FileColumn[]
  readonly examples: readonly string[]
  /** what was said about this file, on top of what was remembered for its headings */
  readonly map: ColumnMap
  readonly recalled: RememberedColumns | null
  /** the answer to a decimal sign that the file may leave open, given or remembered */
  readonly decimalSign: DecimalSign | null
  /** words under status that nobody knows, the first {@link FAULTS_KEPT}, and those that someone said what they are */
  readonly statusWords: readonly StatusWord[]
  /** a decimal sign that nothing in the file decides */
  readonly isSignOpen: boolean
  /** a list of objects: its rows are entries, its columns keys */
  readonly isList: boolean
  /** how the columns read that are not written as ours, in sentences */
  readonly understood: readonly string[]
  /** what is surprising and may be right: the first {@link FAULTS_KEPT} of each name, in the order of the file */
  readonly questions: readonly Question[]
  readonly questionCounts: Readonly<Partial<Record<QuestionName, number>>>
  /** the same by what they are about, so that an answer can be remembered: the first {@link THINGS_KEPT} */
  readonly asked: readonly AskedThing[]
  /** what was not asked because it was answered before, and in how many rows */
  readonly answered: readonly (AskedThing & { readonly rows: number })[]
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
  readonly recall?: SaidOfColumns['recall']
  /** questions that were answered before */
  readonly answersBefore?: AnswersBefore
}

export type FileLimits = { readonly bytes: number; readonly rows: number }
export const FILE_LIMITS: FileLimits = { bytes: 50_000_000, rows: 200_000 }
