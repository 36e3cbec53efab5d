import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cutOffTable, cutOffUsdPerKwh, stepHashcostUsdPerPhDay } from '#shared/domain/ladders/cut-offs.ts'
import type { LadderPoint } from '#shared/domain/ladders/point.ts'
import { offPoint } from '#shared/domain/ladders/point.ts'

type Golden = {
  readonly avalonQ: {
    readonly points: readonly LadderPoint[]
    readonly network: {
      readonly hashrateThs: number
      readonly rewardBtc: number
      readonly priceNokPerBtc: number
    }
    readonly publishedOrePerKwh: Readonly<Record<string, number>>
    readonly averageSuperOrePerKwh: number
  }
  readonly s19jPro96: {
    readonly points: readonly LadderPoint[]
    readonly powerPriceUsdPerKwh: number
    readonly publishedHashcostUsdPerThDay: Readonly<Record<string, number>>
    readonly stepUsdPerThDay: Readonly<Record<string, number>>
  }
}
const golden = JSON.parse(
  readFileSync(fileURLToPath(new URL('profiles.json', import.meta.url)), 'utf8'),
) as Golden

const terms = (powerPriceUsdPerKwh: number) => ({
  uptime: 1,
  poolFee: 0,
  hostShare: 0,
  overhead: 0,
  powerPriceUsdPerKwh,
  otherUsdPerKwh: 0,
  standbyW: 0,
})

describe('Avalon Q', () => {
  const { points, network, publishedOrePerKwh, averageSuperOrePerKwh } = golden.avalonQ
  // money here is kroner; the formula does not mind
  const nokPerPhDay = (network.rewardBtc * network.priceNokPerBtc * 144 * 1000) / network.hashrateThs
  const table = cutOffTable(points, terms(0), nokPerPhDay)

  it.each(Object.keys(publishedOrePerKwh))('%s pays below the published price', (name) => {
    const row = table.find(({ profile }) => profile.name === name)!
    expect(row.cutOffUsdPerKwh * 100).toBeCloseTo(publishedOrePerKwh[name]!, 1)
  })

  it('breaks even on average at twice the price at which its last step stops paying', () => {
    const top = table.at(-1)!
    expect(top.averageUsdPerKwh * 100).toBeCloseTo(averageSuperOrePerKwh, 1)
    expect(top.averageUsdPerKwh / top.cutOffUsdPerKwh).toBeGreaterThan(1.9)
  })
})

describe('Antminer S19j Pro 96T at 0.075 USD/kWh', () => {
  const { points, powerPriceUsdPerKwh, publishedHashcostUsdPerThDay, stepUsdPerThDay } = golden.s19jPro96
  const of = terms(powerPriceUsdPerKwh)
  const [underclock, factory, overclock] = points as [LadderPoint, LadderPoint, LadderPoint]
  const perThDay = (from: Pick<LadderPoint, 'hashrateThs' | 'powerW'>, to: LadderPoint) =>
    stepHashcostUsdPerPhDay(from, to, of) / 1000

  it('costs on average what was published', () => {
    for (const point of points)
      expect(perThDay(offPoint(of), point)).toBeCloseTo(publishedHashcostUsdPerThDay[point.name]!, 3)
  })

  it('costs much more from step to step', () => {
    expect(perThDay(underclock, factory)).toBeCloseTo(stepUsdPerThDay['underclock to factory']!, 4)
    expect(perThDay(underclock, overclock)).toBeCloseTo(stepUsdPerThDay['underclock to overclock']!, 4)
  })

  it('is never best at its factory setting', () => {
    expect(cutOffTable(points, of, 60).map(({ onHull }) => onHull)).toEqual([true, false, true])
    // at any hashprice one of its neighbours earns more
    const step = cutOffUsdPerKwh(underclock, overclock, of, 60)
    expect(cutOffUsdPerKwh(underclock, factory, of, 60)).toBeLessThan(step)
    expect(cutOffUsdPerKwh(factory, overclock, of, 60)).toBeGreaterThan(step)
  })
})
