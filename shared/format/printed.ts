/** Sums of figures as they are printed: each is rounded to the places that it is shown with, then they are added. */

/** Nearer to the middle between two figures than this share, only the digits say to which side a value goes. */
const NEAR_MIDDLE = 1e-9
/** From here on a figure has no decimals to speak of. */
const LARGE = 1e15
const SCALES = [1, 10, 100, 1000, 10_000] as const

/**
 * A figure as it is printed with so many decimals, in units of its last place: 31.605 with 2 is 3161. Rounds as `number` of
 * numbers.ts does: what is cut to 12 digits first, half away from zero. NaN where there is no finite number.
 */
export function printedUnits(value: number, decimals: number): number {
  const scaled = value * (SCALES[decimals] ?? 10 ** decimals)
  const rounded = Math.round(scaled)
  const size = Math.abs(scaled)
  if (Math.abs(Math.abs(scaled - rounded) - 0.5) > NEAR_MIDDLE * (1 + size) || size >= LARGE) return rounded
  if (Number.isNaN(value)) return Number.NaN
  const units = Math.round(Number(`${Number(Math.abs(value).toPrecision(12))}e${decimals}`))
  return value < 0 ? -units : units
}
