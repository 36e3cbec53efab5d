import { RUNNING } from '../fleet/fleet.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import type { CommittedEnergy } from '../power/committed-energy.ts'
import { EXEMPT, PROTECTED } from '../power/machine-policy.ts'
import { emptyRow, readRow, weighRow } from './row-margins.ts'
import type { RowMargins } from './row-margins.ts'
import type { SiteTerms } from '../power/site-terms.ts'
import type { Counts, Lot, LotPeriod, SiteChoice } from './take-or-pay.ts'
import { chooseUnderTakeOrPay, committedUnder, onIn, problemOf, siteValueUsd } from './take-or-pay.ts'

/** The decision for a site under take-or-pay, and each of its rows in it. */
export type CommittedSite = {
  readonly choice: SiteChoice
  /** row of the fleet → its place in the columns below */
  readonly placeOf: ReadonlyMap<number, number>
  readonly run: Float64Array
  readonly pause: Float64Array
  /** per part of the horizon: worth of the row being on and off, USD/day, with the rest of the site as chosen */
  readonly on: readonly [Float64Array, Float64Array]
  readonly off: readonly [Float64Array, Float64Array]
  /** what the row is worth as chosen, USD over the horizon; a lot may be split */
  readonly advisedUsd: Float64Array
  /** share of its energy that is committed energy while it is on */
  readonly committedShare: readonly [Float64Array, Float64Array]
  readonly usedKwhPerDay: readonly [number, number]
  /** USD over the horizon if all machines that may take an option took it, and if all ran every hour */
  readonly valueUsd: {
    readonly run: number
    readonly pause: number
    readonly off: number
    readonly asIs: number
  }
  /** USD/day of the site per part of the horizon: as chosen, and if all ran every hour */
  readonly marginUsdPerDay: {
    readonly advised: readonly [number, number]
    readonly asIs: readonly [number, number]
  }
}

type Weighed = { readonly lot: number; readonly machines: number; readonly isCounted: boolean }

/**
 * Decides a site under take-or-pay. Rows that stand outside the contract or lack a figure have no place in the result;
 * rows that do not run now use no committed energy, and are weighed as what they would add.
 * Where rows pay different prices of their own, committed energy goes first to those that save most by it.
 * @throws RangeError where handing back pays more than power costs
 * @param rows rows of the fleet that belong to the site
 */
export function decideCommittedSite(
  basis: MarginBasis,
  rows: readonly number[],
  terms: SiteTerms,
  policyOf: (row: number) => number,
  hashprices: readonly [number, number],
  days: readonly [number, number],
): CommittedSite {
  const committed = terms.contract.takeOrPay!.committedKwhPerDay
  const scratch = emptyRow()
  const lots: Lot[] = []
  const alwaysOn: Lot[] = []
  const counted: number[] = []
  const known = new Map<string, number>()
  const placeOf = new Map<number, number>()
  const weighed: Weighed[] = []

  for (const row of rows) {
    const policy = policyOf(row)
    if (policy === EXEMPT) continue
    const machines = basis.fleet.machines.quantity[row]!
    readRow(scratch, basis, row, terms, policy)
    checkHandBack(basis, row, terms, scratch.powerPriceUsdPerKwh)
    const { now, always } = lotOf(scratch, terms, hashprices, machines)
    if (!Number.isFinite(now.periods[0].marketUsdPerDay)) continue
    const likeness = [
      now.kwhOn,
      now.kwhOff,
      now.restartUsd,
      policy,
      ...now.periods.flatMap(Object.values<number>),
    ].join()
    let lot = known.get(likeness)
    if (lot === undefined) {
      lot = lots.length
      known.set(likeness, lot)
      lots.push(now)
      alwaysOn.push(always)
      counted.push(0)
    }
    const isCounted = basis.fleet.machines.status[row] === RUNNING
    if (isCounted) counted[lot]! += machines
    placeOf.set(row, weighed.length)
    weighed.push({ lot, machines, isCounted })
  }

  const withCounts = (each: readonly Lot[]) => each.map((lot, j) => ({ ...lot, machines: counted[j]! }))
  const problem = problemOf(withCounts(lots), committed, days)
  const asIsProblem = problemOf(withCounts(alwaysOn), committed, days)
  const choice = chooseUnderTakeOrPay(problem)
  const energy = ([0, 1] as const).map((t) => committedUnder(problem, choice.counts, t))
  const left = choice.counts.map((counts) => ({ ...counts }))
  const n = weighed.length
  const column = () => [new Float64Array(n), new Float64Array(n)] as [Float64Array, Float64Array]
  const site = {
    run: new Float64Array(n),
    pause: new Float64Array(n),
    on: column(),
    off: column(),
    advisedUsd: new Float64Array(n),
    committedShare: column(),
  }

  weighed.forEach(({ lot, machines, isCounted }, place) => {
    if (isCounted) {
      // Machines that are alike: the first rows run.
      const mine = left[lot]!
      const run = Math.min(mine.run, machines)
      const pause = Math.min(mine.pause, machines - run)
      left[lot] = { run: mine.run - run, pause: mine.pause - pause, off: mine.off - (machines - run - pause) }
      site.run[place] = run
      site.pause[place] = pause
    }
    const present = { run: site.run[place]!, pause: site.pause[place]!, off: 0 }
    for (const t of [0, 1] as const) {
      const on = onIn(present, t)
      const worth = worthOfRow(problem.lots, choice.counts, energy[t]!, lot, machines, t, {
        on,
        off: isCounted ? machines - on : 0,
      })
      site.on[t][place] = worth.on
      site.off[t][place] = worth.off
      site.advisedUsd[place]! += days[t] * worth.present
      site.committedShare[t][place] = energy[t]!.shareOn(lot)
    }
    if (isCounted) site.advisedUsd[place]! -= present.pause * lots[lot]!.restartUsd
    else weighAlone(site, place, days, lots[lot]!, machines)
  })

  const all = (option: keyof Counts) =>
    problem.lots.map((lot): Counts => {
      const of = lot.isProtected ? 'run' : option
      return { run: 0, pause: 0, off: 0, [of]: lot.machines }
    })
  const perDay = (of: typeof problem, counts: readonly Counts[]) =>
    ([0, 1] as const).map((t) => {
      const onlyPart = problemOf(withoutRestart(of.lots), committed, t === 0 ? [1, 0] : [0, 1])
      return siteValueUsd(onlyPart, counts)
    }) as [number, number]
  return {
    choice,
    placeOf,
    ...site,
    usedKwhPerDay: [energy[0]!.usedKwhPerDay, energy[1]!.usedKwhPerDay],
    valueUsd: {
      run: siteValueUsd(problem, all('run')),
      pause: siteValueUsd(problem, all('pause')),
      off: siteValueUsd(problem, all('off')),
      asIs: siteValueUsd(asIsProblem, all('run')),
    },
    marginUsdPerDay: { advised: perDay(problem, choice.counts), asIs: perDay(asIsProblem, all('run')) },
  }
}

