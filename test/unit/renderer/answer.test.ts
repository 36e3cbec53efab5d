import { describe, expect, it } from 'vitest'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import { spanOf } from '#renderer/charts/strike-line/axis.ts'
import { answerDetails, answerWords } from '#renderer/lib/answer-words.ts'
import { nearestStrikes } from '#shared/domain/margins/nearest-strikes.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import { memo } from '#renderer/state/memo.ts'
import { cutList, powerDownList } from '#renderer/print/power-down-list.ts'
import type { WindowState } from '#renderer/state/store.ts'
import { NETWORK, smallFleet } from './small-fleet.ts'

const S19: Partial<Machine> = { model: 'Antminer S19 95T', hashrateThs: 95, powerW: 3250, site: 'Harbor' }
const T19: Partial<Machine> = { model: 'Antminer T19 84T', hashrateThs: 84, powerW: 3150, site: 'Harbor' }
const picture = (machines: readonly Partial<Machine>[], network = NETWORK) =>
  pictureOf(prepareMargins(smallFleet(machines)), marketOf(network, { change: null, horizonDays: null }))
const said = (machines: readonly Partial<Machine>[], network = NETWORK) => {
  const { before, moneyUsd, after } = answerWords(picture(machines, network))
  return `${before}${Number.isNaN(moneyUsd) ? '' : '$'}${after}`
}

describe('the sentence', () => {
  it('says to power down, with the money and the day of the horizon', () => {
    expect(said([{}, { ...S19, quantity: 3 }])).toMatch(
      /^Power down 3 machines now\. It saves \$ by \d+ December\.$/,
    )
    expect(said([{}, S19])).toContain('Power down 1 machine now.')
  })

  it('says to run everything only if everything that runs earns', () => {
    expect(said([{}])).toBe('Run everything. It earns $ a day after power.')
    // a machine that is off does not count
    expect(said([{}, { ...S19, status: 'off' }])).toBe('Run everything. It earns $ a day after power.')
  })

  it('says what it does not know instead of guessing', () => {
    expect(said([{ status: 'off' }])).toBe('No machine runs.')
    expect(said([{ hashrateThs: Number.NaN }])).toMatch(/^There is no answer yet/)
    expect(said([{}], { ...NETWORK, epoch: null })).toMatch(/^As it runs, the fleet earns \$ a day\./)
  })

  it('pauses where a loss before the adjustment turns into a gain after it', () => {
    // break-even 36: above 34.5 now, below what hashprice is after a falling difficulty
    const between = { hashrateThs: 100, powerW: 3000 }
    expect(said([{}, between])).toMatch(
      /^Pause 1 machine until the adjustment, about \d+ Nov\. It saves \$ by/,
    )
    const both = picture([between, S19])
    expect(both.advice?.machines).toEqual({ run: 0, pause: 1, off: 1 })
    expect(answerDetails(US_DOLLARS, both, { below: null, above: null })[0]).toMatch(
      /^1 more machine pauses until/,
    )
  })
})

describe('what would change the answer', () => {
  it('finds the break-evens next to the hashprice on both sides', () => {
    const basis = prepareMargins(smallFleet([S19, {}, T19, { powerW: 4500 }]))
    const { order } = prepareStrikeLine(basis)
    const { below, above } = nearestStrikes(basis, order, 34.5)
    expect([below?.row, above?.row]).toEqual([3, 0])
    expect(nearestStrikes(basis, order, 1)).toMatchObject({ below: null, above: { row: 1 } })
    expect(nearestStrikes(basis, order, 1000)).toMatchObject({ below: { row: 2 }, above: null })
    expect(nearestStrikes(basis, order, Number.NaN)).toEqual({ below: null, above: null })
  })
})

describe('axis of the strike line', () => {
  const span = (machines: readonly Partial<Machine>[], lines: readonly number[]) => {
    const basis = prepareMargins(smallFleet(machines))
    return spanOf(strikeBars(prepareStrikeLine(basis), { now: lines[0] ?? 0, after: null }, 40).bars, lines)
  }

  it('starts at zero, or below where power is paid for', () => {
    expect(span([{}], [34]).min).toBe(0)
    expect(span([{ powerPriceUsdPerKwh: -0.02 }, {}], [34]).min).toBeLessThan(0)
  })

  it('always shows the lines, and cuts bars far beyond them', () => {
    expect(span([{}], [34, 50]).max).toBeGreaterThan(50)
    const far = span([{}, { hashrateThs: 5, powerW: 1300 }], [34])
    expect(far).toMatchObject({ cut: true })
    expect(far.max).toBeLessThan(100)
  })
})

