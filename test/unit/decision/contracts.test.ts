import { describe, expect, it } from 'vitest'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Site } from '#shared/domain/fleet/columns.ts'
import { coincidentPeakResult } from '#shared/domain/power/coincident-peak.ts'
import {
  contractVerdictProbability,
  decideWithContracts,
} from '#shared/domain/decision/decide-with-contracts.ts'
import { EXEMPT, PROTECTED } from '#shared/domain/power/machine-policy.ts'
import { contractFault, NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { siteResults } from '#shared/domain/decision/site-results.ts'
import { siteTerms } from '#shared/domain/power/site-terms.ts'
import { decideFleet, OFF, PAUSE, RUN, verdictProbability } from '#shared/domain/decision/decide.ts'
import type { Outlook } from '#shared/domain/decision/decide.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { machine as lotOf } from '../machines.ts'

const MONTH_DAYS = 365.25 / 12
const AT_MS = Date.UTC(2026, 0, 12, 6)
const OUTLOOK: Outlook = {
  hashpriceUsdPerPhDay: 40,
  change: 0,
  daysToAdjustment: 5,
  horizonDays: 20,
  changeBelow: null,
}
const SITE: Site = { name: 'North', powerPriceUsdPerKwh: 0.07, otherUsdPerKwh: 0.01, overhead: 0.1 }
const machine = (change: Partial<Machine> = {}) => lotOf({ model: '', quantity: 10, ...change })
const contract = (parts: Partial<SiteContract>): SiteContract => ({ ...NO_CONTRACT, ...parts })

function advise(
  machines: readonly Machine[],
  parts: Partial<SiteContract>,
  policies: number[] | null = null,
  outlook = OUTLOOK,
) {
  const given = contract(parts)
  expect(contractFault(given)).toBeNull()
  const basis = prepareMargins(fleetFrom([SITE], machines))
  const contracts = {
    terms: [siteTerms('North', given, outlook, AT_MS)],
    policies: policies === null ? null : Uint8Array.from(policies),
  }
  const decisions = decideWithContracts(basis, outlook, contracts)
  return { basis, contracts, decisions, result: siteResults(basis, decisions, outlook, contracts)[0]! }
}

// Ten machines: 40 USD a day of revenue, 792 kWh, 63.36 USD of energy at 0.07 + 0.01.
const REVENUE = 40
const KWH = 792

describe('hosting', () => {
  it('flat: nothing is avoidable, and the fee runs on', () => {
    const { decisions, result } = advise([machine()], {
      hosting: { model: 'flat', usdPerMonth: 80, per: 'machine' },
    })
    expect(decisions.verdict[0]).toBe(RUN)
    expect(decisions.marginNowUsdPerDay[0]).toBeCloseTo(REVENUE, 9)
    expect(result.fixedHostingUsdPerDay).toBeCloseTo(800 / MONTH_DAYS, 9)
    const perKw = advise([machine()], { hosting: { model: 'flat', usdPerMonth: 50, per: 'kw' } })
    expect(perKw.result.fixedHostingUsdPerDay).toBeCloseTo((33 * 50) / MONTH_DAYS, 9)
  })

  it('per kWh: metered counts what is drawn, nameplate the rated power of every hour', () => {
    const rig = machine({ uptime: 0.5, standbyW: 100 })
    const metered = advise([rig], {
      hosting: { model: 'per-kwh', usdPerKwh: 0.06, basis: 'metered' },
    }).decisions
    expect(metered.marginNowUsdPerDay[0]).toBeCloseTo(20 - 0.06 * 0.24 * 1.1 * (1500 + 50), 9)
    expect(metered.offNowUsdPerDay[0]).toBeCloseTo(-0.06 * 0.24 * 1.1 * 100, 9)
    const rated = advise([rig], {
      hosting: { model: 'per-kwh', usdPerKwh: 0.06, basis: 'nameplate' },
    }).decisions
    expect(rated.marginNowUsdPerDay[0]).toBeCloseTo(20 - 0.06 * 0.24 * 3000, 9)
    expect(rated.offNowUsdPerDay[0]).toBe(-0)
  })

  it('pure revenue share: the tenant never powers down, however low the hashprice', () => {
    for (const hashpriceUsdPerPhDay of [40, 5, 0.01]) {
      const { decisions } = advise(
        [machine({ restartUsd: 3, standbyW: 20 })],
        { hosting: { model: 'revenue-share', hostShare: 0.7, energyPaidBy: 'host' } },
        null,
        { ...OUTLOOK, hashpriceUsdPerPhDay, change: 0.3 },
      )
      expect(decisions.verdict[0]).toBe(RUN)
      expect(decisions.marginNowUsdPerDay[0]).toBeCloseTo(0.3 * hashpriceUsdPerPhDay, 9)
    }
    const paysPower = advise([machine()], {
      hosting: { model: 'revenue-share', hostShare: 0.7, energyPaidBy: 'tenant' },
    })
    expect(paysPower.decisions.verdict[0]).toBe(OFF)
  })

  it.each([
    ['tenant', OFF, REVENUE - KWH * 0.08],
    ['both', OFF, 0.6 * (REVENUE - KWH * 0.08)],
    ['host', RUN, 0],
  ] as const)('profit share, losses borne by %s', (lossesBorneBy, verdict, margin) => {
    const { decisions } = advise([machine()], {
      hosting: { model: 'profit-share', hostShare: 0.4, lossesBorneBy },
    })
    expect(decisions.verdict[0]).toBe(verdict)
    expect(decisions.marginNowUsdPerDay[0]).toBeCloseTo(margin, 9)
  })
})

describe('policies', () => {
  it('protected machines run on, exempt ones pay their own price', () => {
    const machines = ['follow', 'protected', 'exempt'].map((id) => machine({ id, powerPriceUsdPerKwh: 0.03 }))
    const tariffs = [{ from: '2020-01-01', to: null, baseUsdPerKwh: 0.09, periods: [], seasons: [] }]
    const { decisions, result } = advise(machines, { tariffs }, [0, PROTECTED, EXEMPT])
    expect([...decisions.verdict]).toEqual([OFF, RUN, RUN])
    expect(decisions.gainUsd[1]).toBe(0)
    expect(decisions.marginNowUsdPerDay[1]).toBeCloseTo(REVENUE - KWH * 0.1, 9)
    expect(decisions.marginNowUsdPerDay[2]).toBeCloseTo(REVENUE - KWH * 0.04, 9)
    expect(result.machines).toEqual({ run: 20, pause: 0, off: 10 })
  })

  it('an exempt machine that is off pays for its standby at its own price', () => {
    const rig = machine({ powerPriceUsdPerKwh: 0.03, standbyW: 100 })
    const tariffs = [{ from: '2020-01-01', to: null, baseUsdPerKwh: 0.09, periods: [], seasons: [] }]
    const { decisions } = advise([rig], { tariffs }, [EXEMPT])
    expect(decisions.offNowUsdPerDay[0]).toBeCloseTo(-26.4 * 0.04, 9)
  })

  it('a protected machine keeps to no schedule', () => {
    const market = { firstHourMs: 0, usdPerKwh: Float64Array.of(0.02, 0.2), adderUsdPerKwh: 0 }
    const { decisions } = advise([machine({ id: 'a' }), machine({ id: 'b' })], { market }, [0, PROTECTED])
    expect([...decisions.shareOfHoursNow]).toEqual([0.5, 1])
    expect(decisions.marginNowUsdPerDay[0]).toBeCloseTo((REVENUE - KWH * 0.03) / 2, 9)
    expect(decisions.marginNowUsdPerDay[1]).toBeCloseTo(REVENUE - KWH * 0.12, 9)
  })
})

describe('market prices', () => {
  it('take the hours of the horizon where the file has them, else the whole file', () => {
    const ahead = new Float64Array(30 * 24).fill(0.05).fill(0.03, 0, 5 * 24)
    const market = { firstHourMs: AT_MS, usdPerKwh: ahead, adderUsdPerKwh: 0.01 }
    const { result } = advise([machine()], { market })
    expect(result.terms!.pricesFrom).toBe('market-horizon')
    expect(result.terms!.curves!.map(({ meanUsdPerKwh }) => meanUsdPerKwh)).toEqual([
      0.04, 0.060000000000000005,
    ])
    const past = advise([machine()], { market: { ...market, firstHourMs: 0 } }).result
    expect(past.terms!.pricesFrom).toBe('market-file')
    expect(past.terms!.curves![0]).toBe(past.terms!.curves![1])
    expect(past.terms!.curves![0].hours).toBe(720)
  })

  it('pause where only the time after the adjustment has cheap hours', () => {
    const hours = new Float64Array(20 * 24).fill(0.05).fill(0.2, 0, 5 * 24)
    const market = { firstHourMs: AT_MS, usdPerKwh: hours, adderUsdPerKwh: 0 }
    const { decisions } = advise([machine({ powerW: 2500 })], { market }, null, { ...OUTLOOK, change: -0.05 })
    expect(decisions.verdict[0]).toBe(PAUSE)
    expect(decisions.shareOfHoursNow[0]).toBe(0)
    expect(decisions.shareOfHoursAfter[0]).toBe(1)
  })

  it('stay on where a restart costs more than a schedule saves', () => {
    const hours = Float64Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 0.02 : 0.045))
    const market = { firstHourMs: 0, usdPerKwh: hours, adderUsdPerKwh: 0 }
    const free = advise([machine()], { market }).decisions
    expect(free.shareOfHoursNow[0]).toBe(0.5)
    const dear = advise([machine({ restartUsd: 1 })], { market }).decisions
    expect(dear.shareOfHoursNow[0]).toBe(1)
    expect(dear.marginNowUsdPerDay[0]).toBe(dear.alwaysOnNowUsdPerDay[0])
  })
})

