import type { CommittedUse, HandOutOrder } from '../power/committed-energy.ts'
import { handOut, handOutOrder } from '../power/committed-energy.ts'

/**
 * Take-or-pay. The first K kWh of every day are paid whether they are used or not, so they count with the hand-back
 * price only; machines compete for them, and what one frees another takes. So a site is decided as a whole.
 *
 * The problem that is solved exactly, in whole machines. Each machine of a lot is given one of run, pause (off until the
 * adjustment), off. K is the same on every day of the horizon. With d₀ days before the adjustment and d₁ after it,
 * maximise
 *
 *   Σₜ dₜ · [Σ market margin of the machines that are on + Σ standby cost of the others (negative) + Sₜ] − Σ restarts of the paused
 *
 * where Sₜ is the most that K kWh a day can save when they are handed out to the demand of that period.
 */

/** Machines of a site that are alike in everything that decides. USD and kWh are of one machine and a day. */
export type Lot = {
  readonly machines: number
  readonly kwhOn: number
  readonly kwhOff: number
  readonly restartUsd: number
  /** may only run */
  readonly isProtected: boolean
  /** before the adjustment, and after it */
  readonly periods: readonly [LotPeriod, LotPeriod]
}

export type LotPeriod = {
  /** cash margin on power that is bought */
  readonly marketUsdPerDay: number
  /** what a committed kWh is worth to it, USD/kWh, while it is on and while it stands by */
  readonly gainOn: number
  readonly gainOff: number
  /** value of being off, USD/day, 0 or below where power costs something */
  readonly standbyUsdPerDay: number
}

/** Machines of one lot per option. */
export type Counts = { readonly run: number; readonly pause: number; readonly off: number }

export type SiteChoice = {
  readonly counts: readonly Counts[]
  readonly valueUsd: number
  /** no choice of the site is worth more, USD */
  readonly upperBoundUsd: number
  /** whether every choice that could be worth more was looked at */
  readonly isProven: boolean
}

type Problem = {
  readonly lots: readonly Lot[]
  readonly committedKwhPerDay: number
  readonly days: readonly [number, number]
  readonly orders: readonly [HandOutOrder, HandOutOrder]
}

export function problemOf(
  lots: readonly Lot[],
  committedKwhPerDay: number,
  days: readonly [number, number],
): Problem {
  const order = (t: 0 | 1) =>
    handOutOrder(
      (j) => lots[j]!.periods[t].gainOn,
      (j) => lots[j]!.periods[t].gainOff,
      (j) => lots[j]!.periods[t].marketUsdPerDay / lots[j]!.kwhOn,
      lots.length,
    )
  return { lots, committedKwhPerDay, days, orders: [order(0), order(1)] }
}

/** Committed energy of a period, handed out to what the counts leave on. */
export function committedUnder(problem: Problem, counts: readonly Counts[], t: 0 | 1) {
  const uses = problem.lots.map((lot, j): CommittedUse => {
    const on = onIn(counts[j]!, t)
    const { gainOn, gainOff } = lot.periods[t]
    return { kwhOn: on * lot.kwhOn, gainOn, kwhOff: (lot.machines - on) * lot.kwhOff, gainOff }
  })
  return handOut(problem.committedKwhPerDay, uses, problem.orders[t])
}

/** Machines that are on before (0) or after (1) the adjustment. */
export function onIn({ run, pause }: Counts, t: 0 | 1): number {
  return t === 0 ? run : run + pause
}

/** Avoidable money of the site over the horizon, USD. */
export function siteValueUsd(problem: Problem, counts: readonly Counts[]): number {
  const { lots, days, orders } = problem
  let value = 0
  for (const t of [0, 1] as const) {
    if (days[t] === 0) continue
    let perDay = 0
    for (let j = 0; j < lots.length; j++) {
      const { marketUsdPerDay, standbyUsdPerDay } = lots[j]!.periods[t]
      const on = onIn(counts[j]!, t)
      perDay += on * marketUsdPerDay + (lots[j]!.machines - on) * standbyUsdPerDay
    }
    let left = problem.committedKwhPerDay
    for (const entry of orders[t]) {
      if (left <= 0) break
      const lot = lots[entry >> 1]!
      const on = onIn(counts[entry >> 1]!, t)
      const isOn = entry % 2 === 0
      const kwh = Math.min(left, isOn ? on * lot.kwhOn : (lot.machines - on) * lot.kwhOff)
      perDay += kwh * (isOn ? lot.periods[t].gainOn : lot.periods[t].gainOff)
      left -= kwh
    }
    value += days[t] * perDay
  }
  for (let j = 0; j < lots.length; j++) value -= counts[j]!.pause * lots[j]!.restartUsd
  return value
}

