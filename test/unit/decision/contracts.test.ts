import { describe, expect, it } from 'vitest'
import { charge, fourPeaks, hourly, response, takeOrPay, tariff } from '../power/plain-contracts.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Site } from '#shared/domain/fleet/columns.ts'
import { coincidentPeakResult } from '#shared/domain/power/coincident-peak.ts'
import { adviseOver } from '#shared/domain/decision/advise.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { Horizon } from '#shared/domain/decision/horizon.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { EXEMPT, PROTECTED } from '#shared/domain/power/machine-policy.ts'
import { contractFault, NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { machine as lotOf } from '../machines.ts'

const MONTH_DAYS = 365.25 / 12
const AT_MS = Date.UTC(2026, 0, 12, 6)
const DAY_MS = 86_400_000
const SITE: Site = { name: 'North', powerPriceUsdPerKwh: 0.07, otherUsdPerKwh: 0.01, overhead: 0.1 }
const machine = (change: Partial<Machine> = {}) => lotOf({ model: '', quantity: 10, ...change })
const contract = (parts: Partial<SiteContract>): SiteContract => ({ ...NO_CONTRACT, ...parts })

/** Five days until an adjustment and fifteen after it, without price risk. */
function ahead(hashpriceUsdPerPhDay = 40, change = 0): Horizon {
  const stage = { subsidyBtc: 3.125, difficulty: 1.5e14 }
  return {
    stages: [
      { ...stage, opensWith: 'now', fromMs: AT_MS, days: 5, hashpriceUsdPerPhDay },
      {
        ...stage,
        opensWith: 'adjustment',
        fromMs: AT_MS + 5 * DAY_MS,
        days: 15,
        hashpriceUsdPerPhDay: hashpriceUsdPerPhDay / (1 + change),
      },
    ],
    days: 20,
    volatilityPerYear: 0,
    reviewDays: 1,
    changeBelow: null,
    drawn: null,
  }
}

function advise(
  machines: readonly Machine[],
  parts: Partial<SiteContract>,
  policies: readonly number[] = [],
  horizon = ahead(),
) {
  const given = contract(parts)
  expect(contractFault(given)).toBeNull()
  const fleet = fleetFrom([SITE], machines)
  const prepared = prepare(fleet, {
    ...PLAIN_CASE,
    contracts: [{ siteKey: fleet.sites.key[0]!, site: 'North', contract: given }],
    policies: {
      machineKey: Float64Array.from(policies, (_, i) => fleet.machines.key[i]!),
      policy: Uint8Array.from(policies),
    },
  })
  const advice = adviseOver(prepared, horizon)
  return { advice, rows: machines.map((_, i) => advice.row(i)), site: advice.sites()[0]! }
}

// Ten machines: 40 USD a day of revenue, 792 kWh, 63.36 USD of energy at 0.07 + 0.01.
const REVENUE = 40
const KWH = 792

describe('hosting', () => {
  it('flat: nothing is avoidable, and the fee runs on', () => {
    const { rows, site } = advise([machine()], {
      hosting: { model: 'flat', usdPerMonth: 80, per: 'machine' },
    })
    expect(rows[0]!.verdict).toBe('run')
    expect(rows[0]!.marginNowUsdPerDay).toBeCloseTo(REVENUE, 9)
    expect(site.bill.hostingFeeUsdPerDay).toBeCloseTo(800 / MONTH_DAYS, 9)
    const perKw = advise([machine()], { hosting: { model: 'flat', usdPerMonth: 50, per: 'kw' } })
    expect(perKw.site.bill.hostingFeeUsdPerDay).toBeCloseTo((33 * 50) / MONTH_DAYS, 9)
  })

  it('per kWh: metered counts what is drawn, nameplate the rated power of every hour', () => {
    const rig = machine({ uptime: 0.5, standbyW: 100 })
    const metered = advise([rig], { hosting: { model: 'per-kwh', usdPerKwh: 0.06, basis: 'metered' } })
      .rows[0]!
    expect(metered.marginNowUsdPerDay).toBeCloseTo(20 - 0.06 * 0.24 * 1.1 * (1500 + 50), 9)
    expect(metered.valueUsd.off).toBeCloseTo(20 * (-0.06 * 0.24 * 1.1 * 100), 9)
    const rated = advise([rig], { hosting: { model: 'per-kwh', usdPerKwh: 0.06, basis: 'nameplate' } })
      .rows[0]!
    expect(rated.marginNowUsdPerDay).toBeCloseTo(20 - 0.06 * 0.24 * 3000, 9)
    expect(rated.valueUsd.off).toBeCloseTo(0, 12)
  })

  it('pure revenue share: the tenant never powers down, however low the hashprice', () => {
    for (const hashprice of [40, 5, 0.01]) {
      const { rows } = advise(
        [machine({ restartUsd: 3, standbyW: 20 })],
        { hosting: { model: 'revenue-share', hostShare: 0.7, energyPaidBy: 'host' } },
        [],
        ahead(hashprice, 0.3),
      )
      expect(rows[0]!.verdict).toBe('run')
      expect(rows[0]!.marginNowUsdPerDay).toBeCloseTo(0.3 * hashprice, 9)
    }
    const paysPower = advise([machine()], {
      hosting: { model: 'revenue-share', hostShare: 0.7, energyPaidBy: 'tenant' },
    })
    expect(paysPower.rows[0]!.verdict).toBe('off')
  })

  it.each([
    ['tenant', 'off', REVENUE - KWH * 0.08],
    ['both', 'off', 0.6 * (REVENUE - KWH * 0.08)],
    ['host', 'run', 0],
  ] as const)('profit share, losses borne by %s', (lossesBorneBy, verdict, margin) => {
    const { rows } = advise([machine()], {
      hosting: { model: 'profit-share', hostShare: 0.4, lossesBorneBy },
    })
    expect(rows[0]!.verdict).toBe(verdict)
    expect(rows[0]!.valueUsd.run).toBeCloseTo(20 * margin, 9)
  })
})

describe('policies', () => {
  it('protected machines run on, exempt ones pay their own price', () => {
    const machines = ['follow', 'protected', 'exempt'].map((id) => machine({ id, powerPriceUsdPerKwh: 0.03 }))
    const tariffs = [tariff({ from: '2020-01-01', baseUsdPerKwh: 0.09 })]
    const { rows, advice } = advise(machines, { tariffs }, [0, PROTECTED, EXEMPT])
    expect(rows.map(({ verdict }) => verdict)).toEqual(['off', 'run', 'run'])
    expect(rows[1]!.gainUsd).toBe(0)
    expect(rows[1]!.marginNowUsdPerDay).toBeCloseTo(REVENUE - KWH * 0.1, 9)
    expect(rows[2]!.marginNowUsdPerDay).toBeCloseTo(REVENUE - KWH * 0.04, 9)
    expect(advice.totals.actions).toMatchObject({ runOn: 20, powerDown: 10 })
  })

  it('an exempt machine that is off pays for its standby at its own price', () => {
    const rig = machine({ powerPriceUsdPerKwh: 0.03, standbyW: 100 })
    const tariffs = [tariff({ from: '2020-01-01', baseUsdPerKwh: 0.09 })]
    const { rows } = advise([rig], { tariffs }, [EXEMPT])
    expect(rows[0]!.valueUsd.off).toBeCloseTo(20 * -26.4 * 0.04, 9)
  })

  it('a protected machine keeps to no schedule', () => {
    const market = hourly(
      0,
      [...Array<number>(24).keys()].map((hour) => (hour % 2 === 0 ? 0.02 : 0.2)),
    )
    const { rows } = advise([machine({ id: 'a' }), machine({ id: 'b' })], { market }, [0, PROTECTED])
    expect(rows.map(({ shareOfHours }) => shareOfHours.now)).toEqual([0.5, 1])
    expect(rows[0]!.marginNowUsdPerDay).toBeCloseTo((REVENUE - KWH * 0.03) / 2, 9)
    expect(rows[1]!.marginNowUsdPerDay).toBeCloseTo(REVENUE - KWH * 0.12, 9)
  })
})

describe('market prices', () => {
  it('take the hours of the horizon where the file has them, else those of a like time', () => {
    const hours = new Float64Array(30 * 24).fill(0.05).fill(0.03, 0, 5 * 24)
    const { site } = advise([machine()], { market: hourly(AT_MS, hours, 0.01) })
    expect(site.pricesFrom).toBe('market-horizon')
    expect([site.prices.now!.meanUsdPerKwh, site.prices.after!.meanUsdPerKwh]).toEqual([
      0.04, 0.060000000000000005,
    ])
    const past = advise([machine()], { market: hourly(0, hours, 0.01) }).site
    expect(past.pricesFrom).toBe('market-file')
    expect(past.notes.join()).toContain('repeat')
  })

  it('pause where only the time after the adjustment has cheap hours', () => {
    const hours = new Float64Array(20 * 24).fill(0.05).fill(0.2, 0, 5 * 24)
    const market = hourly(AT_MS, hours)
    const { rows } = advise([machine({ powerW: 2500 })], { market }, [], ahead(40, -0.05))
    expect(rows[0]!.verdict).toBe('pause')
    expect(rows[0]!.shareOfHours).toEqual({ now: 0, after: 1 })
  })

  it('stay on where a restart costs more than a schedule saves', () => {
    const hours = Float64Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 0.02 : 0.045))
    const market = hourly(0, hours)
    expect(advise([machine()], { market }).rows[0]!.shareOfHours.now).toBe(0.5)
    const dear = advise([machine({ restartUsd: 1 })], { market }).rows[0]!
    expect(dear.shareOfHours.now).toBe(1)
    // every hour at the mean of the two prices and 0.01
    expect(dear.marginNowUsdPerDay).toBeCloseTo(REVENUE - KWH * 0.0425, 9)
  })
})

