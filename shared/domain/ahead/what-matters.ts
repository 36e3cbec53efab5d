export type Moved = 'price' | 'difficulty' | 'power' | 'uptime'

/** Margin a day after the next adjustment where one thing is moved and all else stays, USD. */
export type Sensitivity = {
  readonly moved: Moved
  /** fractions; of uptime in points as a fraction (0.02) */
  readonly by: number
  /** where the thing is lower and where it is higher, whichever of the two earns more */
  readonly lowUsdPerDay: number
  readonly highUsdPerDay: number
}
