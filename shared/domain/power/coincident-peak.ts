import { MS_PER_HOUR } from '../units.ts'
import type { Fault } from './fault.ts'
import { timesFault } from './fault.ts'

/**
 * Charges on a site's load at the moments when the whole grid peaks. Grids change how they choose and weigh these
 * moments, so a rule is a function with a name; a new one is one more entry in {@link COINCIDENT_PEAK_RULES}.
 */

/**
 * The power that is charged, kW.
 * @param loadsKw load of the site in each of the grid's peaks
 */
export type CoincidentPeakRule = (loadsKw: readonly number[]) => number

/** The mean of the loads: 4CP of ERCOT takes the highest quarter of an hour of each month from June to September. */
const meanOfFourPeaks: CoincidentPeakRule = (loadsKw) =>
  loadsKw.reduce((sum, load) => sum + load, 0) / loadsKw.length

export const COINCIDENT_PEAK_RULES = {
  'mean-of-four-peaks': { peaks: 4, chargedKw: meanOfFourPeaks },
} as const satisfies Readonly<
  Record<string, { readonly peaks: number; readonly chargedKw: CoincidentPeakRule }>
>

export type CoincidentPeakRuleName = keyof typeof COINCIDENT_PEAK_RULES
export const COINCIDENT_PEAK_RULE_NAMES = Object.keys(
  COINCIDENT_PEAK_RULES,
) as readonly CoincidentPeakRuleName[]

export type CoincidentPeak = {
  readonly rule: CoincidentPeakRuleName
  /** of the next calendar year */
  readonly usdPerKwYear: number
  /** one entry per peak of the rule: whether the machines that may be shed are off in it, for the charge that is shown; or none */
  readonly shedIn: readonly boolean[]
  /** how many peaks a year set the charge; null: as many as the rule has */
  readonly peaks: number | null
  /** hours in which a peak may fall; without one the charge is shown and decides nothing */
  readonly hours: readonly PeakHours[]
}

/** A time in which one of the year's peaks falls with a probability. */
export type PeakHours = {
  /** unix ms */
  readonly fromMs: number
  readonly toMs: number
  /** 0..1 */
  readonly probability: number
}

/** Peaks of a year that set the charge. */
export function peaksPerYear({ rule, peaks }: Pick<CoincidentPeak, 'rule' | 'peaks'>): number {
  return peaks ?? COINCIDENT_PEAK_RULES[rule].peaks
}

/**
 * What a kWh of an entry's time costs on top, USD/kWh: the charge of one peak, USD/kW, times the probability that it falls here,
 * spread over the entry's hours.
 */
export function peakAdderUsdPerKwh(
  charge: Pick<CoincidentPeak, 'rule' | 'peaks' | 'usdPerKwYear'>,
  { fromMs, toMs, probability }: PeakHours,
): number {
  const usdPerKw = (charge.usdPerKwYear / peaksPerYear(charge)) * probability
  return usdPerKw / ((toMs - fromMs) / MS_PER_HOUR)
}

/** What contradicts itself in a charge: the first fault with its field, null where there is none. */
export function coincidentPeakFault({ rule, shedIn, hours }: CoincidentPeak): Fault | null {
  const { peaks } = COINCIDENT_PEAK_RULES[rule]
  if (shedIn.length > 0 && shedIn.length !== peaks)
    return {
      field: 'coincidentPeak.shedIn',
      message: `has ${shedIn.length} entries; the rule ${rule} looks at ${peaks} peaks`,
    }
  return timesFault(hours, 'coincidentPeak.hours')
}

export type CoincidentPeakResult = {
  readonly chargedKw: number
  readonly usdPerYear: number
  /** if nothing were shed in any peak */
  readonly usdPerYearUnshed: number
}

/**
 * The charge that the loads in the peaks bring.
 * @param protectedKw what cannot be shed
 * @param sheddableKw what can, standby power left out
 */
export function coincidentPeakResult(
  { rule, usdPerKwYear, shedIn }: CoincidentPeak,
  protectedKw: number,
  sheddableKw: number,
): CoincidentPeakResult {
  const { chargedKw: charged, peaks } = COINCIDENT_PEAK_RULES[rule]
  const isShedIn = Array.from({ length: peaks }, (_, i) => shedIn[i] ?? false)
  const chargedKw = charged(isShedIn.map((isShed) => protectedKw + (isShed ? 0 : sheddableKw)))
  const unshedKw = charged(isShedIn.map(() => protectedKw + sheddableKw))
  return { chargedKw, usdPerYear: chargedKw * usdPerKwYear, usdPerYearUnshed: unshedKw * usdPerKwYear }
}
