import type { Stage } from '../ahead/stage.ts'
import { DAYS_PER_MONTH } from '../units.ts'
import type { DemandCharge } from './demand-charge.ts'
import { paidAnywayKw } from './demand-charge.ts'
import type { LocalMonth } from './local-calendar.ts'
import type { PeakCharge } from './supply.ts'

/**
 * A demand charge over the stages. A stage carries the part of each billing month's rate that it is of that month; what is paid
 * anyway is the mean over these months, weighted by their parts. null where nothing more can be avoided, as `isAlreadySet` says.
 * @param months that the horizon touches, the present one first; null: no date is known, a month has 365.25/12 days
 * @param beginMs begin of each stage and the end of the last; not read without months
 */
export function peakChargeOf(
  charge: DemandCharge,
  stages: readonly Stage[],
  months: readonly LocalMonth[] | null,
  beginMs: ArrayLike<number>,
): PeakCharge | null {
  if (charge.isAlreadySet || charge.usdPerKwMonth === 0) return null
  const usdPerKw: number[] = []
  const freeKw: number[] = []
  stages.forEach(({ days }, t) => {
    if (months === null) {
      usdPerKw.push((charge.usdPerKwMonth * days) / DAYS_PER_MONTH)
      freeKw.push(paidAnywayKw(charge, 0))
      return
    }
    const parts = months.map(({ fromMs, toMs }, ahead) => ({
      part: Math.max(Math.min(toMs, beginMs[t + 1]!) - Math.max(fromMs, beginMs[t]!), 0) / (toMs - fromMs),
      free: paidAnywayKw(charge, ahead),
    }))
    const sum = parts.reduce((total, { part }) => total + part, 0)
    usdPerKw.push(charge.usdPerKwMonth * sum)
    freeKw.push(parts.reduce((total, { part, free }) => total + part * free, 0) / sum)
  })
  return { usdPerKw, freeKw }
}
