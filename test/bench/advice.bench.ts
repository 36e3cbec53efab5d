import type { BenchRow } from '#tools/bench-row.ts'
import { quickest } from '#tools/bench-row.ts'
import { decideOver, settled } from '#shared/domain/decision/advise.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { emptyDecisions } from '#shared/domain/decision/decisions.ts'
import type { Horizon } from '#shared/domain/decision/horizon.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { marketOf } from '#shared/domain/power/market-prices.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { takeOrPay, TARIFF } from './contracts.ts'
import { benchFleet } from './fleets.ts'

/** Verdicts of machines that all differ, as a step of the price asks for them: contracts, ladders and margins are there already. */

const MACHINES = 100_000
const ROUNDS = 12
const FROM_MS = Date.UTC(2025, 10, 20, 12)
const DAYS = 21
const HOURS = 24 * DAYS

function horizonAt(hashprice: number): Horizon {
  const stage = { subsidyBtc: 3.125, difficulty: 1.5e14 }
  const before = 7
  return {
    stages: [
      { ...stage, opensWith: 'now', fromMs: FROM_MS, days: before, hashpriceUsdPerPhDay: hashprice },
      {
        ...stage,
        opensWith: 'adjustment',
        fromMs: FROM_MS + before * 86_400_000,
        days: DAYS - before,
        hashpriceUsdPerPhDay: hashprice / 1.02,
      },
    ],
    days: DAYS,
    volatilityPerYear: 0.77,
    reviewDays: 1,
    changeBelow: null,
    drawn: null,
  }
}

/** Up in the evening, down at night, and different in every hour. */
const MARKET: SiteContract = {
  ...NO_CONTRACT,
  market: {
    ...marketOf('USD', [
      {
        fromMs: FROM_MS,
        minutes: 60,
        perKwh: Float64Array.from(
          { length: HOURS },
          (_, hour) => 0.045 + 0.03 * Math.sin((hour / 24) * 2 * Math.PI) + 0.02 * Math.sin(hour * 1.7),
        ),
      },
    ]),
    adderUsdPerKwh: 0,
  },
}

/** Half of what the site can draw is committed. */
function halfCommitted(fleet: Fleet, site: number): SiteContract {
  let kw = 0
  const { machines } = fleet
  for (let i = 0; i < machines.length; i++)
    if (machines.site[i] === site && machines.powerW[i]! > 0)
      kw += (machines.quantity[i]! * machines.powerW[i]!) / 1000
  return takeOrPay(12 * kw)
}

function stepOf(fleet: Fleet, contractOf: ((site: number) => SiteContract) | null): () => void {
  const inputs: CaseInputs = {
    ...PLAIN_CASE,
    contracts:
      contractOf === null
        ? []
        : fleet.sites.name.map((site, i) => ({
            siteKey: fleet.sites.key[i]!,
            site,
            contract: contractOf(i),
          })),
  }
  const prepared = prepare(fleet, inputs)
  const decisions = emptyDecisions(fleet.machines.length)
  let step = 0
  return () => settled(decideOver(prepared, horizonAt(38 + (step++ % 7) / 2), decisions, null))
}

export function run(): Promise<readonly BenchRow[]> {
  const fleet = benchFleet(MACHINES)
  const tasks = [
    { what: 'one price of energy each', limitMs: 16.7, contractOf: null },
    { what: `a tariff over ${HOURS} hours`, limitMs: 300, contractOf: () => TARIFF },
    { what: `${HOURS} different hourly prices`, limitMs: 300, contractOf: () => MARKET },
    {
      what: 'take-or-pay under a tariff',
      limitMs: 500,
      contractOf: (site: number) => halfCommitted(fleet, site),
    },
  ]
  const took = quickest(
    tasks.map(({ contractOf }) => stepOf(fleet, contractOf)),
    ROUNDS,
  )
  return Promise.resolve(
    tasks.map(({ what, limitMs }, i) => ({
      what: `verdicts of ${MACHINES} machines, ${what}`,
      measured: took[i]!,
      against: `${limitMs} ms`,
      againstMeasured: limitMs,
      goal: 1,
    })),
  )
}
