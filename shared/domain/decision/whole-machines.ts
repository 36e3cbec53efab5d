import type { Lot, Relaxation } from './relaxation.ts'

/**
 * From the relaxed optimum to whole machines. Relative to its base every other option of a machine has a shift of
 * weight and a loss: what it is worth less once weight is priced at the multiplier. The value of any choice is the
 * relaxed value less the losses of its shifts and less the price of the weight that it leaves unused. So the best
 * choice is the one of the least loss, and where some choice with a loss of g is known, only shifts that lose
 * less than g can be part of a better one: a few machines at the margin, however large the fleet is.
 *
 * The search takes a budget of loss, finds every choice within it (a dynamic programme over lots, which drops
 * choices that others dominate), and begins again with a larger budget until one is found: that one is optimal.
 */

export type WholeMachines = {
  /** per lot and option; null where no choice within the limits was found */
  readonly counts: readonly (readonly number[])[] | null
  /** no choice loses less than this against the relaxed value */
  readonly leastLoss: number
  /** the search came to its end: `counts` is the best choice, or there is none */
  readonly complete: boolean
}

/** One machine of a lot moved from the base to another option. */
type Shift = {
  readonly lot: number
  readonly option: number
  readonly weight: number
  readonly loss: number
  /** how many machines there are to move */
  readonly most: number
}

/** Machines moved so far, as a chain back to the first move. */
type Moves = { readonly shift: Shift; readonly machines: number; readonly before: Moves | null } | null

type Partial = {
  readonly weight: number
  readonly loss: number
  readonly left: number
  readonly moves: Moves
}

type Problem = {
  readonly shifts: readonly Shift[]
  readonly multiplier: number
  /** the total weight of all moves must be within these; both whole multiples of the common unit */
  readonly least: number
  readonly most: number
  /** a loss that rounding alone may cause */
  readonly tolerance: number
  /** total that the weight of all moves cannot fall below */
  readonly lightest: number
}

const BUDGET_GROWTH = 4
const FIRST_BUDGET = 1 / BUDGET_GROWTH ** 6

/**
 * The best choice of whole machines with a total weight of `limit − span` to `limit`.
 * @param span how far below the limit the total weight may be; Infinity: no lower bound
 * @param effort partial choices that the search may look at before it settles for what it has
 */
export function chooseWholeMachines(
  lots: readonly Lot[],
  relaxation: Relaxation,
  span: number,
  effort: number,
): WholeMachines {
  const problem = problemOf(lots, relaxation, span)
  const { multiplier, most, least, tolerance } = problem
  // Weight moves in units of the common divisor: the part of the limit below one unit is lost to every choice.
  const unusable = multiplier * (relaxation.rest - most)
  const answer = (found: Found | null, leastLoss: number, complete: boolean): WholeMachines => ({
    counts: found === null ? null : countsOf(lots, relaxation.base, found.moves),
    leastLoss: unusable + leastLoss,
    complete,
  })
  if (least > most) return answer(null, Infinity, true)

  let best = greedy(lots, problem)
  if (best !== null && best.loss <= tolerance) return answer(best, best.loss, true)
  const worst = worstLoss(problem)
  let budget = best === null ? smallestLoss(problem, worst) : best.loss * FIRST_BUDGET
  let proven = 0
  let spent = 0
  for (;;) {
    const end = best === null ? worst : best.loss
    const round = search(lots, problem, Math.min(budget, end), effort - spent)
    spent += round.looked
    if (round.found !== null && (best === null || round.found.loss < best.loss)) best = round.found
    if (!round.complete) return answer(best, best === null ? proven : Math.min(proven, best.loss), false)
    if (round.found !== null || budget >= end) return answer(best, best?.loss ?? Infinity, true)
    proven = budget
    budget *= BUDGET_GROWTH
  }
}

