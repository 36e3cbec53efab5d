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

export type MachineColumns = {
  readonly length: number
  /** database key of the row; 0 … n − 1 where the fleet comes from a file */
  readonly key: Float64Array
  readonly id: TextColumn
  readonly model: LabelColumn
  /** row of {@link SiteColumns} */
  readonly site: Uint32Array
  /** index into {@link MACHINE_STATUSES} */
  readonly status: Uint8Array
  /** where hashrate and power come from: indices into FIGURE_SOURCES of provenance.ts */
  readonly hashrateSource: Uint8Array
  readonly powerSource: Uint8Array
  /** machines in the lot */
  readonly quantity: Float64Array
  /** of one machine while it runs, TH/s */
  readonly hashrateThs: Float64Array
  /** of one machine at the wall while it runs, W */
  readonly powerW: Float64Array
  /** the machine's own values; NaN = takes its site's */
  readonly powerPriceUsdPerKwh: Float64Array
  readonly otherUsdPerKwh: Float64Array
  readonly overhead: Float64Array
  /** share of the day that it hashes, 0..1 */
  readonly uptime: Float64Array
  readonly poolFee: Float64Array
  /** revenue share taken by a host, on revenue after pool fee, 0..1 */
  readonly hostShare: Float64Array
  /** W of one machine while off */
  readonly standbyW: Float64Array
  /** cost that does not stop when the machine stops, USD per machine and day */
  readonly fixedUsdPerDay: Float64Array
  /** cost of one restart, USD per machine */
  readonly restartUsd: Float64Array
}

export type Fleet = { readonly machines: MachineColumns; readonly sites: SiteColumns }

/** The numeric columns of a machine, in the order of `fleet.csv`. */
export const MACHINE_NUMBER_COLUMNS = [
  'quantity',
  'hashrateThs',
  'powerW',
  'powerPriceUsdPerKwh',
  'otherUsdPerKwh',
  'overhead',
  'uptime',
  'poolFee',
  'hostShare',
  'standbyW',
  'fixedUsdPerDay',
  'restartUsd',
] as const satisfies readonly (keyof MachineColumns)[]
export type MachineNumberColumn = (typeof MACHINE_NUMBER_COLUMNS)[number]

/** One machine or lot as a value, for forms and small inputs; never used per row on a path that grows. */
export type Machine = Readonly<Record<MachineNumberColumn, number>> & {
  readonly id: string
  readonly model: string
  readonly site: string
  readonly status: MachineStatus
}