describe('the list of the report', () => {
  const decided = picture([{}, S19, { ...S19, quantity: 2 }, T19, { ...T19, status: 'off' }])
  const lines = powerDownList(decided.basis, decided.decisions!, decided.market.outlook!)

  it('adds up lots of one model at one site and leaves out what runs on or is off', () => {
    expect(lines.map(({ model, lots, machines, id }) => ({ model, lots, machines, id }))).toEqual([
      { model: 'Antminer S19 95T', lots: 2, machines: 3, id: null },
      { model: 'Antminer T19 84T', lots: 1, machines: 1, id: 'm-4' },
    ])
    const total = lines.reduce((sum, line) => sum + line.gainUsd, 0)
    expect(total).toBeCloseTo(decided.advice!.gainUsd, 9)
  })

  it('tells what is cut off, so that the money still adds up', () => {
    expect(cutList(lines, 2).rest).toBeNull()
    const { shown, rest } = cutList(lines, 1)
    expect(shown).toHaveLength(1)
    expect(rest).toMatchObject({ lots: 1, machines: 1 })
    expect(shown[0]!.gainUsd + rest!.gainUsd).toBeCloseTo(decided.advice!.gainUsd, 9)
  })
})

describe('selectors', () => {
  it('compute again only when an input is another one', () => {
    let computed = 0
    const select = memo([(state: WindowState) => state.screen], (screen) => {
      computed++
      return [screen]
    })
    const state = { screen: 'today' } as WindowState
    const first = select(state)
    expect(select({ ...state, dialog: null })).toBe(first)
    expect(computed).toBe(1)
    expect(select({ ...state, screen: 'sites' })).toEqual(['sites'])
    expect(computed).toBe(2)
  })
})

describe('an adjustment that has passed', () => {
  const DAY_MS = 86_400_000
  const seenAfter = (days: number, change: number | null = null) =>
    pictureOf(
      prepareMargins(smallFleet([{}, { ...S19, quantity: 3 }])),
      marketOf(NETWORK, { change, horizonDays: null }, NETWORK.atMs! + days * DAY_MS),
    )

  it('gives no verdict, no date and no figure after it, whatever change is tried', () => {
    for (const change of [null, 0.05]) {
      const { market, advice, decisions, totals } = seenAfter(30, change)
      expect([market.outlook, market.estimate, advice, decisions]).toEqual([null, null, null, null])
      expect(market.change).toBeNaN()
      expect(market.hashpriceAfterUsdPerPhDay).toBeNaN()
      expect(market.adjustmentAtMs).toBeNaN()
      expect(market.horizonEndMs).toBeNaN()
      expect(totals.marginUsdPerDay).toBe(seenAfter(0).totals.marginUsdPerDay)
    }
  })

  it('is said in place of it, with the margins of the values', () => {
    const { before, after } = answerWords(seenAfter(30))
    expect(`${before}…${after}`).toMatch(
      /^As it runs, the fleet earns … a day by these values\. The adjustment of these values was due on 2\d November; its result is not known here\.$/,
    )
  })

  it('counts money only over days that are left, to the same day', () => {
    const [fresh, old] = [seenAfter(0), seenAfter(2)]
    expect(old.market.outlook!.daysToAdjustment).toBeCloseTo(fresh.market.outlook!.daysToAdjustment - 2, 9)
    expect(old.market.adjustmentAtMs).toBe(fresh.market.adjustmentAtMs)
    expect(old.market.horizonEndMs).toBeCloseTo(fresh.market.horizonEndMs, -1)
    expect(old.advice!.gainUsd).toBeLessThan(fresh.advice!.gainUsd)
  })

  it('is never dated before the moment that is looked from, while it is only due', () => {
    const settled = { ...NETWORK, epoch: { blocks: 2015, seconds: 1_209_600 } }
    const nowMs = NETWORK.atMs! + 3_600_000
    const market = marketOf(settled, { change: null, horizonDays: null }, nowMs)
    expect(market.outlook?.daysToAdjustment).toBe(0)
    expect(market.adjustmentAtMs).toBe(nowMs)
  })
})

describe('values without a day, as the sample’s', () => {
  it('give the length of the horizon in place of its end, and no date', () => {
    const timeless = { ...NETWORK, atMs: null }
    expect(said([{}, { ...S19, quantity: 3 }], timeless)).toMatch(
      /^Power down 3 machines now\. It saves \$ over \d+ days\.$/,
    )
    expect(said([{}, { hashrateThs: 100, powerW: 3000 }], timeless)).toMatch(
      /^Pause 1 machine until the adjustment\. It saves \$ over \d+ days\.$/,
    )
  })
})
