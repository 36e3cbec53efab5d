import { describe, expect, it } from 'vitest'
import { adviseOver } from '#shared/domain/decision/advise.ts'
import type { Advice } from '#shared/domain/decision/advice.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { Horizon } from '#shared/domain/decision/horizon.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { PROTECTED } from '#shared/domain/power/machine-policy.ts'
import { marketOf } from '#shared/domain/power/market-prices.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { machine, site } from '../machines.ts'

const FROM_MS = Date.UTC(2025, 10, 20)
const DAY_MS = 86_400_000

const HORIZON: Horizon = {
  stages: [44, 41].map((hashpriceUsdPerPhDay, t) => ({
    opensWith: t === 0 ? 'now' : 'adjustment',
    fromMs: FROM_MS + 5 * t * DAY_MS,
    days: 5,
    subsidyBtc: 3.125,
    difficulty: 1.5e14,
    hashpriceUsdPerPhDay,
  })),
  days: 10,
  volatilityPerYear: 0.77,
  reviewDays: 1,
  changeBelow: null,
  drawn: null,
}

function advised(
  machines: readonly Partial<Machine>[],
  parts: Partial<SiteContract> | null = null,
  inputs: Partial<CaseInputs> = {},
): Advice {
  const contracts =
    parts === null ? [] : [{ siteKey: 0, site: 'North', contract: { ...NO_CONTRACT, ...parts } }]
  const fleet = fleetFrom(
    [site(), site({ name: 'South' })],
    machines.map((each, i) => machine({ id: `m${i}`, ...each })),
  )
  return adviseOver(prepare(fleet, { ...PLAIN_CASE, contracts, ...inputs }), HORIZON)
}

/** Every figure of money is there where a verdict is. */
function expectFigures(advice: Advice, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const said = advice.row(row)
    expect(said.verdict).not.toBeNull()
    const figures = [
      said.gainUsd,
      said.marginNowUsdPerDay,
      said.marginAfterUsdPerDay,
      ...Object.values(said.valueUsd),
    ]
    expect(figures.every(Number.isFinite), JSON.stringify(said)).toBe(true)
    expect(Number.isNaN(advice.probability(row)) || advice.probability(row) >= 0).toBe(true)
  }
  const { gainUsd, valueUsd, marginNowUsdPerDay, powerKw } = advice.totals
  for (const each of [
    gainUsd,
    ...Object.values(valueUsd),
    ...Object.values(marginNowUsdPerDay),
    ...Object.values(powerKw),
  ])
    expect(each).toSatisfy(Number.isFinite)
  advice.flips()
}

const protectedFirst: Partial<CaseInputs> = {
  policies: { machineKey: Float64Array.of(0), policy: Uint8Array.of(PROTECTED) },
}

describe('what cannot be', () => {
  it('a cap below what protected machines draw', () => {
    expect(() => advised([{ quantity: 4 }, {}], { capKw: 5 }, protectedFirst)).toThrow(
      /site North, field capKw: 5 kW is below the 12 kW/,
    )
  })
  it('a floor above everything', () => {
    expect(() => advised([{ quantity: 4 }], { floorKw: 20 })).toThrow(
      /site North, field floorKw: 20 kW is above the 12 kW/,
    )
  })
  it('a floor under a site whose machines are all in repair', () => {
    expect(() => advised([{ status: 'repair' }], { floorKw: 2 })).toThrow(/site North, field floorKw/)
  })
  it('a floor and a cap that no whole machines keep', () => {
    expect(() => advised([{ quantity: 4 }], { floorKw: 4, capKw: 5 })).toThrow(/site North, field floorKw/)
  })
  it('dated prices without a date', () => {
    const undated = { ...HORIZON, stages: [{ ...HORIZON.stages[0]!, fromMs: NaN }], days: 5 }
    const tariffs = [
      {
        from: '2025-01-01',
        to: null,
        baseUsdPerKwh: 0.05,
        periods: [],
        seasons: [],
        tiers: [],
        meteredKwhThisMonth: 0,
      },
    ]
    const contracts = [{ siteKey: 0, site: 'North', contract: { ...NO_CONTRACT, tariffs } }]
    const prepared = prepare(fleetFrom([site()], [machine()]), { ...PLAIN_CASE, contracts })
    expect(() => adviseOver(prepared, undated)).toThrow(/site North, field tariffs: .*date/)
  })
  it('prices of their own beside committed energy', () => {
    const committed = {
      committedKwhPerDay: 100,
      per: 'hour' as const,
      handBackUsdPerKwh: 0.01,
      handBack: null,
      committedUsdPerKwh: null,
    }
    expect(() => advised([{}, { powerPriceUsdPerKwh: 0.2 }], { takeOrPay: committed })).toThrow(
      /site North, field takeOrPay: .*0\.06 to 0\.2/,
    )
  })
})

