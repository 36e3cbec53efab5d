import { siteVerdicts } from '#shared/domain/decision/sites/site-verdicts.ts'
import type { ExplainedSite, SiteFigures } from './protocol.ts'
import type { Scene } from './row-views.ts'

/**
 * Every figure of a site and what it rests on.
 * @param figures of all sites, in their order
 * @returns null where there is no site with this key
 */
export function explainedSite(
  { prepared, market, advice }: Scene,
  key: number,
  figures: () => readonly SiteFigures[],
): ExplainedSite | null {
  const { basis } = prepared
  const { sites } = basis.fleet
  const row = sites.key.indexOf(key)
  if (row < 0) return null
  const decided = market !== null && advice !== null
  return {
    ...figures()[row]!,
    key,
    name: sites.name[row]!,
    powerPriceUsdPerKwh: sites.powerPriceUsdPerKwh[row]!,
    otherUsdPerKwh: sites.otherUsdPerKwh[row]!,
    overhead: sites.overhead[row]!,
    verdicts: decided ? siteVerdicts(basis, advice, row, market.hashpriceUsdPerPhDay) : [],
    contract: advice === null ? null : contractOf(advice.sites().find(({ site }) => site === row)),
  }
}

type SiteAdvice = ReturnType<NonNullable<Scene['advice']>['sites']>[number]

/** What the inspector shows: prices and hours of the contract itself may be many. */
function contractOf(advice: SiteAdvice | undefined): ExplainedSite['contract'] {
  if (advice === undefined) return null
  const { marginalEnergyUsdPerKwh, powerKw, energyKwhPerDay, peakKw, bill } = advice
  const { committed, prices, proven, gapUsd, notes } = advice
  const drawn = { marginalEnergyUsdPerKwh, powerKw, energyKwhPerDay, peakKw, bill }
  return { ...drawn, committed, prices, proven, gapUsd, notes }
}