const OPTIONS = ['run', 'pause', 'off'] as const
type Option = 0 | 1 | 2

/**
 * Worth of the options of one machine, USD over the horizon, when a committed kWh must be paid for at a price per kWh
 * and period: then machines no longer compete and each is decided by itself.
 */
function pricedOptions(
  { days }: Problem,
  lot: Lot,
  prices: readonly [number, number],
): [number, number, number] {
  const worth = (t: 0 | 1) => {
    const { marketUsdPerDay, standbyUsdPerDay, gainOn, gainOff } = lot.periods[t]
    return {
      on: worthAt(days[t] * marketUsdPerDay, days[t] * lot.kwhOn, gainOn, prices[t]),
      off: worthAt(days[t] * standbyUsdPerDay, days[t] * lot.kwhOff, gainOff, prices[t]),
    }
  }
  const before = worth(0)
  const after = worth(1)
  const run = before.on + after.on
  if (lot.isProtected) return [run, -Infinity, -Infinity]
  return [run, before.off + after.on - lot.restartUsd, before.off + after.off]
}

/**
 * A function of prices ≥ 0 of committed energy: no choice of the site is worth more than its value (Lagrangian relaxation
 * of the limit K). The same as the best of {@link pricedOptions} of every machine, over columns, because it is asked
 * thousands of times.
 */
function boundOf({ lots, days, committedKwhPerDay }: Problem): (before: number, after: number) => Bound {
  const column = (of: (lot: Lot) => number) => Float64Array.from(lots, of)
  const machines = column((lot) => lot.machines)
  const mayStop = column((lot) => (lot.isProtected ? -Infinity : 0))
  const restart = column((lot) => lot.restartUsd)
  const [before, after] = ([0, 1] as const).map((t) => ({
    on: column((lot) => days[t] * lot.periods[t].marketUsdPerDay),
    off: column((lot) => days[t] * lot.periods[t].standbyUsdPerDay),
    kwhOn: column((lot) => days[t] * lot.kwhOn),
    kwhOff: column((lot) => days[t] * lot.kwhOff),
    gainOn: column((lot) => lot.periods[t].gainOn),
    gainOff: column((lot) => lot.periods[t].gainOff),
  })) as [PeriodColumns, PeriodColumns]
  return (priceBefore, priceAfter) => {
    let usd = committedKwhPerDay * (priceBefore * days[0] + priceAfter * days[1])
    let slope = committedKwhPerDay * days[1]
    for (let j = 0; j < machines.length; j++) {
      const on = worthAt(before.on[j]!, before.kwhOn[j]!, before.gainOn[j]!, priceBefore)
      const off = worthAt(before.off[j]!, before.kwhOff[j]!, before.gainOff[j]!, priceBefore)
      const onAfter = worthAt(after.on[j]!, after.kwhOn[j]!, after.gainOn[j]!, priceAfter)
      const offAfter = worthAt(after.off[j]!, after.kwhOff[j]!, after.gainOff[j]!, priceAfter)
      const run = on + onAfter
      const pause = off + onAfter - restart[j]! + mayStop[j]!
      const down = off + offAfter + mayStop[j]!
      const stop = pause > down ? pause : down
      usd += machines[j]! * (run > stop ? run : stop)
      if (run > stop || pause > down) {
        if (after.gainOn[j]! > priceAfter) slope -= machines[j]! * after.kwhOn[j]!
      } else if (after.gainOff[j]! > priceAfter) slope -= machines[j]! * after.kwhOff[j]!
    }
    return { usd, slope }
  }
}

/** A bound, and how it changes with the price after the adjustment. */
type Bound = { readonly usd: number; readonly slope: number }

type PeriodColumns = Readonly<Record<'on' | 'off' | 'kwhOn' | 'kwhOff' | 'gainOn' | 'gainOff', Float64Array>>