describe('what is odd, and gets a verdict', () => {
  it('a price file that ends inside the horizon says what stands in', () => {
    const perKwh = Float64Array.from({ length: 48 }, (_, hour) => (hour % 24 < 12 ? 0.02 : 0.2))
    const advice = advised([{ quantity: 3 }], {
      market: { ...marketOf('USD', [{ fromMs: FROM_MS, minutes: 60, perKwh }]), adderUsdPerKwh: 0 },
    })
    expectFigures(advice, 1)
    const [north] = advice.sites()
    expect(north!.pricesFrom).toBe('market-file')
    expect(north!.notes.join(' ')).toMatch(/repeat/)
    expect(advice.row(0).shareOfHours.now).toBeCloseTo(0.5, 9)
  })
  it('a ladder of which no point is ever better', () => {
    const points = [
      { name: 'low', hashrateThs: 60, powerW: 3100 },
      { name: 'high', hashrateThs: 90, powerW: 3600 },
    ]
    const ladders = {
      ofLots: [{ machineKey: 0, ladder: { model: 'S19', firmware: '', source: '', points } }],
      ofModels: [],
      shipped: [],
    }
    const advice = advised([{ quantity: 3 }], null, { ladders })
    expectFigures(advice, 1)
    const said = advice.row(0)
    const plain = advised([{ quantity: 3 }]).row(0)
    expect(said.verdict).toBe(plain.verdict)
    expect(said.mode).toBeNull()
    expect(said.gainUsd).toBeCloseTo(plain.gainUsd, 9)
  })
  it('standby above running power: a machine that never stops', () => {
    for (const parts of [null, { capKw: 100 }, { demandCharge: null, floorKw: 1 }]) {
      const advice = advised([{ quantity: 3, standbyW: 4000, restartUsd: 1 }], parts)
      expectFigures(advice, 1)
      expect(advice.row(0).verdict).toBe('run')
      expect(advice.strikes(0).stopBelowUsdPerPhDay).toBeNaN()
    }
  })
  it('a restart of a million: nobody starts, nobody stops', () => {
    const lots = [
      { powerPriceUsdPerKwh: 0.01, status: 'off' as const },
      { powerPriceUsdPerKwh: 0.01 },
      { powerPriceUsdPerKwh: 0.2 },
    ].map((each) => ({ ...each, restartUsd: 1e6 }))
    for (const parts of [null, { capKw: 100 }]) {
      const advice = advised(lots, parts)
      expectFigures(advice, 3)
      expect([0, 1, 2].map((row) => advice.row(row).machines.run)).toEqual([0, 1, 1])
      for (const row of [0, 1, 2]) {
        const { stopBelowUsdPerPhDay: stop, startAboveUsdPerPhDay: start } = advice.strikes(row)
        expect(Number.isNaN(stop) || stop <= 360).toBe(true)
        expect(Number.isNaN(start) || start >= 7.2).toBe(true)
      }
    }
  })
  it('a contract of a site without machines, and a fleet of none', () => {
    const takeOrPay = {
      committedKwhPerDay: 100,
      per: 'day' as const,
      handBackUsdPerKwh: 0.01,
      handBack: null,
      committedUsdPerKwh: 0.05,
    }
    for (const parts of [{ takeOrPay }, { capKw: 5 }, { capKw: 5, floorKw: 0 }]) {
      const elsewhere = advised([{ site: 'South' }], parts)
      expectFigures(elsewhere, 1)
      expect(elsewhere.sites()[0]!.powerKw).toBe(0)
      expect(elsewhere.sites()[0]!.totals.gainUsd).toBe(0)
      const nothing = advised([], parts)
      expect(nothing.totals.gainUsd).toBe(0)
      expect(nothing.flips()).toEqual({ above: null, below: null })
    }
    expect(advised([]).totals.gainUsd).toBe(0)
  })
  it('a machine without a figure beside others on a site that is cleared', () => {
    const alone = advised([{ quantity: 2 }], { capKw: 20 })
    const advice = advised([{ quantity: 2 }, { hashrateThs: NaN }, { powerW: NaN, status: 'off' }], {
      capKw: 20,
    })
    for (const row of [1, 2]) {
      const said = advice.row(row)
      expect(said.verdict).toBeNull()
      expect(said.gainUsd).toBeNaN()
      expect(said.valueUsd).toEqual({})
      expect(said.machines).toEqual({ run: 0, pause: 0, off: 0 })
    }
    expect(advice.row(0).verdict).toBe(alone.row(0).verdict)
    expect(advice.totals.gainUsd).toBeCloseTo(alone.totals.gainUsd, 9)
    expect(advice.totals.marginNowUsdPerDay.advised).toBeCloseTo(alone.totals.marginNowUsdPerDay.advised, 9)
  })
  it('a cap of nothing stops everything, also what would rather wait', () => {
    const advice = advised([{ quantity: 5, restartUsd: 10 }], { capKw: 0 })
    expect(advice.row(0).verdict).toBe('off')
    expect(advice.sites()[0]!.powerKw).toBe(0)
  })
})
