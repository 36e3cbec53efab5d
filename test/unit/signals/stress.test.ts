import { describe, expect, it } from 'vitest'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { signalReadings } from '#shared/domain/signals/readings.ts'
import { signalsOf } from '#shared/domain/signals/signals.ts'
import { combinationOf, stressAt } from '#shared/domain/signals/stress.ts'
import { dailySeries } from './daily.ts'

const columnsOf = (series: DailySeries) => signalsOf(series, null).columns

describe('signs of stress', () => {
  // A steady network; at the end hashrate and price fall by the given shares for ten days.
  const falling = (hashrateFall: number, priceFall: number, days = 500) =>
    dailySeries(days, {
      hashrateEhs: (i) => 100 * (i >= days - 10 ? 1 - hashrateFall : 1),
      priceUsd: (i) => (40_000 + (i % 30)) * (i >= days - 10 ? 1 - priceFall : 1),
      difficulty: () => 2e13,
      issuanceBtc: () => 900,
      feesBtc: () => 10,
    })
  const lastOf = (series: DailySeries) => stressAt(columnsOf(series), series.dates.length - 1)

  it('are ribbons in capitulation, Puell below 0.5 and a hashprice in the lowest tenth of its year', () => {
    expect(lastOf(falling(0.3, 0.6))).toEqual({
      signs: { hashRibbons: true, puell: true, hashprice: true, minerNetFlow: null },
      level: 'stress',
    })
    expect(lastOf(falling(0, 0.6)).signs).toMatchObject({ hashRibbons: false, puell: true })
    expect(lastOf(falling(0, 0.4)).signs).toMatchObject({ puell: false, hashprice: true })
  })
  it('are stress only when there are two of them', () => {
    expect(lastOf(falling(0.3, -0.2)).level).toBe('one sign')
    expect(lastOf(falling(-0.3, -0.2)).level).toBe('none')
    expect(lastOf(falling(0.3, 0.4)).level).toBe('stress')
  })
  it('include a wave of coins leaving miners', () => {
    const wave = dailySeries(400, { minerNetFlowBtc: (i) => (i >= 398 ? 500 : i % 10) })
    expect(lastOf(wave).signs.minerNetFlow).toBe(true)
  })
  it('give no level while fewer than two are known', () => {
    expect(lastOf(dailySeries(100, { hashrateEhs: (i) => 200 - i })).level).toBeNull()
  })
})

/** Four years; NVT falls into its value zone and miners come under stress on the days given. */
const both = (pressed: (i: number) => boolean, priceUsd: (i: number) => number, days = 1800) =>
  dailySeries(days, {
    hashrateEhs: (i) => (pressed(i) ? 50 : 100),
    issuanceBtc: (i) => (pressed(i) ? 90 : 900),
    priceUsd,
    marketCapUsd: (i) => (pressed(i) ? 0.5e12 : 1e12 + (i % 7) * 1e10),
    transferValueUsd: () => 1e10,
  })
const combined = (series: DailySeries) => combinationOf(series, signalsOf(series, null))

describe('stress together with a value-zone NVT', () => {
  it('counts its earlier spells and whether the price stood higher a year after their first day', () => {
    // Two spells of 20 days; the price is higher a year after the first and lower a year after the second.
    const series = both(
      (i) => (i >= 900 && i < 920) || (i >= 1100 && i < 1120),
      (i) => (i < 1000 ? 100 : i < 1200 ? 300 : i < 1400 ? 200 : 100),
    )
    const { past, nvt, stress } = combined(series)
    expect(past).toMatchObject({ spells: 2, higher: 1, lower: 1 })
    expect(nvt).toBe('neutral')
    expect(stress.level).not.toBe('stress')
  })
  it('takes days with less than a month between them as one spell', () => {
    const series = both(
      (i) => (i >= 900 && i < 920) || (i >= 925 && i < 940),
      () => 100,
    )
    expect(combined(series).past).toMatchObject({ spells: 1, higher: 0, lower: 0 })
  })
  it('does not count a spell whose year is not over', () => {
    const series = both(
      (i) => i >= 1780,
      () => 100,
    )
    const { past, nvt, stress } = combined(series)
    expect(past.spells).toBe(0)
    expect([nvt, stress.level]).toEqual(['value', 'stress'])
  })
  it('takes a state a few days old where a column ends earlier, and none that is older', () => {
    const ending = (lag: number) => {
      const series = both(
        (i) => i >= 1780,
        () => 100,
      )
      series.transferValueUsd.fill(NaN, 1800 - lag)
      return combined(series).nvt
    }
    expect(ending(4)).toBe('value')
    expect(ending(5)).toBeNull()
  })
})

describe('newest readings', () => {
  it('come from the last day of each signal’s own columns', () => {
    const series = dailySeries(900, {
      marketCapUsd: (i) => 1e12 + (i % 7) * 1e10,
      transferValueUsd: (i) => (i < 890 ? 1e10 : NaN),
      hashrateEhs: () => 100,
    })
    const readings = signalReadings(series, signalsOf(series, null))
    expect(readings.dynamicNvt?.date).toBe(series.dates[889])
    expect(readings.hashRibbons?.date).toBe(series.dates[899])
    expect(readings.puell).toBeNull()
  })
  it('say when a state may be older than the series', () => {
    const of = (hashrateEhs: (i: number) => number) => {
      const series = dailySeries(120, { hashrateEhs })
      return signalReadings(series, signalsOf(series, null)).hashRibbons
    }
    expect(of(() => 100)).toMatchObject({ state: 'none', daysInState: 61, mayBeOlder: true })
    expect(of((i) => (i < 110 ? 100 : 50))).toMatchObject({
      state: 'capitulation',
      daysInState: 10,
      mayBeOlder: false,
    })
  })
  it('name the day of the lowest hashprice and since when there is one', () => {
    const series = dailySeries(100, {
      priceUsd: (i) => (i === 40 ? 10_000 : 20_000),
      difficulty: () => 2e13,
      issuanceBtc: (i) => (i < 5 ? NaN : 900),
      feesBtc: () => 0,
    })
    expect(signalReadings(series, signalsOf(series, null)).hashprice).toMatchObject({
      firstDate: series.dates[5],
      lowDate: series.dates[40],
      aboveLow: 1,
      percentile1y: NaN,
    })
  })
})
