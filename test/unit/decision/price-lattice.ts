/**
 * The exact answer to "run until the next review?": a fine lattice of lognormal hashprices without drift, walked backwards with
 * what being on and what being off is worth at every review. Shares nothing with the formulas that it judges.
 */

export type LatticeCase = {
  readonly acceptedPhs: number
  /** hashprice at which running equals standing by, USD/PH/s/day */
  readonly evenUsdPerPhDay: number
  readonly restartUsd: number
  readonly volatilityPerYear: number
  readonly reviewDays: number
  /** hashprice after ÷ before */
  readonly cut: { readonly days: number; readonly ratio: number } | null
}

/** What running until the next review is worth over being off until then, USD; at a hashprice as a multiple of the even one. */
export type ExactWorth = (ratio: number) => number

/** Reviews are looked through for so many days after the cut: by then nothing is left of how the last one ends. */
const DAYS = 120
const POINTS_PER_SPREAD = 3

type Values = { readonly on: Float64Array; readonly off: Float64Array }

export function exactWorth(c: LatticeCase): ExactWorth {
  const spread = (days: number) => c.volatilityPerYear * Math.sqrt(days / 365.25)
  const step = spread(c.reviewDays) / POINTS_PER_SPREAD
  const half = Math.ceil((0.35 + 5 * spread(50)) / step)
  const size = 2 * half + 1
  const ratioAt = (point: number) => Math.exp((point - half) * step)
  const earns = (ratio: number) => c.acceptedPhs * c.evenUsdPerPhDay * (ratio - 1)

  /** Weights of moves by −reach..reach points in this time; the mean of the hashprice stays. */
  function moves(days: number): Float64Array {
    const sd = spread(days)
    const reach = Math.max(Math.ceil((5 * sd) / step), 1)
    const weights = new Float64Array(2 * reach + 1)
    let tilt = -0.5
    for (let round = 0; round < 20; round++) {
      let total = 0
      let mean = 0
      for (let j = -reach; j <= reach; j++) {
        const move = j * step
        const weight = Math.exp(-((move / sd) ** 2) / 2 + tilt * move)
        weights[j + reach] = weight
        total += weight
        mean += weight * Math.exp(move)
      }
      weights.forEach((weight, j) => (weights[j] = weight / total))
      tilt -= Math.log(mean / total) / (sd * sd)
    }
    return weights
  }

  const later = (
    values: Float64Array,
    point: number,
    weights: Float64Array,
    beyond: (at: number) => number,
  ) => {
    const reach = (weights.length - 1) / 2
    let sum = 0
    for (let j = -reach; j <= reach; j++) {
      const at = point + j
      sum += weights[j + reach]! * (at >= 0 && at < size ? values[at]! : beyond(at))
    }
    return sum
  }

  /** What it is worth `days` earlier to be on and off until the end of these days; `left`: days from there to the end of all. */
  function kept(values: Values, days: number, left: number, weights: Float64Array): Values {
    const on = new Float64Array(size)
    const off = new Float64Array(size)
    // Far below nothing runs any more, far above everything runs to the end.
    const onBeyond = (at: number) => (at < 0 ? 0 : left * earns(ratioAt(at)))
    const offBeyond = (at: number) => (at < 0 ? 0 : Math.max(left * earns(ratioAt(at)) - c.restartUsd, 0))
    for (let point = 0; point < size; point++) {
      on[point] = days * earns(ratioAt(point)) + later(values.on, point, weights, onBeyond)
      off[point] = later(values.off, point, weights, offBeyond)
    }
    return { on, off }
  }

  const best = ({ on, off }: Values): Values => ({
    on: on.map((value, point) => Math.max(value, off[point]!)),
    off: off.map((value, point) => Math.max(value, on[point]! - c.restartUsd)),
  })

  const between = (values: Float64Array, at: number) => {
    const low = Math.min(Math.max(Math.floor(at), 0), size - 2)
    return values[low]! + (at - low) * (values[low + 1]! - values[low]!)
  }

  const weights = moves(c.reviewDays)
  let values: Values = { on: new Float64Array(size), off: new Float64Array(size) }
  let left = 0
  let keeping = values
  for (; left < DAYS; left += c.reviewDays) {
    keeping = kept(values, c.reviewDays, left, weights)
    values = best(keeping)
  }
  if (c.cut !== null) {
    const shift = Math.log(c.cut.ratio) / step
    const moved = (column: Float64Array) => column.map((_, point) => between(column, point + shift))
    values = { on: moved(values.on), off: moved(values.off) }
    const before = Math.floor(c.cut.days / c.reviewDays)
    const rest = c.cut.days - before * c.reviewDays
    keeping = rest > 0 ? kept(values, rest, left, moves(rest)) : values
    for (let review = 0; review < before; review++) {
      left += review === 0 ? rest : c.reviewDays
      keeping = kept(best(keeping), c.reviewDays, left, weights)
    }
  }
  const worth = keeping.on.map((value, point) => value - keeping.off[point]!)
  return (ratio) => between(worth, Math.log(ratio) / step + half)
}
