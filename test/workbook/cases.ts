import type { WorkbookCase } from '#electron/files/workbook/case.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { Site } from '#shared/domain/fleet/columns.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { charge, response, takeOrPay, tariff } from '../unit/power/plain-contracts.ts'
import { machine, network, site } from '../unit/machines.ts'

export const AT_MS = Date.UTC(2026, 0, 12, 6)
const NAN = Number.NaN

/** A fleet without contracts under a network whose next adjustment is known. */
export function workbookCase(given: Partial<WorkbookCase> = {}): WorkbookCase {
  return {
    title: 'Mining position',
    company: 'Ridge & Sons <Ltd>',
    version: '1.2.3',
    madeAtMs: AT_MS,
    asOfMs: null,
    fleet: fleetFrom(SITES, MACHINES),
    tariffs: [{ siteKey: 1, currency: 'EUR', powerPricePerKwh: 0.05, otherPerKwh: 0.01 }],
    inputs: { ...PLAIN_CASE, policies: policies([5, 'protected']) },
    conditions: network({
      epoch: { blocks: 1007, seconds: 612_345 },
      previousAdjustments: [0.012, -0.024],
      atMs: AT_MS,
    }),
    origins: { priceUsdPerBtc: { source: 'kraken', asOfMs: AT_MS } },
    rates: [{ currency: 'EUR', usdPerUnit: 1.1, source: 'typed', asOfMs: AT_MS }],
    horizonDays: null,
    scenario: {
      name: 'Growth',
      assumptions: { price: constantGrowth(0.1), hashrate: constantGrowth(0.3), response: null },
    },
    finance: { generalUsdPerDay: 120, demandResponseCreditsUsdPerDay: 15, depreciationUsdPerDay: 80 },
    ...given,
  }
}

/** The second pays in euro, at 1.1 USD. */
export const SITES: readonly Site[] = [
  site({ name: '=cmd|’ /C calc’!A0', otherUsdPerKwh: 0.004, overhead: 0.06 }),
  site({ name: 'Norður', powerPriceUsdPerKwh: 0.05 * 1.1, otherUsdPerKwh: 0.01 * 1.1 }),
  site({ name: 'Unpriced', powerPriceUsdPerKwh: NAN }),
]
const [FIRST, EURO, UNPRICED] = SITES.map(({ name }) => name) as [string, string, string]

/** Of every kind: with figures that are missing, prices of their own, off, in repair, protected, without hashrate. */
export const MACHINES: readonly Machine[] = [
  machine({ id: 'plain', site: FIRST, quantity: 12, restartUsd: 3 }),
  machine({
    id: 'fees',
    site: FIRST,
    quantity: 7,
    hashrateThs: 234,
    powerW: 3510,
    uptime: 0.97,
    poolFee: 0.01,
    hostShare: 0.05,
    standbyW: 25,
    fixedUsdPerDay: 0.4,
  }),
  machine({ id: 'own', site: EURO, powerPriceUsdPerKwh: 0.031, otherUsdPerKwh: 0, overhead: 0.2 }),
  machine({ id: 'euro', site: EURO, quantity: 3, hashrateThs: 60, powerW: 3300, standbyW: 10 }),
  machine({ id: 'off', site: EURO, status: 'off', quantity: 4, standbyW: 15, fixedUsdPerDay: 1 }),
  machine({ id: 'protected', site: FIRST, hashrateThs: 20, powerW: 1400 }),
  machine({ id: 'repair', site: FIRST, status: 'repair', standbyW: 12 }),
  machine({ id: 'no price', site: UNPRICED, quantity: 2 }),
  machine({ id: 'no hashrate', site: FIRST, hashrateThs: NAN }),
  machine({ id: 'no power', site: FIRST, powerW: NAN }),
  machine({ id: 'paid to run', site: EURO, powerPriceUsdPerKwh: -0.02, standbyW: 30 }),
  machine({ id: 'heater', site: EURO, hashrateThs: 0, powerW: 900, standbyW: 4 }),
  machine({ id: 'never up', site: FIRST, uptime: 0, standbyW: 9 }),
]

export function policies(
  ...given: readonly (readonly [key: number, policy: (typeof MACHINE_POLICIES)[number]])[]
): CaseInputs['policies'] {
  return {
    machineKey: Float64Array.from(given, ([key]) => key),
    policy: Uint8Array.from(given, ([, policy]) => MACHINE_POLICIES.indexOf(policy)),
  }
}

const CONTRACTS: Readonly<Record<string, Partial<SiteContract>>> = {
  tariff: {
    tariffs: [
      tariff({
        periods: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], fromHour: 16, toHour: 21, usdPerKwh: 0.14 }],
      }),
    ],
    demandResponse: response({ creditUsdPerKwMonth: 3, hoursPerMonth: 12 }),
  },
  committed: {
    takeOrPay: takeOrPay({ committedKwhPerDay: 500, handBackUsdPerKwh: 0.01, committedUsdPerKwh: 0.05 }),
  },
  'own price': { demandCharge: charge(4) },
  'flat host': { hosting: { model: 'flat', usdPerMonth: 90, per: 'machine' } },
  nameplate: { hosting: { model: 'per-kwh', usdPerKwh: 0.07, basis: 'nameplate' } },
  share: { hosting: { model: 'revenue-share', hostShare: 0.4, energyPaidBy: 'host' } },
}

/** Energy that is committed has one price for all. */
const ownPrice = (name: string) => (name === 'committed' ? NAN : 0.075)

/** A site for each kind of contract, each with the same machines. */
export function contractsCase(priceOfOne = ownPrice): WorkbookCase {
  const names = Object.keys(CONTRACTS)
  const sites = names.map((name) => site({ name, otherUsdPerKwh: 0.006, overhead: 0.04 }))
  const machines = names.flatMap((name) => [
    machine({ id: `${name} 1`, site: name, quantity: 5, uptime: 0.96, standbyW: 20, poolFee: 0.015 }),
    machine({
      id: `${name} 2`,
      site: name,
      hashrateThs: 200,
      powerW: 3500,
      powerPriceUsdPerKwh: priceOfOne(name),
    }),
    machine({ id: `${name} 3`, site: name, hashrateThs: 90, status: 'off', standbyW: 8, fixedUsdPerDay: 2 }),
    machine({ id: `${name} 4`, site: name, powerW: NAN }),
    machine({ id: `${name} 5`, site: name, hashrateThs: 150 }),
    machine({ id: `${name} 6`, site: name, hashrateThs: 150, standbyW: 11 }),
  ])
  return workbookCase({
    fleet: fleetFrom(sites, machines),
    tariffs: [],
    rates: [],
    inputs: {
      ...PLAIN_CASE,
      policies: policies(
        ...names.flatMap((_, i) => [[6 * i + 4, 'exempt'] as const, [6 * i + 5, 'protected'] as const]),
      ),
      contracts: names.map((name, siteKey) => ({
        siteKey,
        site: name,
        contract: { ...NO_CONTRACT, ...CONTRACTS[name] },
      })),
    },
  })
}
