/**
 * Nelder and Mead's simplex search: the point of the largest value near a start, no derivatives needed.
 * Deterministic; stops when the values at the corners agree to 1e-7 or after 600 steps.
 */
export function maximise(
  value: (point: readonly number[]) => number,
  start: readonly number[],
  step = 0.3,
): number[] {
  const corner = (point: readonly number[]) => ({ point, value: value(point) })
  const corners = [
    corner(start),
    ...start.map((_, i) => corner(start.map((x, j) => (i === j ? x + step : x)))),
  ]
  for (let i = 0; i < 600; i++) {
    corners.sort((a, b) => b.value - a.value)
    const best = corners[0]!
    const worst = corners.pop()!
    if (Math.abs(best.value - worst.value) < 1e-7) return [...best.point]
    const centre = start.map((_, d) => corners.reduce((sum, c) => sum + c.point[d]!, 0) / corners.length)
    const along = (factor: number) => corner(centre.map((x, d) => x + factor * (x - worst.point[d]!)))
    const reflected = along(1)
    if (reflected.value > best.value) {
      const further = along(2)
      corners.push(further.value > reflected.value ? further : reflected)
    } else if (reflected.value > corners.at(-1)!.value) {
      corners.push(reflected)
    } else {
      const nearer = reflected.value > worst.value ? along(0.5) : along(-0.5)
      if (nearer.value > Math.max(reflected.value, worst.value)) corners.push(nearer)
      else {
        corners.push(worst)
        for (let c = 1; c < corners.length; c++)
          corners[c] = corner(corners[c]!.point.map((x, d) => (x + best.point[d]!) / 2))
      }
    }
  }
  return [...corners.sort((a, b) => b.value - a.value)[0]!.point]
}
