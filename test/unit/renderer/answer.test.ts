import { describe, expect, it } from 'vitest'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { NO_SITES_TO_CALL } from '#shared/domain/decision/acts/called.ts'
import { sitesToCall } from '#shared/domain/decision/acts/sites-to-call.ts'
import type { Picture } from '#shared/domain/decision/picture.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { prepareStrikeLine, strikeBars } from '#shared/domain/margins/strike-line.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import { spanOf } from '#renderer/charts/strike-line/axis.ts'
import { answerDetails, answerWords, passedWords } from '#shared/format/answer-words.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { pictureOf } from '#shared/domain/decision/picture.ts'
import { flipOf } from '#shared/format/shown-flip.ts'
import { memo } from '#renderer/state/memo.ts'
import type { WindowState } from '#renderer/state/store.ts'
import { NETWORK, smallFleet } from './small-fleet.ts'

const S19: Partial<Machine> = { model: 'Antminer S19 95T', hashrateThs: 95, powerW: 3250, site: 'Harbor' }
const picture = (machines: readonly Partial<Machine>[], network = NETWORK) =>
  pictureOf(prepare(smallFleet(machines), PLAIN_CASE), marketOf(network, { change: null, horizonDays: null }))
const answered = ({ advice, prepared, market, totals }: Picture) => ({
  advice: advice?.totals ?? null,
  sitesToCall: advice === null ? NO_SITES_TO_CALL : sitesToCall(prepared, market, advice),
  market,
  totals,
})
const said = (machines: readonly Partial<Machine>[], network = NETWORK) => {
  const { before, moneyUsd, after } = answerWords(answered(picture(machines, network)))
  return `${before}${Number.isNaN(moneyUsd) ? '' : '$'}${after}`
}

describe('the sentence', () => {
  it('says to power down, with the money and the day of the horizon', () => {
    expect(said([{}, { ...S19, quantity: 3 }])).toMatch(
      /^Power down 3 machines at Harbor now\. It saves \$ by \d+ December\.$/,
    )
    expect(said([{}, S19])).toContain('Power down 1 machine at Harbor now.')
  })

  it('says to run everything only if everything that runs earns', () => {
    expect(said([{}])).toBe('Run everything. It earns $ a day after power.')
    expect(said([{}, { ...S19, status: 'off' }])).toBe(
      'Run on what runs, and leave 1 machine off. It earns $ a day after power.',
    )
  })

  it('says what it does not know instead of guessing', () => {
    expect(said([{ ...S19, status: 'off' }])).toBe('No machine runs, and none is worth starting.')
    expect(said([{ hashrateThs: Number.NaN }])).toMatch(/^There is no answer yet/)
  })

  it('says to start what is off and earns, with what that brings, and never to run everything meanwhile', () => {
    expect(said([{}, { status: 'off', quantity: 6 }])).toMatch(
      /^Start 6 idle machines at North now\. It earns \$ by \d+ December\.$/,
    )
    expect(said([{ status: 'off' }])).toMatch(/^Start 1 idle machine at North now\. It earns \$ by/)
    expect(said([{ status: 'off', quantity: 2 }, S19])).toMatch(
      /^Power down 1 machine and start 2 idle machines at North and Harbor now\. It is worth \$ by/,
    )
    // A start that does not bring back what it costs is none.
    expect(said([{}, { status: 'off', restartUsd: 100_000 }])).toBe(
      'Run on what runs, and leave 1 machine off. It earns $ a day after power.',
    )
  })

  it('runs on until the adjustment what goes under after it', () => {
    const rising = { ...NETWORK, epoch: { blocks: 1500, seconds: 1500 * 560 } }
    const market = marketOf(rising, { change: null, horizonDays: null })
    const middle = (market.hashpriceUsdPerPhDay + market.hashpriceAfterUsdPerPhDay) / 2
    const soon = { hashrateThs: 100, powerW: (middle / 1.2) * 100 }
    expect(said([{}, { ...soon, quantity: 5 }], rising)).toMatch(
      /^Run on until the adjustment, about \d+ Nov; then power down 5 machines\. It saves \$ by/,
    )
  })

  it('gives verdicts and money per day, and no date, where no adjustment is known', () => {
    const unknown = { ...NETWORK, epoch: null }
    expect(said([{}, { ...S19, quantity: 3 }], unknown)).toBe(
      'Power down 3 machines at Harbor now. It saves $ a day.',
    )
    expect(said([{}], unknown)).toBe('Run everything. It earns $ a day after power.')
    expect(answerDetails(US_DOLLARS, answered(picture([{}], unknown)), null).join(' ')).toContain(
      'money is per day and without a date',
    )
  })

  it('pauses where a loss before the adjustment turns into a gain after it', () => {
    // break-even 36: above 34.5 now, below what hashprice is after a falling difficulty
    const between = { hashrateThs: 100, powerW: 3000 }
    expect(said([{}, between])).toMatch(
      /^Pause 1 machine until the adjustment, about \d+ Nov at North\. It saves \$ by/,
    )
    const both = picture([between, S19])
    expect(both.advice?.totals.machines).toMatchObject({ run: 0, pause: 1, off: 1 })
    expect(answerWords(answered(both)).before).toMatch(
      /^Power down 1 machine and pause 1 machine until the adjustment, about \d+ Nov at/,
    )
  })
})