describe('charges on power', () => {
  it('a demand charge is avoided by staying off, unless the month’s peak is set', () => {
    const open = advise([machine({ powerW: 2000 })], { demandCharge: charge(15) })
    expect(open.advice.totals.valueUsd.run / 20).toBeCloseTo(REVENUE - 528 * 0.08 - (22 * 15) / 31, 1)
    expect(open.rows[0]!.verdict).toBe('off')
    const set = advise([machine({ powerW: 1500 })], { demandCharge: charge(15, { isAlreadySet: true }) })
    expect(set.rows[0]!.verdict).toBe('run')
    expect(set.rows[0]!.marginNowUsdPerDay).toBeCloseTo(REVENUE - 396 * 0.08, 9)
  })

  it('four peaks: the mean load in them', () => {
    const peak = fourPeaks(60, { shedIn: [true, true, true, false] })
    expect(coincidentPeakResult(peak, 100, 300)).toEqual({
      chargedKw: 175,
      usdPerYear: 10_500,
      usdPerYearUnshed: 24_000,
    })
  })
})

describe('demand response', () => {
  it('credits the hours in which a machine runs, and can keep it on', () => {
    // 40 USD per kW and month are 0.0548 USD for each kWh that runs: 0.08 is then 0.0252 to it, and 40 USD earn more than 792 kWh cost.
    const { rows } = advise([machine()], {
      demandResponse: response({ creditUsdPerKwMonth: 40, hoursPerMonth: 0 }),
    })
    expect(rows[0]!.verdict).toBe('run')
    const credit = 40 / (MONTH_DAYS * 24)
    expect(rows[0]!.marginNowUsdPerDay).toBeCloseTo(REVENUE - KWH * (0.08 - credit), 9)
    expect(advise([machine()], {}).rows[0]!.verdict).toBe('off')
  })
})

describe('contracts that contradict themselves', () => {
  const committed = takeOrPay({ committedKwhPerDay: 100, handBackUsdPerKwh: 0.02 })
  it.each([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ takeOrPay: { ...committed, committedKwhPerDay: -1 } }, 'takeOrPay.committedKwhPerDay'],
    [{ demandResponse: response({ hoursPerMonth: 740 }) }, 'demandResponse.hoursPerMonth'],
    [{ coincidentPeak: fourPeaks(1, { shedIn: [true] }) }, 'coincidentPeak.shedIn'],
    [{ hosting: { model: 'flat', usdPerMonth: 1, per: 'kw' }, tariffs: [tariff()] }, 'tariffs'],
    [{ hosting: { model: 'flat', usdPerMonth: 1, per: 'kw' }, market: hourly(0, [1]) }, 'market'],
    [
      { hosting: { model: 'profit-share', hostShare: 0.5, lossesBorneBy: 'both' }, takeOrPay: committed },
      'takeOrPay',
    ],
  ] as const)('%#: names the field', (parts, field) => {
    expect(contractFault(contract(parts as Partial<SiteContract>))?.field).toBe(field)
  })
})
