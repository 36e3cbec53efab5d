import type { FieldName, LabelName, NumberName, OptionalName, FigureSourceName, TextName } from './fields.ts'
import { each, LABEL_NAMES, MACHINE_FIELDS, NUMBER_NAMES, TEXT_NAMES } from './fields.ts'

/**
 * The fleet as columns: one typed array per field, row i of every column is the same machine or lot.
 * This shape goes from SQLite to the formula to the screen; nothing on that path makes an object per row.
 *
 * In number columns NaN means "not given". A missing figure stays missing: formulas pass NaN on, and only
 * the edges (JSON, screen) turn it into null or an en dash.
 */

/** Position in this list is the code stored in {@link MachineColumns.status}. */
export const MACHINE_STATUSES = ['running', 'off', 'repair'] as const
export type MachineStatus = (typeof MACHINE_STATUSES)[number]
export const RUNNING = 0

/** UTF-8 text of all rows in one buffer; row i is bytes[offsets[i] … offsets[i + 1]). Transferable. */
export type TextColumn = {
  readonly bytes: Uint8Array
  /** length + 1 entries */
  readonly offsets: Uint32Array
}

/** Repeated text: row i reads labels[codes[i]]. */
export type LabelColumn = {
  readonly labels: readonly string[]
  readonly codes: Uint32Array
}

export type SiteColumns = {
  readonly length: number
  /** database key of the site; 0 … n − 1 where the fleet comes from a file */
  readonly key: Float64Array
  readonly name: readonly string[]
  /** USD/kWh; NaN = not given */
  readonly powerPriceUsdPerKwh: Float64Array
  /** other cost per kWh that stops with the machine, USD/kWh */
  readonly otherUsdPerKwh: Float64Array
  /** PUE − 1 */
  readonly overhead: Float64Array
}

/** Every field of MACHINE_FIELDS as a column; machines that are not there have no row. */
export type MachineColumns = {
  readonly length: number
  /** database key of the row; 0 … n − 1 where the fleet comes from a file */
  readonly key: Float64Array
  /** row of {@link SiteColumns} */
  readonly site: Uint32Array
  /** index into {@link MACHINE_STATUSES} */
  readonly status: Uint8Array
} & ColumnsOf<NumberName, Float64Array> &
  ColumnsOf<TextName, TextColumn> &
  ColumnsOf<LabelName, LabelColumn> &
  /** where a figure comes from: indices into FIGURE_SOURCES of provenance.ts */
  Readonly<Record<FigureSourceName, Uint8Array>>

type ColumnsOf<Names extends FieldName, Column> = {
  readonly [N in keyof typeof MACHINE_FIELDS as Extract<N, Names>]: Column
}

export type Fleet = { readonly machines: MachineColumns; readonly sites: SiteColumns }

/** One machine or lot as a value, for forms and small inputs; never used per row on a path that grows. NaN: not given. */
export type Machine = ColumnsOf<NumberName, number> &
  ColumnsOf<TextName | LabelName, string> & { readonly site: string; readonly status: MachineStatus }

/** What a call brings of a machine. null: an id is made; a number is not given, or the site's counts. */
export type MachineInput = ColumnsOf<Exclude<NumberName, OptionalName>, number> &
  ColumnsOf<OptionalName, number | null> &
  ColumnsOf<Exclude<TextName | LabelName, 'id'>, string> & {
    readonly id: string | null
    readonly siteKey: number
    readonly status: MachineStatus
  }
/** What a call changes of machines; what is left out stays. */
export type MachinePatch = { readonly [K in Exclude<keyof MachineInput, 'id'>]?: MachineInput[K] | undefined }

/** A machine of which nothing is said: what may be missing is, and what its site has counts. */
export const PLAIN_MACHINE: Machine = {
  ...each(NUMBER_NAMES, (name) => (MACHINE_FIELDS[name].optional ? NaN : MACHINE_FIELDS[name].absent)),
  ...each([...TEXT_NAMES, ...LABEL_NAMES], () => ''),
  site: '',
  status: 'running',
}
