/**
 * The upper concave hull of points in the plane: which of them the best mixture of points ever uses.
 *
 * @param x and y of equal length, finite
 * @returns rows of the points on the hull from the smallest x to the largest. Slopes from one to the next fall
 *   strictly: a point on the line between two others is left out, and of points with the same x the highest
 *   (the first such) stands for all. Empty where there is no point.
 */
export function upperHull(x: readonly number[], y: readonly number[]): readonly number[] {
  const order = x.map((_, row) => row).sort((a, b) => x[a]! - x[b]! || y[b]! - y[a]! || a - b)
  const hull: number[] = []
  for (const row of order) {
    if (hull.length > 0 && x[hull.at(-1)!] === x[row]) continue
    while (hull.length >= 2 && !isAbove(hull.at(-2)!, hull.at(-1)!, row)) hull.pop()
    hull.push(row)
  }
  return hull

  /** Does the middle one lie above the line from the first to the last? */
  function isAbove(first: number, middle: number, last: number): boolean {
    const rise = (y[middle]! - y[first]!) * (x[last]! - x[middle]!)
    const further = (y[last]! - y[middle]!) * (x[middle]! - x[first]!)
    // Points that were meant to lie on a line miss it by a rounding error of either sign.
    return rise - further > 1e-12 * (Math.abs(rise) + Math.abs(further))
  }
}