describe('demand response', () => {
  const programme = { creditUsdPerKwMonth: 40, hoursPerMonth: 30, capacityKw: null }

  it('shows income, lost hashing and energy that is not bought, and can keep a machine on', () => {
    const { decisions, result } = advise([machine()], { demandResponse: programme })
    const shed = 30 / (MONTH_DAYS * 24)
    expect(result.demandResponse).toMatchObject({ capacityKw: 33, shortKw: 0 })
    expect(result.demandResponse!.incomeUsdPerDay).toBeCloseTo((33 * 40) / MONTH_DAYS, 9)
    expect(result.demandResponse!.lostHashingUsdPerDay).toBeCloseTo(shed * REVENUE, 9)
    expect(result.demandResponse!.avoidedEnergyUsdPerDay).toBeCloseTo(shed * KWH * 0.08, 9)
    expect(decisions.verdict[0]).toBe(RUN)
    const bare = REVENUE - KWH * 0.08
    expect(bare).toBeLessThan(0)
    expect(decisions.marginNowUsdPerDay[0]).toBeCloseTo(bare + result.demandResponse!.netUsdPerDay, 9)
  })

  it('a promised capacity is the site’s: it does not weigh on a verdict, and a lack of it shows', () => {
    const { decisions, result } = advise([machine(), machine({ id: 'good', powerW: 1500, quantity: 4 })], {
      demandResponse: { ...programme, capacityKw: 20 },
    })
    expect([...decisions.verdict]).toEqual([OFF, RUN])
    expect(result.demandResponse).toMatchObject({ capacityKw: 20, shortKw: 20 - 4 * 1.5 * 1.1 })
  })
})

