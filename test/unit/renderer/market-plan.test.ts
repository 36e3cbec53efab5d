import { describe, expect, it } from 'vitest'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import { bandShares, besideWords, pictureWords } from '#renderer/charts/market/band-words.ts'
import type { MarketScene } from '#renderer/charts/market/market-plan.ts'
import { dayAt, marketPlan, pieceAt } from '#renderer/charts/market/market-plan.ts'
import type { FleetOnMarket } from '#renderer/engine/market-view.ts'
import { marketView } from '#renderer/engine/market-view.ts'
import { dailySeries } from '../signals/daily.ts'
import { NETWORK, smallFleet } from './small-fleet.ts'

const viewOf = (machines: readonly Partial<Machine>[]) =>
  marketView(
    pictureOf(
      prepare(smallFleet(machines), PLAIN_CASE),
      marketOf(NETWORK, { change: null, horizonDays: null }),
    ),
  ) as FleetOnMarket
/** Break-even 1.2 × J/TH at North. */
const lot = (breakevenUsd: number, more: Partial<Machine> = {}) => ({
  ...{ hashrateThs: 100, powerW: (breakevenUsd / 1.2) * 100, poolFee: 0, uptime: 1, standbyW: 0 },
  ...more,
})

const SIZE = { widthPx: 1000, heightPx: 400, textPx: 10.5 }
const { dates } = dailySeries(730, {}, '2025-11-21')
const scene = (fleet: FleetOnMarket | null, change: Partial<MarketScene> = {}): MarketScene => ({
  days: {
    dates,
    usdPerPhDay: Float64Array.from(dates, (_, day) => 40 + 10 * Math.sin(day / 60)),
    span: { from: 0, to: 729 },
  },
  fleet,
  now: fleet?.hashpriceUsdPerPhDay ?? Number.NaN,
  after: fleet?.hashpriceAfterUsdPerPhDay ?? Number.NaN,
  unitsOf: US_DOLLARS.hashpriceUnits,
  words: US_DOLLARS.perPh,
  size: SIZE,
  ...change,
})

describe('the fleet on the axis of the hashprice', () => {
  it('says whom it leaves out: what does not run, or is paid for nothing', () => {
    const fleet = viewOf([
      lot(30, { quantity: 3 }),
      lot(30, { quantity: 500, status: 'off' }),
      lot(30, { quantity: 7, uptime: 0, standbyW: 10 }),
    ])
    expect([fleet.now.machines, fleet.bands[0]!.machines, fleet.machinesBeside]).toEqual([10, 3, 507])
    expect(besideWords(fleet)).toBe(
      '507 machines that do not run, are paid for no hashrate or lack a figure are not in it.',
    )
    expect(viewOf([lot(30)]).machinesBeside).toBe(0)
  })

  it('has bands of round edges, at most sixty parts of them, for one lot and for thousands', () => {
    const one = viewOf([lot(30, { quantity: 3 })])
    expect(one.bands).toHaveLength(1)
    expect(one.now).toMatchObject({ lots: 1, machines: 3 })
    const many = viewOf(Array.from({ length: 3000 }, (_, i) => lot(15 + (i % 600) / 12)))
    expect(many.bands.length).toBeGreaterThan(15)
    expect(many.bands.length).toBeLessThanOrEqual(60)
    const step = many.grid!.stepUsdPerPhDay
    expect(
      many.bands.every(({ fromUsdPerPhDay: from }) => Math.abs(from / step - Math.round(from / step)) < 1e-9),
    ).toBe(true)
    expect(many.bands.reduce((all, { machines }) => all + machines, 0)).toBe(3000)
  })

  it.each([400, 36_000])('has a band for outliers alone at %d, so that they press nothing flat', (far) => {
    const view = viewOf([lot(30, { quantity: 100 }), lot(36, { quantity: 100 }), lot(far)])
    expect(view.bands.map(({ machines }) => machines)).toEqual([100, 100, 1])
    expect(view.grid!.fromUsdPerPhDay + view.grid!.count * view.grid!.stepUsdPerPhDay).toBeLessThan(40)
    expect(view.bands.at(-1)!.highestUsdPerPhDay).toBeCloseTo(far, 6)
    const plan = marketPlan(scene(view))
    expect(plan.pieces.at(-1)!.isTorn).toBe(true)
    expect(plan.tornTexts.map(({ text }) => text)).toEqual([`up to ${US_DOLLARS.perPh(far, 'up')}`])
  })

  it('says nothing of a fleet that does not run, and nothing without a network', () => {
    expect(viewOf([lot(30, { status: 'off' })])).toMatchObject({ bands: [], grid: null, now: { lots: 0 } })
    expect(marketView(null)).toBeNull()
  })
})