/** Committed power that earns more handed back than power costs would be handed back whole, and the same bought. */
function checkHandBack(basis: MarginBasis, row: number, terms: SiteTerms, ownPriceUsdPerKwh: number): void {
  const { handBackUsdPerKwh } = terms.contract.takeOrPay!
  const prices = terms.curves?.map(({ meanUsdPerKwh }) => meanUsdPerKwh) ?? [ownPriceUsdPerKwh]
  const price = Math.min(...prices)
  if (handBackUsdPerKwh > price) {
    const site = basis.fleet.sites.name[basis.fleet.machines.site[row]!]!
    throw new RangeError(
      `site ${site}, field takeOrPay.handBackUsdPerKwh: ${handBackUsdPerKwh} is above the price of power, ${price} USD/kWh; power that is handed back cannot be worth more than what it costs`,
    )
  }
}

function withoutRestart(lots: readonly Lot[]): readonly Lot[] {
  return lots.map((lot) => ({ ...lot, restartUsd: 0 }))
}

/** One machine of a row as the choice sees it: by its schedule, and running every hour. */
function lotOf(
  row: RowMargins,
  terms: SiteTerms,
  hashprices: readonly [number, number],
  machines: number,
): { readonly now: Lot; readonly always: Lot } {
  const parts = ([0, 1] as const).map((t): { now: LotPeriod; always: LotPeriod } => {
    weighRow(row, terms, t, hashprices[t])
    const common = { gainOff: row.gainOff, standbyUsdPerDay: row.offUsdPerDay / machines }
    return {
      now: { ...common, marketUsdPerDay: row.onUsdPerDay / machines, gainOn: row.gainOn },
      always: { ...common, marketUsdPerDay: row.alwaysOnUsdPerDay / machines, gainOn: row.gainAlwaysOn },
    }
  })
  const lot = {
    machines,
    kwhOn: row.kwhOn / machines,
    kwhOff: row.kwhOff / machines,
    restartUsd: row.restartUsd / machines,
    isProtected: row.policy === PROTECTED,
  }
  return {
    now: { ...lot, periods: [parts[0]!.now, parts[1]!.now] },
    always: { ...lot, periods: [parts[0]!.always, parts[1]!.always] },
  }
}

/** Worth of a whole row on, off and as it is chosen, USD/day, against the site without it; the rest of the site stays as chosen. */
function worthOfRow(
  lots: readonly Lot[],
  counts: readonly Counts[],
  energy: CommittedEnergy,
  j: number,
  machines: number,
  t: 0 | 1,
  present: { readonly on: number; readonly off: number },
): { readonly on: number; readonly off: number; readonly present: number } {
  const lot = lots[j]!
  const { marketUsdPerDay, standbyUsdPerDay } = lot.periods[t]
  const on = onIn(counts[j]!, t) - present.on
  const off = lot.machines - onIn(counts[j]!, t) - present.off
  const saved = (onMachines: number, offMachines: number) =>
    energy.savedWith(j, onMachines * lot.kwhOn, offMachines * lot.kwhOff)
  const without = saved(on, off)
  return {
    on: machines * marketUsdPerDay + saved(on + machines, off) - without,
    off: machines * standbyUsdPerDay + saved(on, off + machines) - without,
    present: present.on * marketUsdPerDay + present.off * standbyUsdPerDay + energy.savedUsdPerDay - without,
  }
}

/** The option of a row that does not run now, weighed as what it would add to the site. */
function weighAlone(
  site: Pick<CommittedSite, 'run' | 'pause' | 'on' | 'off' | 'advisedUsd'>,
  place: number,
  days: readonly [number, number],
  lot: Lot,
  machines: number,
): void {
  const after = days[1] * site.on[1][place]!
  const before = days[0] * site.off[0][place]!
  const run = days[0] * site.on[0][place]! + after
  const pause = before + after - machines * lot.restartUsd
  const down = before + days[1] * site.off[1][place]!
  const best = lot.isProtected ? run : Math.max(run, pause, down)
  site.run[place] = best === run ? machines : 0
  site.pause[place] = best !== run && best === pause ? machines : 0
  site.advisedUsd[place] = best
}