describe('charges on power', () => {
  it('a demand charge is avoided by staying off, unless the month’s peak is set', () => {
    const good = machine({ powerW: 2000 })
    const charge = { usdPerKwMonth: 15, isAlreadySet: false }
    const open = advise([good], { demandCharge: charge })
    expect(open.decisions.marginNowUsdPerDay[0]).toBeCloseTo(REVENUE - 528 * 0.08 - (22 * 15) / MONTH_DAYS, 9)
    expect(open.decisions.verdict[0]).toBe(OFF)
    const cheap = machine({ powerW: 1500 })
    const set = advise([cheap], { demandCharge: { ...charge, isAlreadySet: true } })
    expect(set.decisions.marginNowUsdPerDay[0]).toBeCloseTo(REVENUE - 396 * 0.08, 9)
    expect(set.result.demandCharge!.usdPerMonth).toBeCloseTo(16.5 * 15, 9)
  })

  it('a demand charge counts all the power of a running machine, that of its standby too', () => {
    const rig = machine({ powerW: 2000, standbyW: 200 })
    const { decisions } = advise([rig], { demandCharge: { usdPerKwMonth: 1.5, isAlreadySet: false } })
    expect(decisions.marginNowUsdPerDay[0]).toBeCloseTo(REVENUE - 528 * 0.08 - (22 * 1.5) / MONTH_DAYS, 9)
  })

  it('four peaks: the mean load in them', () => {
    const peak = { rule: 'mean-of-four-peaks', usdPerKwYear: 60, shedIn: [true, true, true, false] } as const
    expect(coincidentPeakResult(peak, 100, 300)).toEqual({
      chargedKw: 175,
      usdPerYear: 10_500,
      usdPerYearUnshed: 24_000,
    })
    const { result } = advise(
      [machine({ powerW: 1500 }), machine({ id: 'p', powerW: 1000 })],
      { coincidentPeak: peak },
      [0, PROTECTED],
    )
    expect(result.coincidentPeak!.chargedKw).toBeCloseTo(11 + 16.5 / 4, 9)
  })
})

