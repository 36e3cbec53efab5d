import type { SiteAdvice } from '#shared/domain/decision/advice.ts'
import type { Picture } from '#shared/domain/decision/picture.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { sitesNow } from '#shared/domain/decision/sites/site-now.ts'
import { siteOptimum } from '#shared/domain/decision/sites/site-optimum.ts'
import { changesBetween } from '#shared/domain/decision/trial.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import { rowsContaining } from '#shared/domain/fleet/search.ts'
import { FOLLOW, MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import type { SiteAhead, SitePolicies, SiteView } from './protocol.ts'

/** One site as its page shows it. */
export function siteView(
  prepared: Prepared,
  picture: Picture | null,
  siteKey: number,
  find: string,
): SiteView | null {
  const site = prepared.basis.fleet.sites.key.indexOf(siteKey)
  if (site < 0) return null
  const advised = picture?.advice ?? null
  const all = advised?.sites() ?? []
  const advice = all.find((each) => each.site === site)
  return {
    siteKey,
    now: sitesNow(prepared, all)[site]!,
    advice: advice === undefined ? null : shownAdvice(advice),
    optimum: advised === null ? [] : siteOptimum(prepared, advised, site),
    policies: policiesAt(prepared, site, find),
    refusal: picture?.refusal ?? null,
  }
}

/** What a site's page is told of what it tries; null pictures: the network is not known. */
export function siteAhead(
  site: number,
  prepared: Prepared,
  before: Picture | null,
  after: Picture | null,
): SiteAhead {
  const earns = (picture: Picture | null) => picture?.advice?.totals.marginNowUsdPerDay.advised ?? Number.NaN
  return {
    changes: changesBetween(prepared.basis.fleet, before, after),
    usdPerDay: { before: earns(before), after: earns(after) },
    now: sitesNow(prepared, after?.advice?.sites() ?? [])[site]!,
    refusal: after?.refusal ?? null,
  }
}

/** Its contract stays here: the prices of a file are too many to go along each time. */
function shownAdvice({ totals, committed, proven, gapUsd, notes }: SiteAdvice): SiteView['advice'] {
  return { totals, committed, proven, gapUsd, notes }
}

/** Lots that are shown; the others are looked for. */
const MOST_LOTS = 40

function policiesAt({ basis, policies }: Prepared, site: number, find: string): SitePolicies {
  const { machines } = basis.fleet
  const isFound = find.trim() === '' ? null : rowsContaining(basis.fleet, find)
  const counts: Record<MachinePolicy, number> = { follow: 0, protected: 0, exempt: 0 }
  const others: number[] = []
  const following: number[] = []
  let found = 0
  for (let row = 0; row < machines.length; row++) {
    if (machines.site[row] !== site) continue
    const policy = policies?.[row] ?? FOLLOW
    counts[MACHINE_POLICIES[policy]!] += machines.quantity[row]!
    if (isFound !== null && !isFound(row)) continue
    found++
    const list = policy === FOLLOW ? following : others
    if (list.length < MOST_LOTS) list.push(row)
  }
  return {
    machines: counts,
    found,
    lots: [...others, ...following].slice(0, MOST_LOTS).map((row) => ({
      key: machines.key[row]!,
      id: textAt(machines.id, row),
      model: labelAt(machines.model, row),
      quantity: machines.quantity[row]!,
      policy: MACHINE_POLICIES[policies?.[row] ?? FOLLOW]!,
    })),
  }
}
