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
  /** one entry per peak of the rule: whether the machines that may be shed are off in it */
  readonly shedIn: readonly boolean[]
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
  const { chargedKw: charged } = COINCIDENT_PEAK_RULES[rule]
  const chargedKw = charged(shedIn.map((isShed) => protectedKw + (isShed ? 0 : sheddableKw)))
  const unshedKw = charged(shedIn.map(() => protectedKw + sheddableKw))
  return { chargedKw, usdPerYear: chargedKw * usdPerKwYear, usdPerYearUnshed: unshedKw * usdPerKwYear }
}