describe('the probability of a verdict', () => {
  const changeBelow = (change: number) => Math.min(Math.max((change + 0.2) / 0.4, 0), 1)
  const outlook = { ...OUTLOOK, hashpriceUsdPerPhDay: 60, changeBelow }
  const rigs = [2000, 3000, 3150, 3300, 4000].map((powerW, i) =>
    machine({ id: `m${i}`, powerW, restartUsd: i }),
  )

  it('is that of the plain one where the contract changes nothing', () => {
    const { basis, contracts, decisions } = advise(rigs, {}, null, outlook)
    const plain = decideFleet(basis, outlook)
    rigs.forEach((_, i) => {
      expect(decisions.verdict[i]).toBe(plain.verdict[i])
      expect(contractVerdictProbability(basis, decisions, outlook, contracts, i)).toBeCloseTo(
        verdictProbability(basis, plain, outlook, i),
        9,
      )
    })
  })

  it('is that of the price it really pays', () => {
    // All of it committed and handed back for nothing: it runs whatever the change is.
    const committed = { committedKwhPerDay: 1e5, handBackUsdPerKwh: 0, committedUsdPerKwh: null }
    const { basis, contracts, decisions } = advise(rigs, { takeOrPay: committed }, null, outlook)
    expect([...decisions.verdict]).toEqual([RUN, RUN, RUN, RUN, RUN])
    expect(contractVerdictProbability(basis, decisions, outlook, contracts, 4)).toBe(1)
  })
})

describe('the probability of what is settled beforehand', () => {
  it('is 1 for a protected machine, whose verdict no change turns', () => {
    const outlook = {
      ...OUTLOOK,
      hashpriceUsdPerPhDay: 60,
      changeBelow: (change: number) => Math.min(Math.max((change + 0.2) / 0.4, 0), 1),
    }
    const rigs = [machine({ id: 'follow', powerW: 3150 }), machine({ id: 'protected', powerW: 3150 })]
    const tariffs = [{ from: '2020-01-01', to: null, baseUsdPerKwh: 0.06, periods: [], seasons: [] }]
    const { basis, contracts, decisions } = advise(rigs, { tariffs }, [0, PROTECTED], outlook)
    const probability = (i: number) => contractVerdictProbability(basis, decisions, outlook, contracts, i)
    expect(probability(0)).toBeGreaterThan(0)
    expect(probability(0)).toBeLessThan(1)
    expect(decisions.verdict[1]).toBe(RUN)
    expect(probability(1)).toBe(1)
  })
})

describe('contracts that contradict themselves', () => {
  const takeOrPay = { committedKwhPerDay: 100, handBackUsdPerKwh: 0.02, committedUsdPerKwh: null }
  it.each([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [
      {
        tariffs: [{ from: '2026-01-01', to: null, baseUsdPerKwh: 0.1, periods: [], seasons: [] }],
        market: { firstHourMs: 0, usdPerKwh: Float64Array.of(1), adderUsdPerKwh: 0 },
      },
      'market',
    ],
    [{ takeOrPay: { ...takeOrPay, committedKwhPerDay: -1 } }, 'takeOrPay.committedKwhPerDay'],
    [
      { demandResponse: { creditUsdPerKwMonth: 1, hoursPerMonth: 740, capacityKw: null } },
      'demandResponse.hoursPerMonth',
    ],
    [
      { coincidentPeak: { rule: 'mean-of-four-peaks', usdPerKwYear: 1, shedIn: [true] } },
      'coincidentPeak.shedIn',
    ],
    [{ hosting: { model: 'flat', usdPerMonth: 1, per: 'kw' }, takeOrPay }, 'takeOrPay'],
    [{ hosting: { model: 'profit-share', hostShare: 0.5, lossesBorneBy: 'both' }, takeOrPay }, 'takeOrPay'],
  ] as const)('%#: names the field', (parts, field) => {
    expect(contractFault(contract(parts as Partial<SiteContract>))?.field).toBe(field)
  })

  it('names the day on which no tariff is valid, and a hand-back price above the price of power', () => {
    const tariffs = [{ from: '2020-01-01', to: '2026-01-20', baseUsdPerKwh: 0.09, periods: [], seasons: [] }]
    expect(() => siteTerms('North', contract({ tariffs }), OUTLOOK, AT_MS)).toThrow(
      'site North, field tariffs: no version is valid on 2026-01-21',
    )
    expect(() => siteTerms('North', contract({ tariffs }), OUTLOOK, null)).toThrow(
      'field tariffs: dated prices need a date',
    )
    expect(() => advise([machine()], { takeOrPay: { ...takeOrPay, handBackUsdPerKwh: 0.08 } })).toThrow(
      'site North, field takeOrPay.handBackUsdPerKwh: 0.08 is above the price of power, 0.07 USD/kWh',
    )
  })
})
