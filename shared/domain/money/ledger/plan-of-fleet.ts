import { energyKwhPerDayAt } from '../../margins/fleet-margins.ts'
import type { MarginBasis } from '../../margins/fleet-margins.ts'
import { HOURS_PER_DAY, THS_PER_PHS } from '../../units.ts'
import type { LedgerEvidence } from './month.ts'

type Sums = {
  phs: number
  hashedPhs: number
  keptPhs: number
  kwhPerDay: number
  usdPerDay: number
}

/**
 * What the stored fleet does in a month, by site, from its machines that run and whose figures are all there; a site without one has no
 * plan.
 *
 * - hashratePhs: Σ of all of them while they run, before any fee and before a host's share, as a pool counts it
 * - uptime: Σ hashed ÷ hashratePhs
 * - poolFee: by what is hashed
 * - powerKw: energy of a day ÷ 24 ÷ uptime, so that 24 · uptime · powerKw is the energy at the meter, overhead and standby with it
 * - usdPerKwh: avoidable cost ÷ energy, by which dear machines count by what they use; 0 where no energy is used
 */
export function plansOfFleet(basis: MarginBasis): LedgerEvidence['plansNow'] {
  const { machines, sites } = basis.fleet
  const sums = Array.from({ length: sites.length }, (): Sums => ({
    phs: 0,
    hashedPhs: 0,
    keptPhs: 0,
    kwhPerDay: 0,
    usdPerDay: 0,
  }))
  for (let row = 0; row < basis.length; row++) {
    if (basis.counted[row] === 0) continue
    const sum = sums[machines.site[row]!]!
    const phs = (machines.quantity[row]! * machines.hashrateThs[row]!) / THS_PER_PHS
    const hashedPhs = phs * machines.uptime[row]!
    sum.phs += phs
    sum.hashedPhs += hashedPhs
    sum.keptPhs += hashedPhs * machines.poolFee[row]!
    sum.kwhPerDay += energyKwhPerDayAt(basis.fleet, row)
    sum.usdPerDay += basis.avoidableCostUsdPerDay[row]!
  }
  return sums.flatMap((sum, site) => {
    if (!(sum.hashedPhs > 0)) return []
    const uptime = Math.min(1, sum.hashedPhs / sum.phs)
    return [
      {
        site: sites.name[site]!,
        plan: {
          kind: 'plan' as const,
          hashratePhs: sum.phs,
          powerKw: sum.kwhPerDay / HOURS_PER_DAY / uptime,
          uptime,
          poolFee: Math.min(1, sum.keptPhs / sum.hashedPhs),
          usdPerKwh: sum.kwhPerDay > 0 ? sum.usdPerDay / sum.kwhPerDay : 0,
        },
      },
    ]
  })
}