function problemOf(lots: readonly Lot[], relaxation: Relaxation, span: number): Problem {
  const { base, multiplier, rest } = relaxation
  const shifts: Shift[] = []
  let unit = 0
  let lightest = 0
  let scale = 0
  lots.forEach(({ quantity, options }, lot) => {
    const from = options[base[lot]!]!
    let down = 0
    options.forEach((to, option) => {
      if (option === base[lot]) return
      const weight = to.weight - from.weight
      const loss = Math.max(0, from.value - to.value + multiplier * weight)
      shifts.push({ lot, option, weight, loss, most: quantity })
      unit = commonDivisor(unit, Math.abs(weight))
      down = Math.min(down, weight)
      scale = Math.max(scale, Math.abs(to.value), Math.abs(multiplier * weight))
    })
    lightest += quantity * down
  })
  const lowest = rest - span
  const tolerance = 1e-12 * scale
  return {
    shifts: shifts.map((shift) => (shift.loss <= tolerance ? { ...shift, loss: 0 } : shift)),
    multiplier,
    // without a unit no move changes the weight
    least: unit === 0 ? (lowest > 0 ? Infinity : 0) : Math.ceil(lowest / unit) * unit,
    most: unit === 0 ? 0 : Math.floor(rest / unit) * unit,
    tolerance,
    lightest,
  }
}

function commonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b]
  return a
}

type Found = { readonly loss: number; readonly moves: Moves }

/** Moves that fill the rest of the limit, the cheapest per unit of weight first; null where that ends too light. */
function greedy(lots: readonly Lot[], { shifts, multiplier, least, most }: Problem): Found | null {
  const left = lots.map(({ quantity }) => quantity)
  const useful = shifts
    .filter(({ weight, loss }) => weight > 0 && loss < multiplier * weight)
    .sort((a, b) => a.loss / a.weight - b.loss / b.weight || b.weight - a.weight)
  let rest = most
  let loss = 0
  let moves: Moves = null
  for (const shift of useful) {
    const machines = Math.min(left[shift.lot]!, Math.floor(rest / shift.weight))
    if (machines === 0) continue
    left[shift.lot]! -= machines
    rest -= machines * shift.weight
    loss += machines * shift.loss
    moves = { shift, machines, before: moves }
  }
  return most - rest < least ? null : { loss: loss + multiplier * rest, moves }
}

/** No choice loses more. */
function worstLoss({ shifts, multiplier, most, lightest }: Problem): number {
  const byLot = new Map<number, number>()
  for (const { lot, loss, most: machines } of shifts)
    byLot.set(lot, Math.max(byLot.get(lot) ?? 0, loss * machines))
  return [...byLot.values()].reduce((sum, loss) => sum + loss, multiplier * (most - lightest))
}

function smallestLoss({ shifts }: Problem, worst: number): number {
  return shifts.reduce((least, { loss }) => (loss > 0 ? Math.min(least, loss) : least), worst)
}

type Round = { readonly found: Found | null; readonly complete: boolean; readonly looked: number }

/** Every choice whose loss is within the budget, the best of them; lot after lot, the widest last. */
function search(lots: readonly Lot[], problem: Problem, budget: number, effort: number): Round {
  const { multiplier, least, most, tolerance } = problem
  const steps = inOrder(problem.shifts, budget + tolerance)
  const rests = reachAfter(steps)
  const span = multiplier > 0 ? (budget + tolerance) / multiplier : Infinity
  // Without a lower bound on weight in reach, lighter and worth as much is always at least as good.
  const mayDominate = most - span >= least || least <= problem.lightest
  let states: Partial[] = [{ weight: 0, loss: 0, left: 0, moves: null }]
  let looked = 0
  for (const [i, shift] of steps.entries()) {
    const isNewLot = steps[i - 1]?.lot !== shift.lot
    const rest = rests[i]!
    const next: Partial[] = []
    for (const state of states) {
      const left = isNewLot ? lots[shift.lot]!.quantity : state.left
      const remaining = budget + tolerance - state.loss
      const lowest = multiplier > 0 ? Math.max(least, most - remaining / multiplier) : least
      const affordable = shift.loss > 0 ? Math.floor(remaining / shift.loss) : Infinity
      const [from, to] = machinesThatFit(
        shift.weight,
        lowest - state.weight - rest.up,
        most - state.weight - rest.down,
      )
      const upTo = Math.min(left, affordable, to)
      for (let machines = Math.max(0, from); machines <= upTo; machines++) {
        if (++looked > effort) return { found: null, complete: false, looked }
        next.push(
          machines === 0
            ? { ...state, left }
            : {
                weight: state.weight + machines * shift.weight,
                loss: state.loss + machines * shift.loss,
                left: left - machines,
                moves: { shift, machines, before: state.moves },
              },
        )
      }
    }
    const endsLot = steps[i + 1]?.lot !== shift.lot
    states = endsLot ? withoutWorse(next, multiplier, mayDominate) : next
  }
  let found: Found | null = null
  for (const { weight, loss, moves } of states) {
    if (weight < least || weight > most) continue
    const total = loss + multiplier * (most - weight)
    if (total <= budget + tolerance && (found === null || total < found.loss)) found = { loss: total, moves }
  }
  return { found, complete: true, looked }
}

