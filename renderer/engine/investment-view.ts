import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import { startSpreadOf } from '#shared/domain/ahead/simulate/start-spread.ts'
import { payFactor } from '#shared/domain/chain/network.ts'
import { horizonOf } from '#shared/domain/decision/advise.ts'
import type { Picture } from '#shared/domain/decision/picture.ts'
import { startOfProjection } from '#shared/domain/decision/start-of-projection.ts'
import type { ProjectionStart } from '#shared/domain/decision/start-of-projection.ts'
import type { Model } from '#shared/domain/fleet/catalogue.ts'
import { nextPurchases, termsAt } from '#shared/domain/money/next-purchase.ts'
import type { PurchaseCase } from '#shared/domain/money/purchase-returns.ts'
import { purchaseReturns } from '#shared/domain/money/purchase-returns.ts'
import { offerOf } from '#shared/format/offer-text.ts'
import { NO_DISCOUNT_RATE } from '#shared/format/purchase-words.ts'
import type { Calls, MarketInputs } from './protocol.ts'

/** Of each simulation; the same every time. */
const PATHS = 2000
const SEED = 1

type Refusal = { readonly refusal: string }

/** What is still worth what, of a fleet under the market of now. @param picture null: the network is not known */
export function purchasesView(
  picture: Picture | null,
  { real, asOfMs, purchases, ...assumed }: Calls['purchases']['input'],
): Calls['purchases']['output'] {
  const { discountRatePerYear } = assumed
  return refusing(() => {
    const start = startAt(picture, real, asOfMs)
    if ('refusal' in start) return start
    const assumptions = assumptionsOf(assumed)
    const plan = { purchases, discountRatePerYear, assumptions, underWater: 'stop' } as const
    return { returns: purchaseReturns(start.of, plan) }
  })
}

/** What machines on offer would be worth at a site. */
export function nextView(
  picture: Picture | null,
  models: readonly Model[],
  input: Calls['nextPurchases']['input'],
): Calls['nextPurchases']['output'] {
  const { real, asOfMs, siteKey, offers, lifeDays, salvageShare, rankBy, discountRatePerYear } = input
  const read = offers.map(({ model, price }) => offerOf(models, model, price))
  const faults = read.map(({ fault }) => fault)
  if (faults.some((fault) => fault !== null)) return { faults }
  if (discountRatePerYear === null) return { refusal: NO_DISCOUNT_RATE }
  return refusing(() => {
    const start = startAt(picture, real, asOfMs)
    if ('refusal' in start) return start
    const { prepared } = start.of
    const site = prepared.basis.fleet.sites.key.indexOf(siteKey)
    const terms = site < 0 ? null : termsAt(prepared, site)
    if (terms === null)
      return { refusal: 'No machine stands there to take uptime and pool fee from: choose another site.' }
    const ranked = nextPurchases(
      start.of,
      site,
      {
        ...{ lifeDays, salvageShare, rankBy, discountRatePerYear, terms, paths: PATHS, seed: SEED },
        offers: read.map(({ offer }) => offer!),
        assumptions: assumptionsOf(input),
        model: FITTED_PATHS,
        startSpread: startSpreadOf(FITTED_PATHS, start.carried, real?.conditions.atMs ?? null),
      },
      start.estimate,
    )
    return { ranked, terms, paths: PATHS }
  })
}

const assumptionsOf = (given: {
  readonly priceGrowthPerYear: number
  readonly hashrateGrowthPerYear: number
}) => ({
  price: constantGrowth(given.priceGrowthPerYear),
  hashrate: constantGrowth(given.hashrateGrowthPerYear),
  response: null,
})

function startAt(
  picture: Picture | null,
  real: MarketInputs | null,
  asOfMs: number,
): (Pick<ProjectionStart, 'carried' | 'estimate'> & { readonly of: PurchaseCase }) | Refusal {
  if (picture === null || real === null || Number.isNaN(payFactor(real.conditions)))
    return { refusal: 'Price, difficulty, height and fees of the network are needed; they are not known.' }
  const horizon = horizonOf(picture.market)
  const start = startOfProjection(real.conditions, picture.market, real.nowMs ?? asOfMs)
  if (horizon === null || start === null)
    return { refusal: 'The running epoch is not known, so there is no projection.' }
  const { network, adjustment, carried, estimate } = start
  return { carried, estimate, of: { prepared: picture.prepared, horizon, network, adjustment, asOfMs } }
}

/** What is asked for and cannot be is told in its words. */
function refusing<T>(work: () => T): T | Refusal {
  try {
    return work()
  } catch (fault) {
    if (fault instanceof RangeError) return { refusal: `There are no such figures: ${fault.message}.` }
    throw fault
  }
}
