import { MS_PER_HOUR } from '../units.ts'

type Times = { readonly fromMs: number; readonly toMs: number }

/**
 * Hours that will be shed at times that nobody knows yet: in each stage its share of the hours, taken from the dearest. Hours of the
 * same price fall to the middle of the stage, so that none of them is the present one where another is as good.
 * @param atMs begin of each interval, in order
 * @param usdPerKwh of each interval
 * @param listed times of known events, which take none of these hours
 * @param stageMs begin of each stage and the end of the last
 * @param share of the hours, 0..1
 */
export function dearestTimes(
  atMs: readonly number[],
  usdPerKwh: readonly number[],
  listed: readonly Times[],
  stageMs: Float64Array,
  share: number,
): Times[] {
  const times: Times[] = []
  if (share <= 0) return times
  for (let t = 0; t + 1 < stageMs.length; t++) {
    const [beginMs, endMs] = [stageMs[t]!, stageMs[t + 1]!]
    const middleMs = (beginMs + endMs) / 2
    let leftMs = share * (endMs - beginMs)
    const free = atMs
      .map((fromMs, i) => ({ fromMs, toMs: atMs[i + 1] ?? stageMs.at(-1)!, usd: usdPerKwh[i]! }))
      .filter(({ fromMs, toMs }) => fromMs >= beginMs && toMs <= endMs)
      .flatMap(({ usd, ...whole }) => without(whole, listed).map((part) => ({ ...part, usd })))
    const away = ({ fromMs, toMs }: Times) => Math.abs((fromMs + toMs) / 2 - middleMs)
    free.sort((a, b) => b.usd - a.usd || away(a) - away(b))
    for (const { fromMs, toMs } of free) {
      // Times are whole milliseconds; less than a second is nothing.
      if (leftMs < MS_PER_HOUR / 3600) break
      const takenMs = Math.min(Math.round(leftMs), toMs - fromMs)
      times.push({ fromMs: toMs - takenMs, toMs })
      leftMs -= takenMs
    }
  }
  return times
}

/** What is left of a time outside others. */
function without(time: Times, others: readonly Times[]): Times[] {
  return others.reduce<Times[]>(
    (parts, other) =>
      parts.flatMap((part) =>
        [
          { fromMs: part.fromMs, toMs: Math.min(part.toMs, other.fromMs) },
          { fromMs: Math.max(part.fromMs, other.toMs), toMs: part.toMs },
        ].filter(({ fromMs, toMs }) => toMs > fromMs),
      ),
    [time],
  )
}
