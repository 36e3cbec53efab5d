/**
 * Which watts and which hashrate to believe, and how far the margin may be off for it.
 */

/** From the one to believe first to the last. Position in this list is the code stored for it. */
export const FIGURE_SOURCES = ['metered', 'reported', 'entered', 'nameplate'] as const
export type FigureSource = (typeof FIGURE_SOURCES)[number]
export const ENTERED = 2
export const NAMEPLATE = 3

/**
 * How far a figure of each source may be off, as a fraction either way. What a meter says is what is billed and paid. In the field, the
 * power that miners report and the power on their plates are off by 5 to 20 %: the miner's own estimate
 * (no meter on its input) stands at the low end, the plate (another room temperature, another firmware, worn chips) at the high
 * end, and a figure typed by hand, which may come from either, between them.
 */
export const UNCERTAINTY: Readonly<Record<FigureSource, number>> = {
  metered: 0,
  reported: 0.05,
  entered: 0.1,
  nameplate: 0.2,
}

export type SourcedFigure = { readonly value: number; readonly source: FigureSource }

/** The figure to believe: of those that are given (not NaN) the one whose source comes first; null where none is. */
export function believedFigure(given: Readonly<Partial<Record<FigureSource, number>>>): SourcedFigure | null {
  for (const source of FIGURE_SOURCES) {
    const value = given[source]
    if (value !== undefined && !Number.isNaN(value)) return { value, source }
  }
  return null
}

/** The parts of a lot's margin that its own figures carry, USD/day. */
export type MarginParts = {
  /** in proportion to hashrate */
  readonly revenueUsdPerDay: number
  readonly avoidableCostUsdPerDay: number
  /** cost of being off all day: what standby power costs does not hang on the power while hashing */
  readonly standbyCostUsdPerDay: number
  readonly uptime: number
}

/**
 * The cash margin with hashrate and power each at either end of its uncertainty, USD/day; both ends are the margin where both
 * figures are metered, and NaN where the margin is.
 */
export function marginRangeUsdPerDay(
  parts: MarginParts,
  hashrateSource: FigureSource,
  powerSource: FigureSource,
): readonly [lo: number, hi: number] {
  const { revenueUsdPerDay, avoidableCostUsdPerDay, standbyCostUsdPerDay, uptime } = parts
  const running = avoidableCostUsdPerDay - standbyCostUsdPerDay * (1 - uptime)
  // Where power is paid for, the cost is negative, and more of it is better.
  const doubt =
    Math.abs(revenueUsdPerDay) * UNCERTAINTY[hashrateSource] + Math.abs(running) * UNCERTAINTY[powerSource]
  const margin = revenueUsdPerDay - avoidableCostUsdPerDay
  return [margin - doubt, margin + doubt]
}
