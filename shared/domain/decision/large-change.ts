/** A change by hand beyond this share, of the value itself or of the machines whose advice it alters, is asked about first. */
const MOST_UNASKED = 0.1

/** Machines whose advice another value would alter. */
export type AdviceChanges = {
  /** null: there is no advice without that value, or none with it */
  readonly changed: number | null
  readonly machines: number
}

/**
 * Whether a value that takes the place of another is more likely a slip than what is meant, so that it is asked about.
 * @param before null: none was known
 */
export function isLargeChange(
  before: number | null,
  after: number,
  { changed, machines }: AdviceChanges,
): boolean {
  // Of nothing there is no tenth.
  const isKnown = before !== null && before !== 0
  const isMoved = isKnown && Math.abs(after - before) > MOST_UNASKED * Math.abs(before) * (1 + 1e-9)
  return isMoved || (changed ?? 0) > MOST_UNASKED * machines
}
