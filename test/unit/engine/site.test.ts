import { describe, expect, it } from 'vitest'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { NO_TERMS } from '#shared/domain/power/contract-terms.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import { pagesOf } from '#renderer/engine/pages.ts'
import type { Calls, Question } from '#renderer/engine/protocol.ts'
import { smallFleet } from '../renderer/small-fleet.ts'
import { MARKET, question } from './looks.ts'

/** What the engine tells a site's page. */

const QUESTION = question({
  sort: { column: 'id', descending: false },
  window: { from: 0, to: 10 },
  wantsSites: true,
})
// At Harbor an S19 under water at 0.08 USD/kWh, 13 kW in all.
const FLEET = smallFleet([
  { id: 'N-1' },
  { id: 'H-1', model: 'S19', hashrateThs: 95, powerW: 3250, site: 'Harbor', quantity: 4 },
])
const [NORTH, HARBOR] = [FLEET.sites.key[0]!, FLEET.sites.key[1]!]
const withContract = (contract: Partial<SiteContract>): CaseInputs => ({
  ...PLAIN_CASE,
  contracts: [{ siteKey: HARBOR, site: 'Harbor', contract: { ...NO_CONTRACT, ...contract } }],
})
function engineWith(inputs: CaseInputs, question: Partial<Question> = {}) {
  const engine = createEngine()
  engine.load({ kind: 'all', machines: FLEET.machines }, FLEET.sites, inputs)
  return { engine, look: engine.look({ ...QUESTION, ...question }) }
}
const committed = (committedKwhPerDay: number) => ({
  takeOrPay: {
    ...{ committedKwhPerDay, per: 'hour' as const, handBackUsdPerKwh: 0.01, handBack: null },
    committedUsdPerKwh: 0.08,
  },
})

