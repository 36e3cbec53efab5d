import { PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { decideWithContracts } from '#shared/domain/decision/decide-with-contracts.ts'
import type { Hosting } from '#shared/domain/power/hosting.ts'
import { runUpToUsdPerKwh } from '#shared/domain/power/hourly-price.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { siteTerms } from '#shared/domain/power/site-terms.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'

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
  const basis = prepareMargins(
    fleetFrom(
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
    ),
  )
  const outlook = { hashpriceUsdPerPhDay, change: 0, daysToAdjustment: 1, horizonDays: 1, changeBelow: null }
  const terms = siteTerms('North', { ...NO_CONTRACT, hosting }, outlook, null)
  return decideWithContracts(basis, outlook, { terms: [terms], policies: null }).marginNowUsdPerDay[0]!
}

it.each(figures)('$what ($source)', ({ hostShare, efficiencyJPerTh, published }) => {
  const kwh = (THS * efficiencyJPerTh * 24) / 1000
  for (const { hashpriceUsdPerPhDay, usdPerKwh, tolerance } of published) {
    const revenue = (THS / 1000) * hashpriceUsdPerPhDay
    const found =
      hostShare === undefined
        ? runUpToUsdPerKwh(revenue, kwh, 0, 0)
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
