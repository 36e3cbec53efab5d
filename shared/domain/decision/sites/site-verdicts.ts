import { ownElseSite } from '../../fleet/columns.ts'
import type { MarginBasis } from '../../margins/fleet-margins.ts'
import { cashMarginUsdPerDay, revenuePerDay } from '../../margins/margin.ts'
import { W_PER_KW } from '../../units.ts'
import type { Advice } from '../advice.ts'
import type { Verdict } from '../words.ts'
import { VERDICTS } from '../words.ts'

/** Machines of a site with one verdict, as sums over their lots. */
export type SiteVerdict = {
  readonly verdict: Verdict
  readonly lots: number
  readonly machines: number
  /** of these, machines of split lots that are off now or from now on, whatever the lot's word */
  readonly stopping: number
  /** what they draw at the meter while they run, kW, overhead included */
  readonly powerKw: number
  /** what they earn while they run at the hashprice, USD/day */
  readonly marginUsdPerDay: number
  /** of the advice against doing as they do now throughout, USD over the horizon; per day where no date is known */
  readonly gainUsd: number
}

/** What is advised at a site, by verdict, in the order of the words. Rows without a verdict are left out. One pass. */
export function siteVerdicts(
  basis: MarginBasis,
  { decisions: { verdict, gainUsd }, split }: Pick<Advice, 'decisions' | 'split'>,
  site: number,
  hashpriceUsdPerPhDay: number,
): readonly SiteVerdict[] {
  const { machines, sites } = basis.fleet
  const { quantity, powerW, overhead } = machines
  const sums = VERDICTS.map((word) => ({
    ...{ verdict: word, lots: 0, machines: 0, stopping: 0, powerKw: 0, marginUsdPerDay: 0, gainUsd: 0 },
  }))
  for (let row = 0; row < machines.length; row++) {
    const sum = sums[verdict[row]!]
    if (machines.site[row] !== site || sum === undefined) continue
    const meter = 1 + ownElseSite(overhead[row]!, sites.overhead[site]!)
    const revenue = revenuePerDay(basis.acceptedPhs[row]!, hashpriceUsdPerPhDay)
    sum.lots++
    sum.machines += quantity[row]!
    const parts = split(row)
    if (parts !== null && parts.run > 0) sum.stopping += parts.pause + parts.off
    sum.powerKw += (quantity[row]! * powerW[row]! * meter) / W_PER_KW
    sum.marginUsdPerDay += cashMarginUsdPerDay(revenue, basis.avoidableCostUsdPerDay[row]!)
    sum.gainUsd += gainUsd[row]!
  }
  return sums.filter(({ lots }) => lots > 0)
}