describe('a site’s page', () => {
  it('is told what a kWh costs, and what the next one costs, without a contract the site’s price', () => {
    const { engine, look } = engineWith(PLAIN_CASE)
    expect(pagesOf(engine.there).site({ siteKey: HARBOR, find: '' })).toMatchObject({
      now: { pricesFrom: 'fleet', asIsKw: 13, meanUsdPerKwh: 0.08, nextUsdPerKwh: 0.08, isAtCap: false },
      advice: null,
      optimum: [{ model: 'S19', verdict: 'off', machines: 4, run: 0 }],
    })
    expect(look.sites.map(({ now }) => now.meanUsdPerKwh)).toEqual([0.05, 0.08])
    expect(pagesOf(engine.there).site({ siteKey: 99, find: '' })).toBeNull()
  })

  it('counts committed energy at what handing it back would bring, and names the machines that it is for', () => {
    // 170 kWh a day are 7.08 kW: two machines; beyond it 0.08, and the machines are worth 0.045.
    const { engine } = engineWith(withContract(committed(170)))
    const { now, optimum, advice } = pagesOf(engine.there).site({ siteKey: HARBOR, find: '' })!
    expect(now).toMatchObject({ takeKw: 6.5, meanUsdPerKwh: 0.01, asIsKw: 13, isAtCap: false })
    expect(now.steps.usdPerKwh).toEqual([0.01, 0.08])
    expect(now.steps.kw[0]).toBeCloseTo(170 / 24, 12)
    expect(now.nextUsdPerKwh).toBeGreaterThanOrEqual(0.01)
    expect(now.nextUsdPerKwh).toBeLessThanOrEqual(0.08)
    expect(optimum).toMatchObject([{ model: 'S19', machines: 4, run: 2 }])
    expect(advice!.committed!.kwhPerDay).toBe(170)
  })

  it('says that a cap is reached, and what one more kWh would be worth there', () => {
    const tariffs = [
      {
        ...{ from: '2020-01-01', to: null, baseUsdPerKwh: 0.02, periods: [], seasons: [], tiers: [] },
        meteredKwhThisMonth: 0,
      },
    ]
    const dated = { ...MARKET, nowMs: Date.UTC(2025, 10, 20) }
    const { engine } = engineWith(withContract({ tariffs, capKw: 7 }), { market: dated, realMarket: dated })
    const { now, optimum } = pagesOf(engine.there).site({ siteKey: HARBOR, find: '' })!
    expect(now).toMatchObject({ pricesFrom: 'tariff', isAtCap: true, takeKw: 6.5, meanUsdPerKwh: 0.02 })
    expect(now.nextUsdPerKwh).toBeGreaterThan(0.02)
    expect(optimum).toMatchObject([{ machines: 4, run: 2 }])
  })

  it('keeps quiet about prices of a contract while nothing can be decided, and says where they come from', () => {
    const market = null
    const hosted = withContract({ hosting: { model: 'per-kwh', usdPerKwh: 0.06, basis: 'metered' } })
    const { engine } = engineWith(hosted, { market, realMarket: market })
    expect(pagesOf(engine.there).site({ siteKey: HARBOR, find: '' })).toMatchObject({
      now: { pricesFrom: 'host', meanUsdPerKwh: NaN, nextUsdPerKwh: NaN },
      advice: null,
      optimum: [],
    })
    expect(pagesOf(engine.there).site({ siteKey: NORTH, find: '' })!.now.meanUsdPerKwh).toBe(0.05)
  })

  it('looks ahead at other terms and policies without a change of what is shown', () => {
    const { engine } = engineWith(withContract(committed(170)))
    const ahead = (tried: Calls['siteAhead']['input']['tried']) =>
      pagesOf(engine.there).siteAhead({ siteKey: HARBOR, real: MARKET, tried })
    const nothing = { terms: new Map(), policies: new Map() }
    const same = ahead(nothing)
    expect(same.changes).toEqual({ changed: 0, machines: 5 })
    expect(same.usdPerDay.after).toBe(same.usdPerDay.before)
    const takeOrPay = { ...committed(400).takeOrPay, handBack: undefined }
    const more = ahead({ ...nothing, terms: new Map([[HARBOR, { ...NO_TERMS, takeOrPay }]]) })
    expect(more.now.takeKw).toBe(13)
    expect(more.usdPerDay.after).toBeGreaterThan(more.usdPerDay.before)
    const kept = ahead({ ...nothing, policies: new Map([[1, 'protected' as const]]) })
    expect(kept.now.takeKw).toBe(13)
    expect(kept.usdPerDay.after).toBeLessThan(kept.usdPerDay.before)
    expect(pagesOf(engine.there).site({ siteKey: HARBOR, find: '' })!.now.takeKw).toBe(6.5)
    expect(pagesOf(engine.there).contract(HARBOR)).toMatchObject({ takeOrPay: { committedKwhPerDay: 170 } })
    expect(pagesOf(engine.there).contract(NORTH)).toBeNull()
  })

  it('says why terms cannot be weighed', () => {
    const { engine } = engineWith(PLAIN_CASE)
    const tariffs = [
      {
        ...{ from: '2099-01-01', to: null, baseUsdPerKwh: 0.02, periods: [], seasons: [], tiers: [] },
        meteredKwhThisMonth: 0,
      },
    ]
    const real = { ...MARKET, nowMs: Date.UTC(2025, 10, 20) }
    const terms = new Map([[HARBOR, { ...NO_TERMS, tariffs }]])
    expect(
      pagesOf(engine.there).siteAhead({ siteKey: HARBOR, real, tried: { terms, policies: new Map() } }),
    ).toMatchObject({
      refusal: expect.stringContaining('no version is valid') as unknown,
      changes: { changed: null },
      usdPerDay: { after: NaN },
    })
  })

  it('finds lots and shows those first that do not simply follow', () => {
    const policies = { machineKey: Float64Array.of(1), policy: Uint8Array.of(1) }
    const { engine } = engineWith({ ...withContract(committed(170)), policies })
    expect(pagesOf(engine.there).site({ siteKey: HARBOR, find: '' })!.policies).toMatchObject({
      machines: { follow: 0, protected: 4, exempt: 0 },
      found: 1,
      lots: [{ id: 'H-1', policy: 'protected', quantity: 4 }],
    })
    expect(pagesOf(engine.there).site({ siteKey: HARBOR, find: 'h-1' })!.policies.found).toBe(1)
    expect(pagesOf(engine.there).site({ siteKey: HARBOR, find: 'nothing' })!.policies).toMatchObject({
      found: 0,
      lots: [],
    })
  })
})
