import type { DatedPart } from '../power/contract-dates.ts'
import { contractDates } from '../power/contract-dates.ts'
import { MS_PER_DAY, SECONDS_PER_DAY } from '../units.ts'
import { epochsWithHalvings } from './halvings.ts'
import { epochAfter, marginAfter } from './price-difficulty.ts'
import type { Assumptions } from './project.ts'
import type { AheadStart } from './start.ts'

/** What happens on a known or expected day. */
export type Mark = {
  /** unix ms; NaN where no date is known */
  readonly atMs: number
  /** days from now */
  readonly atDay: number
  /** inside the epochs that are looked at */
  readonly isInView: boolean
} & (
  | {
      readonly kind: 'adjustment'
      readonly change: number
      /** null: it was typed */
      readonly change80: readonly [number, number] | null
      /** what the fleet earns more by it a day with every machine doing what earns most, USD: two cells of the grid apart */
      readonly usdPerDay: number
    }
  | { readonly kind: 'halving' }
  | { readonly kind: 'contract'; readonly site: string; readonly what: DatedPart }
)

/**
 * The next adjustment, the next halving by the pace of the scenario, and what contracts date inside the view; in order of time. Without a
 * date of now contracts have no place among the days, and are left out.
 * @param viewDays how long the view is
 */
export function marksAhead(start: AheadStart, assumptions: Assumptions, viewDays: number): readonly Mark[] {
  const { network, adjustment, estimate, prepared } = start
  const nowMs = network.atMs ?? Number.NaN
  const on = (atDay: number) => ({
    atMs: nowMs + atDay * MS_PER_DAY,
    atDay,
    isInView: atDay <= viewDays,
  })
  const halvesAtDay = nextHalvingDay(start, assumptions)
  const { inputs, basis } = prepared
  const names = new Map(Array.from(basis.fleet.sites.key, (key, i) => [key, basis.fleet.sites.name[i]!]))
  const ofContracts = inputs.contracts.flatMap(({ siteKey, contract }) => {
    const site = names.get(siteKey)
    if (site === undefined) return []
    return contractDates(contract).flatMap(({ atMs, what }): Mark[] => {
      const mark = on((atMs - nowMs) / MS_PER_DAY)
      return mark.atDay > 0 && mark.isInView ? [{ ...mark, kind: 'contract', site, what }] : []
    })
  })
  const marks: readonly Mark[] = [
    {
      ...on(adjustment.secondsLeft / SECONDS_PER_DAY),
      kind: 'adjustment',
      change: adjustment.change,
      change80: estimate?.change80 ?? null,
      usdPerDay: adjustmentUsdPerDay(start),
    },
    ...(halvesAtDay === null ? [] : [{ ...on(halvesAtDay), kind: 'halving' } as const]),
    ...ofContracts,
  ]
  return marks.toSorted((a, b) => a.atDay - b.atDay)
}

/** Margin a day after the next adjustment less that after one that changes nothing, USD. */
function adjustmentUsdPerDay({ network, adjustment: { change, secondsLeft }, cash }: AheadStart): number {
  const after = (each: number) => marginAfter(cash, epochAfter(network, each, secondsLeft))
  return after(change) - after(0)
}

/** Days to the next halving; null where the subsidy is nothing already, or the path does not reach it. */
function nextHalvingDay(
  { network, adjustment }: Pick<AheadStart, 'network' | 'adjustment'>,
  assumptions: Assumptions,
): number | null {
  try {
    for (const { halvesAtDay } of epochsWithHalvings(network, adjustment, assumptions))
      if (halvesAtDay !== null) return halvesAtDay
  } catch (fault) {
    // Beyond the view a hashrate may fall so fast that an epoch never ends.
    if (!(fault instanceof RangeError)) throw fault
  }
  return null
}