/** Worth with committed energy at a price: it is taken where it is worth more. */
function worthAt(worth: number, kwh: number, gain: number, price: number): number {
  return gain > price ? worth + kwh * (gain - price) : worth
}

const GOLDEN = (Math.sqrt(5) - 1) / 2
const SECTIONS = 48

/** Lowest point of a convex function between 0 and a limit, by golden section; the ends count too. */
function lowest(limit: number, of: (x: number) => number): { readonly x: number; readonly y: number } {
  let [low, high] = [0, limit]
  let best = { x: 0, y: of(0) }
  const tryOut = (x: number) => {
    const y = of(x)
    if (y < best.y) best = { x, y }
    return y
  }
  tryOut(limit)
  let left = high - GOLDEN * (high - low)
  let right = low + GOLDEN * (high - low)
  let atLeft = tryOut(left)
  let atRight = tryOut(right)
  for (let i = 0; i < SECTIONS; i++) {
    if (atLeft <= atRight) {
      high = right
      right = left
      atRight = atLeft
      left = high - GOLDEN * (high - low)
      atLeft = tryOut(left)
    } else {
      low = left
      left = right
      atLeft = atRight
      right = low + GOLDEN * (high - low)
      atRight = tryOut(right)
    }
  }
  return best
}

const TANGENTS = 60

/** The same where the slope is known: each step looks where the tangents of both sides meet. */
function lowestBySlope(limit: number, of: (x: number) => Bound): { readonly x: number; readonly y: number } {
  let left = { x: 0, ...of(0) }
  if (left.slope >= 0 || limit === 0) return { x: 0, y: left.usd }
  let right = { x: limit, ...of(limit) }
  if (right.slope <= 0) return { x: limit, y: right.usd }
  let best = left.usd < right.usd ? left : right
  for (let i = 0; i < TANGENTS; i++) {
    const x =
      (right.usd - left.usd + left.slope * left.x - right.slope * right.x) / (left.slope - right.slope)
    if (!(x > left.x && x < right.x)) break
    const at = { x, ...of(x) }
    if (at.usd < best.usd) best = at
    const tangent = left.usd + left.slope * (x - left.x)
    if (at.slope === 0 || at.usd - tangent <= SAME * Math.abs(tangent)) break
    if (at.slope < 0) left = at
    else right = at
  }
  return { x: best.x, y: best.usd }
}

/** Choices tried at most after the first good one, times lots: a second or so. */
const WORK = 2_000_000
/** relative; below this two values are the same money */
const SAME = 1e-12

/**
 * Chooses run, pause or off for every machine of a site. The bound comes from the best prices of committed energy; the
 * choice starts with what each machine does at these prices and is improved by searching, depth first, everything that
 * gives up less against those prices than the bound leaves open. A search that would take too long stops: the
 * result then says how far the bound is.
 */
