import type { SupplySteps } from './supply.ts'

/** Power at a price, kW and USD/kWh, in the order in which a site draws it; prices may fall. */
export type PowerBlock = { readonly kw: number; readonly usdPerKwh: number }

/**
 * The cost of drawing blocks one after another as steps by rising price. Where a price falls from one block to the next, the cost is
 * not convex: it is the least of one convex curve for each run of rising prices. A curve follows the cost exactly over its own
 * run; before it, it falls no faster than any price there, and behind it, it rises as fast as the dearest one, so it is nowhere
 * below the cost.
 * @param capKw where the last step ends; Infinity: nowhere
 */
export function stepsOf(blocks: readonly PowerBlock[], capKw: number): readonly SupplySteps[] {
  const drawn = merged(blocks, capKw)
  const firsts = drawn.flatMap(({ usdPerKwh }, i) =>
    i === 0 || usdPerKwh < drawn[i - 1]!.usdPerKwh ? [i] : [],
  )
  if (firsts.length === 1) return [columnsOf(drawn, 0)]
  return firsts.map((first, run) => {
    const next = firsts[run + 1] ?? drawn.length
    const before = drawn.slice(0, first)
    const behind = drawn.slice(next)
    const own = drawn.slice(first, next)
    const least = Math.min(own[0]!.usdPerKwh, ...before.map(({ usdPerKwh }) => usdPerKwh))
    const most = Math.max(own.at(-1)!.usdPerKwh, ...behind.map(({ usdPerKwh }) => usdPerKwh))
    const sum = (of: readonly PowerBlock[], value: (block: PowerBlock) => number) =>
      of.reduce((total, block) => total + value(block), 0)
    const steps = merged(
      [
        { kw: sum(before, ({ kw }) => kw), usdPerKwh: least },
        ...own,
        { kw: sum(behind, ({ kw }) => kw), usdPerKwh: most },
      ],
      capKw,
    )
    return columnsOf(
      steps,
      sum(before, ({ kw, usdPerKwh }) => kw * (usdPerKwh - least)),
    )
  })
}

function columnsOf(steps: readonly PowerBlock[], fixedUsdPerHour: number): SupplySteps {
  return {
    kw: steps.map(({ kw }) => kw),
    usdPerKwh: steps.map(({ usdPerKwh }) => usdPerKwh),
    fixedUsdPerHour,
  }
}

/** Blocks up to the cap, those of one price together, those of no power left out. */
function merged(blocks: readonly PowerBlock[], capKw: number): PowerBlock[] {
  const left: PowerBlock[] = []
  let kw = 0
  for (const block of blocks) {
    const width = Math.min(block.kw, capKw - kw)
    if (!(width > 0)) continue
    kw += width
    const last = left.at(-1)
    if (last?.usdPerKwh === block.usdPerKwh) left[left.length - 1] = { ...last, kw: last.kw + width }
    else left.push({ kw: width, usdPerKwh: block.usdPerKwh })
  }
  // A cap of nothing still has a price.
  return left.length > 0 ? left : [{ kw: 0, usdPerKwh: blocks.at(-1)!.usdPerKwh }]
}

/** What power costs under some alternatives, USD per hour: the least of them; Infinity above the cap. */
export function powerCostUsdPerHour(alternatives: readonly SupplySteps[], kw: number): number {
  return Math.min(
    ...alternatives.map((steps) => {
      let cost = steps.fixedUsdPerHour ?? 0
      let left = kw
      for (const [i, width] of steps.kw.entries()) {
        const taken = Math.min(left, width)
        if (taken > 0) cost += taken * steps.usdPerKwh[i]!
        left -= taken
      }
      // What is left by the rounding of sums is nothing.
      return left > 1e-9 * Math.max(kw, 1) ? Infinity : cost
    }),
  )
}

/**
 * The same supply without a cap: what a site draws above it is bought as the rest is. So what it costs to run as it is can be told
 * of a site that draws more than it may.
 * @param usdPerKwh of energy that is bought beyond what is committed and beyond tiers
 */
export function withoutCap(alternatives: readonly SupplySteps[], usdPerKwh: number): readonly SupplySteps[] {
  return alternatives.map((steps) =>
    steps.kw.at(-1) === Infinity
      ? steps
      : { ...steps, kw: [...steps.kw, Infinity], usdPerKwh: [...steps.usdPerKwh, usdPerKwh] },
  )
}