/** The shifts that a budget allows: lot by lot, and last the lot and the shift that can move the most weight. */
function inOrder(shifts: readonly Shift[], budget: number): readonly Shift[] {
  const within = shifts
    .filter(({ loss }) => loss <= budget)
    .map((shift) =>
      shift.loss > 0 ? { ...shift, most: Math.min(shift.most, Math.floor(budget / shift.loss)) } : shift,
    )
  const reach = (shift: Shift) => Math.abs(shift.weight) * shift.most
  const ofLot = new Map<number, number>()
  for (const shift of within) ofLot.set(shift.lot, Math.max(ofLot.get(shift.lot) ?? 0, reach(shift)))
  return within.sort(
    (a, b) =>
      ofLot.get(a.lot)! - ofLot.get(b.lot)! || a.lot - b.lot || reach(a) - reach(b) || a.option - b.option,
  )
}

/** How far the weight can still go down and up after each step. */
function reachAfter(steps: readonly Shift[]): readonly { readonly down: number; readonly up: number }[] {
  let after = { down: 0, up: 0 }
  return steps
    .toReversed()
    .map(({ weight, most }) => {
      const here = after
      after = { down: after.down + Math.min(0, weight * most), up: after.up + Math.max(0, weight * most) }
      return here
    })
    .toReversed()
}

/** The least and the most machines whose moves bring the weight between two bounds. */
function machinesThatFit(weight: number, least: number, most: number): readonly [number, number] {
  if (weight === 0) return least <= 0 && most >= 0 ? [0, Infinity] : [1, 0]
  return weight > 0
    ? [Math.ceil(least / weight), Math.floor(most / weight)]
    : [Math.ceil(most / weight), Math.floor(least / weight)]
}

/**
 * Leaves out what another partial choice makes needless: of the same weight all but the one of the least loss, and,
 * where lighter is never worse, all that a lighter one equals in value at the price of weight.
 */
function withoutWorse(states: readonly Partial[], multiplier: number, mayDominate: boolean): Partial[] {
  const sorted = [...states].sort((a, b) => a.weight - b.weight || a.loss - b.loss)
  const kept: Partial[] = []
  let bestWorth = -Infinity
  for (const state of sorted) {
    if (kept.at(-1)?.weight === state.weight) continue
    const worth = multiplier * state.weight - state.loss
    if (mayDominate && worth <= bestWorth) continue
    bestWorth = Math.max(bestWorth, worth)
    kept.push(state)
  }
  return kept
}

function countsOf(
  lots: readonly Lot[],
  base: readonly number[],
  moves: Moves,
): readonly (readonly number[])[] {
  const counts = lots.map(({ quantity, options }, lot) =>
    options.map((_, option) => (option === base[lot] ? quantity : 0)),
  )
  for (let move = moves; move !== null; move = move.before) {
    const { lot, option } = move.shift
    counts[lot]![option]! += move.machines
    counts[lot]![base[lot]!]! -= move.machines
  }
  return counts
}
