import type { LadderPoint } from '../ladders/point.ts'
import type { SiteBill } from '../power/site-bill.ts'
import type { SiteContract } from '../power/site-contract.ts'
import type { PriceSummary } from '../power/supply-prices.ts'
import type { PriceSource } from '../power/supply.ts'
import type { AdviceTotals, OpenTotals } from './advice-totals.ts'
import type { Flips } from './flips.ts'
import type { Decisions } from './decisions.ts'
import type { Strikes } from './waiting/strikes.ts'
import type { Verdict } from './words.ts'

/** An operating point by its name; null: as the machine is now. 'off' is no point. */
export type Mode = string | null

/** The same in a plan, where 'off' stands for being off. */
export type PlanMode = Mode

/** Everything that is said of one row. Money is of the whole lot; NaN: no value. */
export type RowAdvice = {
  /** null: it is in repair, or a figure of it or of the network is missing */
  readonly verdict: Verdict | null
  /** of the first stage */
  readonly mode: Mode
  /** the first change of what it does, unix ms; on hold the next review; NaN: none, or no date is known */
  readonly untilMs: number
  /** what it does from then on; null where nothing changes */
  readonly then: 'off' | 'run' | null
  readonly plan: readonly { readonly fromMs: number; readonly mode: PlanMode }[]
  /** of the next 48 hours; empty where all its intervals are alike */
  readonly schedule: readonly { readonly fromMs: number; readonly toMs: number; readonly mode: PlanMode }[]
  /** in which the site's hours are meant, IANA name; null where it has not said one */
  readonly timeZone: string | null
  /** over the horizon against doing as it does now throughout, USD; per day where no date is known */
  readonly gainUsd: number
  /** of the plans that were weighed, by word */
  readonly valueUsd: Partial<Record<Verdict, number>>
  /** while it runs by its schedule, USD/day: in the first stage, and in the first one after the adjustment */
  readonly marginNowUsdPerDay: number
  readonly marginAfterUsdPerDay: number
  /** what one more kWh costs in the interval that contains now, without v */
  readonly marginalEnergyUsdPerKwh: number
  /** that it runs while it is on, by the schedule */
  readonly shareOfHours: { readonly now: number; readonly after: number }
  /** whole machines by what they do: on now; off now and on later; neither */
  readonly machines: { readonly run: number; readonly pause: number; readonly off: number }
  /** that the verdict is the best one, over the distribution of the change alone; NaN where the change was typed */
  readonly probabilityOfAdjustment: number
  /** operating points of firmwares that nobody named: offered, never assumed */
  readonly possible: readonly string[]
}

/** When a row runs in the next hours. */
export type RowHours = Pick<RowAdvice, 'schedule' | 'timeZone'>

export type NowAndAfter = { readonly now: number; readonly after: number }

/** What is said of one site. */
export type SiteAdvice = {
  /** row of the site columns */
  readonly site: number
  readonly marginalEnergyUsdPerKwh: NowAndAfter
  /** at the meter, as advised, overhead and standby of idle machines included */
  readonly powerKw: number
  readonly energyKwhPerDay: number
  /** most that any choice of whole machines could earn more than the advice says it earns, USD; 0 where it is proven */
  readonly upperBoundUsd: number
  readonly gapUsd: number
  readonly proven: boolean
  /** of the first stage, as advised */
  readonly bill: SiteBill
  /** in USD */
  readonly contract: SiteContract
  readonly totals: AdviceTotals
  /** of the machines that run, by energy, in the first stage: share of the hours in which they do; NaN where none runs */
  readonly shareOfHours: number
  /** committed energy in the first stage, kWh/day; null where none is */
  readonly committed: { readonly kwhPerDay: number; readonly usedKwhPerDay: NowAndAfter } | null
  /** highest power of the first stage as advised */
  readonly peakKw: number
  /** of what may be shed and runs, above standby, on average over the first stage */
  readonly sheddableKw: number
  /** in hours of the first stage that a programme sheds and that would have been worth running, USD/day: hashing lost, energy not bought */
  readonly shed: { readonly lostHashingUsdPerDay: number; readonly avoidedEnergyUsdPerDay: number }
  readonly pricesFrom: PriceSource
  /** of the first stage, and of the first after the adjustment; null where there is none */
  readonly prices: { readonly now: PriceSummary | null; readonly after: PriceSummary | null }
  /** of the next 48 hours as advised; empty where no date is known */
  readonly hours: readonly SiteHours[]
  readonly notes: readonly string[]
}

/** A stretch of time in which a site does the same. */
export type SiteHours = {
  readonly fromMs: number
  readonly toMs: number
  /** machines that run, and power at the meter */
  readonly machines: number
  readonly powerKw: number
}

/** The nearest hashprice at which some verdict really changes; null where none does. */
export type Flip = {
  readonly hashpriceUsdPerPhDay: number
  readonly row: number
  readonly verdict: Verdict | null
}

/** Machines of a row by what they do, per interval 0 off, 1 its own operating point, 1 + j point j; and where the intervals lie. */
export type RowPlans = {
  readonly plans: readonly { readonly count: number; readonly points: Uint16Array }[]
  /** begin of each and the end of the last, unix ms */
  readonly atMs: Float64Array
}

export type Advice = {
  readonly decisions: Decisions
  readonly totals: AdviceTotals
  /** what the totals have of each group of rows that is weighed together, in the order of the groups */
  readonly groupSums: readonly Readonly<Pick<OpenTotals, 'gain' | 'asIsNow' | 'advisedNow'>>[]
  readonly sites: () => readonly SiteAdvice[]
  readonly row: (row: number) => RowAdvice
  /** what {@link row} has of them, in a small part of the time */
  readonly hours: (row: number) => RowHours
  /** what the machines of a row of a cleared site do, which need not be the same; null of others, and on hold */
  readonly split: (row: number) => RowAdvice['machines'] | null
  /** What the machines of a row do in each interval of the horizon, for those who follow it; null without a verdict. */
  readonly plans: (row: number) => RowPlans | null
  /** How many machines of such a lot have which verdict, by its code; null as of `split`. */
  readonly splitVerdicts: (
    row: number,
  ) => readonly { readonly code: number; readonly machines: number }[] | null
  /**
   * the other operating point that all machines of a row with the verdict `profile` run at in every hour of the first stage in which
   * they run; null where there are several, of other verdicts, and of a cleared site
   */
  readonly pointOf: (row: number) => LadderPoint | null
  /** of a row; asked for by itself, since a site that is cleared is cleared again at many hashprices for it */
  readonly strikes: (row: number) => Strikes
  /** share of drawn futures in which the advised first action proves right, see chance.ts; NaN where price or change was typed */
  readonly probability: (row: number) => number
  readonly flips: () => Flips
  /** the same one advice after the other */
  readonly flipSteps: () => Generator<undefined, Flips>
}