describe('the picture', () => {
  const view = viewOf([lot(30, { quantity: 4 }), lot(34.3), lot(34.4), lot(36, { quantity: 2 })])

  it('has days and fleet on one axis: what loses lies above the line of now, what earns below', () => {
    const plan = marketPlan(scene(view))
    const now = plan.lines.find(({ of }) => of === 'now')!
    expect(now.x1).toBe(plan.left)
    expect(now.x2).toBe(plan.right)
    for (const piece of plan.pieces) {
      const middle = plan.upright.y(
        (view.bands[piece.band]!.lowestUsdPerPhDay + view.bands[piece.band]!.highestUsdPerPhDay) / 2,
      )
      if (piece.state === 'under water') expect(middle).toBeLessThan(now.y)
      if (piece.state === 'earns') expect(middle).toBeGreaterThanOrEqual(now.y)
      expect(piece.x + piece.width).toBeLessThanOrEqual(plan.right + 2)
    }
    // Lengths are hashrate.
    const widths = plan.pieces.map(({ width, band }) => width / view.bands[band]!.acceptedPhs)
    expect(Math.max(...widths) / Math.min(...widths)).toBeLessThan(1.02)
    expect(plan.captions.map(({ text }) => text.split(' ')[0])).toEqual(['now', 'after'])
    expect(Math.abs(plan.captions[0]!.y - plan.captions[1]!.y)).toBeGreaterThanOrEqual(SIZE.textPx)
  })

  it('reads the day and the band that are pointed at', () => {
    const plan = marketPlan(scene(view))
    expect(dayAt(plan, plan.pane!.left)).toBe(0)
    expect(dayAt(plan, plan.pane!.right)).toBe(729)
    expect(dayAt(plan, plan.profile!.left + 20)).toBeNull()
    const first = plan.pieces[0]!
    expect(pieceAt(plan, first.x + 2, first.y + 1)).toBe(0)
    expect(pieceAt(plan, first.x + 2, plan.upright.bottom + 40)).toBeNull()
  })

  it('takes the whole width for the fleet without a history, and for the days without a fleet', () => {
    const alone = marketPlan(scene(view, { days: null }))
    expect(alone.pane).toBeNull()
    expect(alone.profile).toEqual({ left: alone.left, right: alone.right })
    const days = marketPlan(scene(null))
    expect(days.profile).toBeNull()
    expect(days.pane!.right).toBe(days.right)
    expect(days.lines).toEqual([])
    expect(days.past.startsWith('M')).toBe(true)
  })

  it('draws no more points than the screen has, keeps the extremes, and is logarithmic over a wide range', () => {
    const long = dailySeries(6000, {}, '2025-11-21').dates
    const usdPerPhDay = Float64Array.from(long, (_, day) => (day === 3003 ? 90_000 : 9000 / (1 + day / 20)))
    const plan = marketPlan(scene(view, { days: { dates: long, usdPerPhDay, span: { from: 0, to: 5999 } } }))
    expect(plan.past.match(/[ML]/g)!.length).toBeLessThanOrEqual(2 * 1000)
    expect(plan.upright.logarithmic).toBe(true)
    expect(plan.upright.max).toBeGreaterThanOrEqual(90_000)
    expect(plan.past).toContain(` ${plan.upright.y(90_000)}`)
  })

  it('breaks the line where days are missing', () => {
    const usdPerPhDay = Float64Array.from(dates, (_, day) => (day > 100 && day < 140 ? Number.NaN : 40))
    expect(
      marketPlan(scene(view, { days: { dates, usdPerPhDay, span: { from: 0, to: 729 } } })).past.match(/M/g),
    ).toHaveLength(2)
  })
})

describe('its words', () => {
  it('say shares that add up to 100 % as printed', () => {
    const { bands } = viewOf([lot(20), lot(30), lot(40)])
    const tenths = bandShares(bands).map((text) => Math.round(Number.parseFloat(text) * 10))
    expect(tenths.reduce((all, each) => all + each, 0)).toBe(1000)
  })

  it('say what is there and what is not', () => {
    const words = (fleet: FleetOnMarket | null, now: number, days: string | null) =>
      pictureWords({ fleet, now, days }, US_DOLLARS).replaceAll(/[\u202f\u00a0]/g, ' ')
    const view = viewOf([lot(30), lot(36)])
    expect(words(view, 34.5, 'these 2 years')).toBe(
      'Hashprice over these 2 years; now $34.50 per PH/s a day; the fleet breaks even at $30.00 … $36.00, 50.0 % of its hashrate above the hashprice of now',
    )
    expect(words(null, Number.NaN, 'these days')).toBe(
      'Hashprice over these days; the hashprice of now is not known',
    )
  })
})
