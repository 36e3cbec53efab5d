/** A value from moment to moment, unix ms in order: each holds until the next begins. */
export type Line = { readonly atMs: readonly number[]; readonly value: readonly number[] }

export function constantLine(value: number, fromMs: number): Line {
  return { atMs: [fromMs], value: [value] }
}

/** Values of listed times that do not overlap, another value between them; what lies outside the stretch is left out. */
export function listedLine(
  list: readonly { readonly fromMs: number; readonly toMs: number; readonly value: number }[],
  otherwise: number,
  fromMs: number,
  toMs: number,
): Line {
  const atMs = [fromMs]
  const value = [otherwise]
  const set = (at: number, to: number): void => {
    if (atMs.at(-1) === at) value[value.length - 1] = to
    else {
      atMs.push(at)
      value.push(to)
    }
  }
  const inOrder = list
    .filter((times) => times.fromMs < toMs && times.toMs > fromMs)
    .sort((a, b) => a.fromMs - b.fromMs)
  for (const times of inOrder) {
    set(Math.max(times.fromMs, fromMs), times.value)
    if (times.toMs < toMs) set(times.toMs, otherwise)
  }
  return { atMs, value }
}

/**
 * Lines side by side: a new entry wherever one of them begins a new one. All begin with the first; what begins at the end or behind it
 * is left out.
 */
export function mergedLines(
  lines: readonly Line[],
  toMs: number,
): { readonly atMs: readonly number[]; readonly values: readonly (readonly number[])[] } {
  const place = lines.map(() => 0)
  const atMs: number[] = []
  const values: number[][] = lines.map(() => [])
  let at = lines[0]!.atMs[0]!
  while (at < toMs) {
    let next = toMs
    atMs.push(at)
    for (const [n, line] of lines.entries()) {
      let here = place[n]!
      while (here + 1 < line.atMs.length && line.atMs[here + 1]! <= at) here++
      place[n] = here
      values[n]!.push(line.value[here]!)
      if (here + 1 < line.atMs.length) next = Math.min(next, line.atMs[here + 1]!)
    }
    at = next
  }
  return { atMs, values }
}
