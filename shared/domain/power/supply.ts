/**
 * What energy costs a site over the horizon: every contract is a price of energy. Power and energy are at the meter; a step of
 * power is in kWh per hour (kW), a price in USD/kWh.
 */

/** Where the prices of a site come from; 'market-file' where the price file lacks intervals of the horizon. */
export type PriceSource = 'fleet' | 'host' | 'tariff' | 'market-horizon' | 'market-file'

/** Steps of power by rising price, each with its own width. The last is without end (Infinity) unless the site has a cap. */
export type SupplySteps = {
  readonly kw: readonly number[]
  readonly usdPerKwh: readonly number[]
  /**
   * Of an alternative: paid per hour whatever is taken, so that alternatives compare; absent: 0. Where handing back earns b and power
   * costs c < b, the first K kW cost b each and all others c: the lesser of the lines b·E and (b − c)·K + c·E.
   */
  readonly fixedUsdPerHour?: number
}

/** Intervals of one stage in which energy costs the same. */
export type SupplyGroup = {
  /** index of the stage that they lie in */
  readonly stage: number
  /** all of them together */
  readonly hours: number
  /** what one more kWh costs that is bought beyond committed energy and tiers, USD/kWh */
  readonly energyUsdPerKwh: number
  /** what one kWh of committed energy brings that is handed back, USD/kWh; 0 where none is committed */
  readonly handBackUsdPerKwh: number
  /** one; more where energy gets cheaper with the amount (handing back earns more than power costs, falling tiers): cleared under
   * each, and the better one counts */
  readonly alternatives: readonly SupplySteps[]
  /** drawn at least, kW; 0: nothing is asked */
  readonly floorKw: number
  /** on top of each kWh of what may be shed: an event's price less the ordinary one, a coincident peak */
  readonly shedAdderUsdPerKwh: number
  /** the part of it that stands for a coincident peak */
  readonly coincidentPeakUsdPerKwh: number
  /** an event of demand response: its price counts, and no credit is earned */
  readonly isEvent: boolean
  /** earned by each kWh above standby of what may be shed while it runs */
  readonly creditUsdPerKwh: number
}

/** A charge on the highest power of a stage, chosen with the schedule: rate · max(P − free, 0) of the stage. */
export type PeakCharge = {
  /** per stage: the month's rate, prorated to the stage's part of the billing months */
  readonly usdPerKw: readonly number[]
  /** per stage, what is paid anyway: this month's metered peak, and what a ratchet holds */
  readonly freeKw: readonly number[]
}

/** The intervals of the horizon in order of time: a new one where price, local day or stage changes. */
export type SiteIntervals = {
  readonly length: number
  /** begin of each, and the end of the last: length + 1 entries, unix ms; counted from 0 where no date is known */
  readonly atMs: Float64Array
  /** index into the groups */
  readonly group: Uint16Array
  /** local days counted from the first one */
  readonly localDay: Uint16Array
}

export type SiteSupply = {
  readonly pricesFrom: PriceSource
  readonly intervals: SiteIntervals
  readonly groups: readonly SupplyGroup[]
  readonly peakCharge: PeakCharge | null
  /** committed energy of a local day that may be used in any of its hours, at its hand-back price; null: none, or by the hour */
  readonly committedPerDay: { readonly kwh: number; readonly handBackUsdPerKwh: number } | null
  /** what one machine takes changes what another pays: more than one step, cap, floor, peak charge, committed days */
  readonly isCoupled: boolean
  /** what the reader should know: prices repeated after the end of a file, hours without a price. Plain sentences. */
  readonly notes: readonly string[]
}
