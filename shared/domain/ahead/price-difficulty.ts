/** Margin a day after the next adjustment, by the price of bitcoin and the change of difficulty. */
export type PriceDifficultyGrid = {
  /** rising; the price of the scenario is among them unless others were chosen */
  readonly pricesUsdPerBtc: readonly number[]
  /** rising, fractions; the expected change is among them unless others were chosen */
  readonly changes: readonly number[]
  /** row · changes + column; with the advice followed (best) */
  readonly marginUsdPerDay: readonly number[]
  /** where today's price and the expected change stand; −1: they are not among the rows, the columns */
  readonly atPrice: number
  readonly atChange: number
}
