import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Model } from '#shared/domain/fleet/catalogue.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { FieldName } from '#shared/domain/fleet/fields.ts'

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
}

export type ReadOptions = {
  readonly models: readonly Model[]
  /** ids that a generated id must not take */
  readonly takenIds?: { has(id: string): boolean }
  readonly onProgress?: (bytesDone: number, bytesTotal: number) => void
  /** asked between chunks; true ends the reading with 'cancelled' */
  readonly isCancelled?: () => boolean
  readonly limits?: Partial<FileLimits>
}

export type FileLimits = { readonly bytes: number; readonly rows: number }
export const FILE_LIMITS: FileLimits = { bytes: 100_000_000, rows: 1_000_000 }

export const FAULTS_KEPT = 100

/** "fleet.csv, row 3, column quantity: 1.5 is not a whole number of machines" */
export function faultSentence(fileName: string, { row, column, message }: RowFault): string {
  return `${fileName}, row ${row}${column === '' ? '' : `, column ${column}`}: ${message}`
}

/** @throws StrikelineError 'bad-input' with the first fault and the number of the others, where there are any */
export function refuseFaults(file: Pick<FleetFile, 'faults' | 'faultCount'>, fileName: string): void {
  const [first] = file.faults
  if (first === undefined) return
  const others = file.faultCount - 1
  throw new StrikelineError(
    'bad-input',
    faultSentence(fileName, first) + (others === 0 ? '' : ` (and ${others} more)`),
  )
}
