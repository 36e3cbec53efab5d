import { describe, expect, it } from 'vitest'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import { pagesOf } from '#renderer/engine/pages.ts'
import { models } from '../files/catalogue-models.ts'
import { smallFleet } from '../renderer/small-fleet.ts'
import { MARKET, question } from './looks.ts'

const FLEET = smallFleet([
  { id: 'N-1', quantity: 10, purchase: 'Spring', uptime: 0.96, poolFee: 0.01 },
  { id: 'H-1', site: 'Harbor', quantity: 4 },
])
const AS_OF_MS = Date.UTC(2025, 10, 22, 12)
const NOW = {
  ...{ real: MARKET, asOfMs: AS_OF_MS, discountRatePerYear: 0.12 },
  ...{ priceGrowthPerYear: 0, hashrateGrowthPerYear: 0 },
}
const SPRING = {
  ...{ name: 'spring', boughtAtMs: Date.UTC(2025, 10, 22), costUsd: 20_000, salvageUsd: 0, lifeDays: 1461 },
}

function pages() {
  const engine = createEngine()
  engine.load({ kind: 'all', machines: FLEET.machines }, FLEET.sites, { ...PLAIN_CASE, models })
  engine.look(question())
  return pagesOf(engine.there)
}

describe('the dialog of purchases', () => {
  it('is told what each is worth, under the market of now', () => {
    const told = pages().purchases({ ...NOW, purchases: [SPRING] })
    if ('refusal' in told) throw new Error(told.refusal)
    const { purchases, machinesWithoutPurchase } = told.returns
    expect(purchases[0]).toMatchObject({ machines: 10, bookUsd: 20_000 })
    expect(purchases[0]!.npvUsd).toBeCloseTo(purchases[0]!.valueUsd - 20_000, 6)
    expect(machinesWithoutPurchase).toBe(4)
    const dearer = pages().purchases({ ...NOW, purchases: [SPRING], priceGrowthPerYear: 0.2 })
    if ('refusal' in dearer) throw new Error(dearer.refusal)
    expect(dearer.returns.purchases[0]!.npvUsd).toBeGreaterThan(purchases[0]!.npvUsd)
  })

  it('ranks offers at a site with the uptime and fee of its machines, and says what is wrong with one', () => {
    const asked = {
      ...{ ...NOW, siteKey: FLEET.sites.key[0]!, lifeDays: 1461, salvageShare: 0 },
      rankBy: 'megawatt' as const,
    }
    const price = { usd: 15, per: 'ths' } as const
    const ranked = pages().nextPurchases({
      ...asked,
      offers: [
        { model: 'Antminer S19j Pro 104T', price },
        { model: 'Antminer S21 200T', price },
      ],
    })
    if (!('ranked' in ranked)) throw new Error('no answer')
    expect(ranked.ranked.map(({ offer }) => offer.model)).toEqual([
      'Antminer S21 200T',
      'Antminer S19j Pro 104T',
    ])
    expect(ranked.terms).toMatchObject({ uptime: 0.96, poolFee: 0.01 })
    expect(ranked.ranked[0]!.range.p10).toBeLessThan(ranked.ranked[0]!.range.p90)
    const unknown = pages().nextPurchases({ ...asked, offers: [{ model: 'Antminer S99', price }] })
    expect(unknown).toMatchObject({ faults: [expect.stringContaining('is not in the catalogue')] })
    const unrated = pages().nextPurchases({ ...asked, discountRatePerYear: null, offers: [] })
    expect(unrated).toMatchObject({ refusal: expect.stringContaining('Discount rate') as string })
  })

  it('is told why there is nothing where the network is not known', () => {
    const told = pages().purchases({ ...NOW, real: null, purchases: [SPRING] })
    expect(told).toMatchObject({ refusal: expect.stringContaining('not known') as string })
  })
})
