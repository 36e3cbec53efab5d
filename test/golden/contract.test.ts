import { PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { adviseOver } from '#shared/domain/decision/advise.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { breakevenPowerPriceUsdPerKwh } from '#shared/domain/margins/margin.ts'
import { aDay } from '../unit/decision/one-day.ts'
import type { Hosting } from '#shared/domain/power/hosting.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'

type Figures = {
  readonly what: string
  readonly source: string
  readonly hostShare?: number
  readonly efficiencyJPerTh: number
  readonly published: readonly {
    readonly hashpriceUsdPerPhDay: number
    readonly usdPerKwh: number
    readonly tolerance: number
  }[]
}
const figures = JSON.parse(
  readFileSync(new URL('contract-figures.json', import.meta.url), 'utf8'),
) as readonly Figures[]

const THS = 200

function marginUsdPerDay(efficiencyJPerTh: number, hashpriceUsdPerPhDay: number, hosting: Hosting): number {
  const fleet = fleetFrom(
    [{ name: 'North', powerPriceUsdPerKwh: 0.05, otherUsdPerKwh: 0, overhead: 0 }],
    [
      {
        ...PLAIN_MACHINE,
        id: 'rig',
        site: 'North',
        hashrateThs: THS,
        powerW: THS * efficiencyJPerTh,
      },
    ],
  )
  const contract = { ...NO_CONTRACT, hosting }
  const contracts = [{ siteKey: fleet.sites.key[0]!, site: 'North', contract }]
  const prepared = prepare(fleet, { ...PLAIN_CASE, contracts })
  return adviseOver(prepared, aDay(hashpriceUsdPerPhDay)).row(0).marginNowUsdPerDay
}

it.each(figures)('$what ($source)', ({ hostShare, efficiencyJPerTh, published }) => {
  const kwh = (THS * efficiencyJPerTh * 24) / 1000
  for (const { hashpriceUsdPerPhDay, usdPerKwh, tolerance } of published) {
    const revenue = (THS / 1000) * hashpriceUsdPerPhDay
    const found =
      hostShare === undefined
        ? breakevenPowerPriceUsdPerKwh(revenue, kwh, 0)
        : (revenue -
            marginUsdPerDay(efficiencyJPerTh, hashpriceUsdPerPhDay, {
              model: 'revenue-share',
              hostShare,
              energyPaidBy: 'host',
            })) /
          kwh
    expect(Math.abs(found - usdPerKwh)).toBeLessThanOrEqual(tolerance)
  }
})
