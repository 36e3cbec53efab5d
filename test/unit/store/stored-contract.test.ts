import { describe, expect, it } from 'vitest'
import { marketOf } from '#shared/domain/power/market-prices.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { contractText, readContractText } from '#shared/ipc/schemas/stored-contract.ts'
import { charge, fourPeaks, hourly, response, takeOrPay, tariff } from '../power/plain-contracts.ts'

const AT_MS = Date.UTC(2025, 10, 20, 12)

it('a contract with every part comes back as it went', () => {
  const prices = marketOf('EUR', [
    { fromMs: AT_MS, minutes: 60, perKwh: [0.1, 0.2] },
    { fromMs: AT_MS + 7_200_000, minutes: 15, perKwh: [0.3, NaN, 0.4] },
  ])
  const contract: SiteContract = {
    ...NO_CONTRACT,
    timeZone: 'Europe/London',
    currency: 'GBP',
    tariffs: [
      tariff({
        periods: [{ days: ['mon'], fromHour: 23.5, toHour: 24, usdPerKwh: 0.03 }],
        tiers: [{ upToKwhPerMonth: 50_000, usdPerKwh: 0.04 }],
        meteredKwhThisMonth: 100,
      }),
    ],
    market: { ...prices, adderUsdPerKwh: 0.01 },
    takeOrPay: takeOrPay({ committedKwhPerDay: 24, handBack: prices, committedUsdPerKwh: 0.05 }),
    capKw: 100,
    floorKw: 10,
    demandResponse: response({ events: [{ fromMs: AT_MS, toMs: AT_MS + 60_000, usdPerKwh: null }] }),
    demandCharge: charge(12, { ratchetShare: 0.75, pastPeaksKw: [50], meteredKwThisMonth: 20 }),
    coincidentPeak: fourPeaks(60, {
      hours: [{ fromMs: AT_MS, toMs: AT_MS + 60_000, probability: 0.5 }],
      peaks: 5,
    }),
    hosting: { model: 'flat', usdPerMonth: 5, per: 'kw' },
  }
  expect(readContractText(contractText(contract))).toEqual({ contract })
})

describe('a contract that was stored before', () => {
  it('has the defaults of the fields that came later, and hourly prices in whole hours', () => {
    const old = {
      timeZone: 'America/Chicago',
      tariffs: [{ from: '2026-01-01', to: null, baseUsdPerKwh: 0.05, periods: [], seasons: [] }],
      takeOrPay: { committedKwhPerDay: 24, handBackUsdPerKwh: 0.01, committedUsdPerKwh: null },
      demandResponse: { creditUsdPerKwMonth: 3, hoursPerMonth: 12, capacityKw: null },
      demandCharge: { usdPerKwMonth: 12, isAlreadySet: true },
      coincidentPeak: { rule: 'mean-of-four-peaks', usdPerKwYear: 60, shedIn: [true, true, true, false] },
      hosting: null,
      market: { firstHourMs: 3_600_000, usdPerKwh: [0.05, null, -0.01], adderUsdPerKwh: 0.004 },
    }
    expect(readContractText(JSON.stringify(old))).toEqual({
      contract: {
        ...NO_CONTRACT,
        timeZone: 'America/Chicago',
        tariffs: [tariff({ from: '2026-01-01' })],
        takeOrPay: takeOrPay({ committedKwhPerDay: 24, handBackUsdPerKwh: 0.01 }),
        demandResponse: response({ creditUsdPerKwMonth: 3, hoursPerMonth: 12 }),
        demandCharge: charge(12, { isAlreadySet: true }),
        coincidentPeak: fourPeaks(60, { shedIn: [true, true, true, false] }),
        market: hourly(3_600_000, [0.05, NaN, -0.01], 0.004),
      },
    })
  })

  it('is refused with the field where it is not acceptable', () => {
    expect(
      readContractText(
        JSON.stringify({ currency: 'JPY', tariffs: [{ from: '2026-01-01', baseUsdPerKwh: 12 }] }),
      ),
    ).toHaveProperty('contract')
    expect(
      readContractText(JSON.stringify({ tariffs: [{ from: '2026-01-01', baseUsdPerKwh: 12 }] })),
    ).toEqual({
      field: 'tariffs[0].baseUsdPerKwh',
      message: 'must be a number from -1 to 1 USD per kWh',
    })
    expect(readContractText(JSON.stringify({ currency: 'XAU' }))).toMatchObject({ field: 'currency' })
  })
})
