import { describe, expect, it } from 'vitest'
import {
  believedFigure,
  FIGURE_SOURCES,
  marginRangeUsdPerDay,
  UNCERTAINTY,
} from '#shared/domain/fleet/provenance.ts'

describe('which figure to believe', () => {
  it('is the metered one, then the reported, then the entered, then the nameplate', () => {
    const given = { nameplate: 3250, entered: 3300, reported: 3400, metered: 3480 }
    expect(believedFigure(given)).toEqual({ value: 3480, source: 'metered' })
    expect(believedFigure({ ...given, metered: NaN })).toEqual({ value: 3400, source: 'reported' })
    expect(believedFigure({ nameplate: 3250, entered: 3300 })).toEqual({ value: 3300, source: 'entered' })
    expect(believedFigure({ nameplate: 3250 })).toEqual({ value: 3250, source: 'nameplate' })
  })

  it('is none where none is given: never a 0', () => {
    expect(believedFigure({})).toBeNull()
    expect(believedFigure({ metered: NaN })).toBeNull()
    expect(believedFigure({ metered: 0 })).toEqual({ value: 0, source: 'metered' })
  })
})

describe('the range of a margin', () => {
  const parts = { revenueUsdPerDay: 10, avoidableCostUsdPerDay: 6, standbyCostUsdPerDay: 0, uptime: 1 }

  it('is nothing where both figures are metered, and 5 to 20 % of a figure elsewhere', () => {
    expect(marginRangeUsdPerDay(parts, 'metered', 'metered')).toEqual([4, 4])
    const [lo, hi] = marginRangeUsdPerDay(parts, 'metered', 'nameplate')
    expect(lo).toBeCloseTo(4 - 1.2, 12)
    expect(hi).toBeCloseTo(4 + 1.2, 12)
    expect(marginRangeUsdPerDay(parts, 'reported', 'metered')[0]).toBeCloseTo(3.5, 12)
    const doubts = FIGURE_SOURCES.slice(1).map((source) => UNCERTAINTY[source])
    expect(doubts.every((doubt) => doubt >= 0.05 && doubt <= 0.2)).toBe(true)
    expect([...doubts].sort((a, b) => a - b)).toEqual(doubts)
  })

  it('leaves standby power out of the doubt, and takes paid-for power as it is', () => {
    const half = { ...parts, standbyCostUsdPerDay: 2, uptime: 0.5 }
    expect(marginRangeUsdPerDay(half, 'metered', 'nameplate')[1]).toBeCloseTo(4 + 0.2 * 5, 12)
    const paid = { ...parts, avoidableCostUsdPerDay: -6 }
    const [lo, hi] = marginRangeUsdPerDay(paid, 'metered', 'entered')
    expect([lo, hi].map((end) => Number(end.toFixed(9)))).toEqual([15.4, 16.6])
  })

  it('does not exist where the margin does not', () => {
    expect(marginRangeUsdPerDay({ ...parts, revenueUsdPerDay: NaN }, 'metered', 'entered')).toEqual([
      NaN,
      NaN,
    ])
  })
})