export function chooseUnderTakeOrPay(problem: Problem): SiteChoice {
  const { lots, orders } = problem
  const limit = ([0, 1] as const).map((t) =>
    orders[t].reduce((most, entry) => {
      const { gainOn, gainOff } = lots[entry >> 1]!.periods[t]
      return Math.max(most, entry % 2 === 0 ? gainOn : gainOff)
    }, 0),
  ) as [number, number]
  const boundAt = boundOf(problem)
  const inner = (before: number) => lowestBySlope(limit[1], (after) => boundAt(before, after))
  const outer = lowest(limit[0], (before) => inner(before).y)
  const prices = [outer.x, inner(outer.x).x] as const
  const upperBoundUsd = boundAt(prices[0], prices[1]).usd

  // What each option gives up against the best one at these prices, per machine.
  const regrets = lots.map((lot) => {
    const worth = pricedOptions(problem, lot, prices)
    const best = Math.max(...worth)
    return worth.map((value) => best - value) as [number, number, number]
  })
  const secondRegret = regrets.map((regret) => [...regret].sort((a, b) => a - b)[1]!)
  const byDoubt = lots
    .map((_, j) => j)
    .filter((j) => !lots[j]!.isProtected && lots[j]!.machines > 0)
    .sort((a, b) => secondRegret[a]! - secondRegret[b]! || a - b)

  const start = lots.map((lot, j) => allIn(regrets[j]!.indexOf(0) as Option, lot.machines))
  let best = climb(problem, start, byDoubt.slice(0, DOUBTFUL))
  let bestValue = siteValueUsd(problem, best)
  const slack = () => upperBoundUsd - bestValue - SAME * Math.abs(upperBoundUsd)

  let triesLeft = Math.ceil(WORK / (lots.length + 1))
  const trial = [...start]
  function search(depth: number, givenUp: number): void {
    const j = depth < SEARCHED ? byDoubt[depth] : undefined
    if (j === undefined || givenUp + secondRegret[j]! > slack()) {
      // all that follow are left with their best option
      triesLeft--
      const value = siteValueUsd(problem, trial)
      if (value > bestValue + SAME * Math.abs(bestValue)) {
        best = [...trial]
        bestValue = value
      }
      return
    }
    const { machines } = lots[j]!
    const regret = regrets[j]!
    const [first, second, third] = ([0, 1, 2] as Option[]).sort((a, b) => regret[a] - regret[b])
    const kept = trial[j]!
    for (let inThird = 0; inThird <= machines; inThird++) {
      const ofThird = inThird === 0 ? 0 : inThird * regret[third!]
      if (givenUp + ofThird > slack() || triesLeft <= 0) break
      for (let inSecond = 0; inSecond <= machines - inThird; inSecond++) {
        const more = ofThird + inSecond * regret[second!]
        if (givenUp + more > slack() || triesLeft <= 0) break
        trial[j] = {
          ...allIn(first!, machines - inThird - inSecond),
          [OPTIONS[second!]]: inSecond,
          [OPTIONS[third!]]: inThird,
        }
        search(depth + 1, givenUp + more)
      }
    }
    trial[j] = kept
  }
  if (slack() > 0) search(0, 0)
  return {
    counts: best,
    valueUsd: bestValue,
    upperBoundUsd: Math.max(upperBoundUsd, bestValue),
    isProven: triesLeft > 0 && !(secondRegret[byDoubt[SEARCHED] ?? -1]! < slack()),
  }
}

/** Lots that the search tries out at most; those in most doubt. */
const SEARCHED = 200

/** Lots that the first improvement looks at: those which are nearest to another option. */
const DOUBTFUL = 12

function allIn(option: Option, machines: number): Counts {
  return { run: 0, pause: 0, off: 0, [OPTIONS[option]]: machines }
}

/** Moves machines of one lot from one option to another as long as that earns more. */
function climb(problem: Problem, start: readonly Counts[], lots: readonly number[]): Counts[] {
  const counts = [...start]
  for (let improved = true; improved;) {
    improved = false
    for (const j of lots) {
      const better = bestCounts(problem, counts, j)
      if (better === counts[j]) continue
      counts[j] = better
      improved = true
    }
  }
  return counts
}

/** The counts of one lot that earn most by moving machines between two of its options, the rest of the site as it is. */
function bestCounts(problem: Problem, counts: readonly Counts[], j: number): Counts {
  const lot = problem.lots[j]!
  const energy = ([0, 1] as const).map((t) => committedUnder(problem, counts, t))
  const worth = (of: Counts) =>
    ([0, 1] as const).reduce((sum, t) => {
      const on = onIn(of, t)
      const off = lot.machines - on
      const { marketUsdPerDay, standbyUsdPerDay } = lot.periods[t]
      const saved = energy[t]!.savedWith(j, on * lot.kwhOn, off * lot.kwhOff)
      return sum + problem.days[t] * (on * marketUsdPerDay + off * standbyUsdPerDay + saved)
    }, -of.pause * lot.restartUsd)
  let best = counts[j]!
  let value = worth(best)
  for (const from of OPTIONS) {
    for (const to of OPTIONS) {
      const before = best
      if (from === to || before[from] === 0) continue
      const moved = (n: number): Counts => ({ ...before, [from]: before[from] - n, [to]: before[to] + n })
      // The value is concave in the number that is moved.
      let [low, high] = [0, before[from]]
      while (low < high) {
        const middle = (low + high) >> 1
        if (worth(moved(middle + 1)) > worth(moved(middle))) low = middle + 1
        else high = middle
      }
      const reached = worth(moved(low))
      if (reached > value + SAME_USD) {
        value = reached
        best = moved(low)
      }
    }
  }
  return best
}

/** A gain below this is rounding. */
const SAME_USD = 1e-7