describe('what would change the answer', () => {
  it('is told with the lot whose verdict changes, at the hashprices at which one really does', () => {
    const seen = picture([{}, S19, { powerW: 5700 }])
    const { above, below } = seen.advice!.flips()
    const named = {
      above: flipOf(seen.basis.fleet, above),
      below: flipOf(seen.basis.fleet, below),
      chance: null,
    }
    const details = answerDetails(US_DOLLARS, answered(seen), named).join(' ')
    expect(details).toMatch(/Above a hashprice of \$\d+\.\d\d the advice changes \(.*, \w+: [a-z, ]+\)\./)
    expect(details).toMatch(/Below \$\d+\.\d\d it changes too/)
    expect(answerDetails(US_DOLLARS, answered(seen), null).join(' ')).not.toContain('changes')
  })
})

describe('axis of the strike line', () => {
  const span = (machines: readonly Partial<Machine>[], lines: readonly number[]) => {
    const basis = prepareMargins(smallFleet(machines))
    return spanOf(strikeBars(prepareStrikeLine(basis), { now: lines[0] ?? 0, after: null }, 40).bars, lines)
  }

  it('starts near the cheapest lot, and below zero only where power is paid for', () => {
    // breaks even at 21
    expect(span([{}], [34]).min).toBeGreaterThan(18)
    expect(span([{}], [34]).min).toBeLessThan(21)
    expect(span([{ powerPriceUsdPerKwh: -0.02 }, {}], [34]).min).toBeLessThan(0)
  })

  it('always shows the lines, and tears off what stands far above them', () => {
    expect(span([{}], [34, 50]).max).toBeGreaterThan(50)
    const old = { hashrateThs: 5, powerW: 1300 }
    expect(span([{ quantity: 40 }, old], [34]).max).toBeLessThan(100)
    expect(span([old, { ...old, quantity: 2 }], [34]).max).toBeGreaterThan(300)
  })

  it('has the days before in sight, but for a peak that would press all else flat', () => {
    const bars = (past: readonly number[]) => spanOf([], [34], past)
    expect(bars([36, 48]).max).toBeGreaterThan(48)
    expect(bars([36, 400]).max).toBeLessThan(60)
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
      prepare(smallFleet([{}, { ...S19, quantity: 3 }]), PLAIN_CASE),
      marketOf(NETWORK, { change, horizonDays: null }, NETWORK.atMs! + days * DAY_MS),
    )

  it('is applied as expected, and the next one is ahead, also where its change is tried', () => {
    const { applied } = seenAfter(30).market
    expect(applied.length).toBeGreaterThan(0)
    for (const change of [null, 0.05]) {
      const { market, advice } = seenAfter(30, change)
      const applying = applied.reduce((product, passed) => product * (1 + passed.change), 1)
      expect(market.hashpriceUsdPerPhDay * applying).toBeCloseTo(seenAfter(0).market.hashpriceUsdPerPhDay, 9)
      expect(market.adjustmentAtMs).toBeGreaterThanOrEqual(NETWORK.atMs! + 30 * DAY_MS)
      expect(market.change).toBe(change ?? market.estimate!.change)
      expect(advice).not.toBeNull()
    }
  })

  it('is told with its range and the day on which it was expected', () => {
    expect(passedWords(seenAfter(0).market)).toBeNull()
    expect(passedWords(seenAfter(20).market)).toMatch(
      /^The adjustment that was expected on 2\d November has passed since these values; it is applied as expected, [^)]* \(95 %: [^)]*\)\./,
    )
  })

  it('counts money only over days that are left, to the same day', () => {
    const [fresh, old] = [seenAfter(0), seenAfter(2)]
    expect(old.market.outlook!.daysToAdjustment).toBeCloseTo(fresh.market.outlook!.daysToAdjustment - 2, 9)
    expect(old.market.adjustmentAtMs).toBe(fresh.market.adjustmentAtMs)
    expect(old.market.horizonEndMs).toBeCloseTo(fresh.market.horizonEndMs, -1)
    expect(old.advice!.totals.gainUsd).toBeLessThan(fresh.advice!.totals.gainUsd)
  })

  it('is never dated before the moment that is looked from, while it is only due', () => {
    const settled = { ...NETWORK, epoch: { blocks: 2015, seconds: 1_209_600 } }
    const nowMs = NETWORK.atMs! + 1_800_000
    const market = marketOf(settled, { change: null, horizonDays: null }, nowMs)
    expect(market.outlook?.daysToAdjustment).toBe(0)
    expect(market.adjustmentAtMs).toBe(nowMs)
  })
})

describe('values without a day, as the sample’s', () => {
  it('give the length of the horizon in place of its end, and no date', () => {
    const timeless = { ...NETWORK, atMs: null }
    expect(said([{}, { ...S19, quantity: 3 }], timeless)).toMatch(
      /^Power down 3 machines at Harbor now\. It saves \$ over \d+ days\.$/,
    )
    expect(said([{}, { hashrateThs: 100, powerW: 3000 }], timeless)).toMatch(
      /^Pause 1 machine until the adjustment at North\. It saves \$ over \d+ days\.$/,
    )
  })
})
