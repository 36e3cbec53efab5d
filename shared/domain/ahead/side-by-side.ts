/** An epoch of a scenario as a chart and a table show it. */
export type EpochAhead = {
  readonly epoch: number
  readonly startsAtDay: number
  readonly days: number
  /** unix ms; NaN where no date is known */
  readonly startsAtMs: number
  readonly hashpriceUsdPerPhDay: number
  readonly marginUsdPerDay: number
}

/** What a scenario comes to, under one policy (stop: best; run: as it runs). Money is cash. NaN = not in the horizon. */
export type ScenarioAhead = {
  /** of `responseScale` */
  readonly scale: number | null
  readonly epochs: readonly EpochAhead[]
  /** of all epochs together */
  readonly days: number
  /** unix ms; NaN where no date is known */
  readonly endsAtMs: number
  readonly nowUsdPerDay: number
  /** of the epoch that day 90 falls in */
  readonly in90DaysUsdPerDay: number
  /** of the last epoch */
  readonly endUsdPerDay: number
  readonly sumUsd: number
  /** of those that run today, the ones that earn most by being off at the hashprice of the last epoch */
  readonly machinesToPowerDown: number
  /** of the last epoch */
  readonly endHashpriceUsdPerPhDay: number
}
