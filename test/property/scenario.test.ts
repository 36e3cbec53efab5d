import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { projectNetwork } from '#shared/domain/ahead/project.ts'
import type { Tried } from '#shared/domain/ahead/scenario.ts'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import { simulate } from '#shared/domain/ahead/simulate/simulate.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { horizonOf } from '#shared/domain/decision/advise.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { fleetCash } from '#shared/domain/decision/fleet-cash.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { startOfProjection } from '#shared/domain/decision/start-of-projection.ts'
import { scenariosOver } from '#shared/domain/decision/under-scenario.ts'
import type { UnderScenario } from '#shared/domain/decision/under-scenario.ts'
import type { Site } from '#shared/domain/fleet/columns.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { charge, takeOrPay, tariff } from '../unit/power/plain-contracts.ts'
import { anyMachine, anySites, SITE_NAMES } from './machines.ts'

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const AT_MS = Date.UTC(2025, 10, 12)

const anyNetwork: fc.Arbitrary<NetworkConditions> = fc.record({
  height: fc.constant(925_000),
  difficulty: between(1e13, 1e15),
  priceUsdPerBtc: between(10_000, 1e6),
  feesBtcPerBlock: between(0, 1),
  epoch: fc.record({
    blocks: fc.integer({ min: 0, max: 2015 }),
    seconds: fc.integer({ min: 1, max: 1_200_000 }),
  }),
  previousAdjustments: fc.constant([0.01]),
  atMs: fc.constant(AT_MS),
})

const anyTried: fc.Arbitrary<Tried> = fc.record({
  priceUsdPerBtc: fc.option(between(1000, 1e6)),
  change: fc.option(between(-0.5, 1)),
  sitePowerPrices: fc
    .subarray([...SITE_NAMES])
    .chain((names) =>
      fc
        .tuple(...names.map(() => between(0, 0.3)))
        .map((prices) => names.map((site, i) => ({ site, powerPriceUsdPerKwh: prices[i]! }))),
    ),
})

/** A contract at the first site: none, one whose machines are weighed alone, and one that is weighed as a whole. */
const anyContract = fc.constantFrom(
  null,
  { ...NO_CONTRACT, tariffs: [tariff()] },
  {
    ...NO_CONTRACT,
    takeOrPay: takeOrPay({ committedKwhPerDay: 500, handBackUsdPerKwh: 0.02 }),
    demandCharge: charge(5),
  },
)

type Given = { readonly sites: readonly Site[]; readonly machines: readonly Machine[] }
const anyCase = fc
  .record({
    sites: anySites,
    machines: fc.array(anyMachine, { minLength: 1, maxLength: 3 }),
    contract: anyContract,
    network: anyNetwork,
    tried: fc.array(anyTried, { minLength: 1, maxLength: 2 }),
  })
  // Committed energy needs one price of the site.
  .map(({ machines, ...given }) => ({
    ...given,
    machines:
      given.contract === null
        ? machines
        : machines.map((each) => ({
            ...{ ...each, powerPriceUsdPerKwh: NaN },
            quantity: 1 + (each.quantity % 20),
          })),
  }))

const inputsWith = (contract: SiteContract | null): CaseInputs => ({
  ...PLAIN_CASE,
  contracts: contract === null ? [] : [{ siteKey: 0, site: SITE_NAMES[0], contract }],
})

const withPrices = ({ sites }: Given, tried: Tried): readonly Site[] =>
  sites.map((site) => ({
    ...site,
    powerPriceUsdPerKwh:
      tried.sitePowerPrices.find((each) => each.site === site.name)?.powerPriceUsdPerKwh ??
      site.powerPriceUsdPerKwh,
  }))

const ASSUMED = { price: constantGrowth(0.2), hashrate: constantGrowth(0.3), response: null }

/** All that projection and simulation would read. */
function figuresOf(under: Pick<UnderScenario, 'start' | 'prepared' | 'cash'>) {
  const { network, adjustment, drawn } = under.start!
  const cash = under.cash()!
  const { basis } = under.prepared
  return {
    rows: projectNetwork(network, adjustment, { epochs: 4, ...ASSUMED }),
    cash,
    costs: Array.from(basis.avoidableCostUsdPerDay),
    breakevens: Array.from(basis.breakevenHashpriceUsdPerPhDay),
    simulated: simulate({ ...basis, cash }, network, drawn, {
      ...ASSUMED,
      ...{ epochs: 3, paths: 20, seed: 1, underWater: 'stop', model: FITTED_PATHS },
    }).epochs,
  }
}

/** The same of a day on which the tried values are the real ones. */
function direct(given: Given, inputs: CaseInputs, network: NetworkConditions, tried: Tried) {
  const conditions = { ...network, priceUsdPerBtc: tried.priceUsdPerBtc ?? network.priceUsdPerBtc }
  const prepared = prepare(fleetFrom(withPrices(given, tried), given.machines), inputs)
  const market = marketOf(conditions, { change: tried.change, horizonDays: null }, AT_MS)
  const start = startOfProjection(conditions, market, AT_MS)
  return figuresOf({ start, prepared, cash: () => fleetCash(prepared, horizonOf(market)!) })
}

describe('a scenario over today', () => {
  it('is bit for bit the day on which what it tries is so, whatever was computed before it', () => {
    fc.assert(
      fc.property(anyCase, fc.boolean(), ({ contract, network, tried, ...given }, isPrepared) => {
        const inputs = inputsWith(contract)
        const fleet = fleetFrom(given.sites, given.machines)
        const prepared = isPrepared ? prepare(fleet, inputs) : null
        const over = scenariosOver({ fleet, inputs, conditions: network, nowMs: AT_MS }, prepared)
        for (const each of [...tried, NOTHING_TRIED])
          expect(figuresOf(over(each))).toEqual(direct(given, inputs, network, each))
        if (prepared !== null) expect(over(NOTHING_TRIED).prepared).toBe(prepared)
        // What was computed in between has changed nothing of the first.
        expect(figuresOf(over(tried[0]!))).toEqual(direct(given, inputs, network, tried[0]!))
      }),
      { numRuns: 40 },
    )
  })
})
