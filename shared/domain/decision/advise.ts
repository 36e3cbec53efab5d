import { probabilityChangeBelow } from '../chain/adjustment.ts'
import { RUNNING } from '../fleet/fleet.ts'
import type { RowLadders } from '../ladders/of-row.ts'
import type { LadderPoint } from '../ladders/point.ts'
import { powerPriceUsdPerKwhAt, restartUsdAt } from '../margins/fleet-margins.ts'
import { cashMarginUsdPerDay, revenuePerDay } from '../margins/margin.ts'
import { keptHostCosts } from '../money/cost-bridge.ts'
import { PROTECTED } from '../power/machine-policy.ts'
import { MS_PER_DAY, SECONDS_PER_DAY } from '../units.ts'
import { plainChance } from './waiting/adjustment-chance.ts'
import { addPlainRows, addTotals, adviceTotals, idleCosts, noTotals } from './advice-totals.ts'
import type { OpenTotals } from './advice-totals.ts'
import type { Advice, RowAdvice, RowPlans } from './advice.ts'
import { coupledStrikes } from './waiting/coupled-strikes.ts'
import { decideSite, singleLot, siteScene } from './sites/decide-site.ts'
import type { SiteScene } from './sites/decide-site.ts'
import type { ChancePaths } from './waiting/chance.ts'
import { coupledScene, decideCoupled } from './sites/decide-coupled.ts'
import type { Decisions } from './decisions.ts'
import { emptyDecisions } from './decisions.ts'
import { flipSteps, nearestFlips } from './flips.ts'
import type { Horizon } from './horizon.ts'
import type { Market } from './market.ts'
import { decidePlainRows, evenHashpriceUsdPerPhDay, switchStrikes } from './plain-rows.ts'
import type { SwitchStrikes } from './plain-rows.ts'
import { offersOver } from './sites/offers.ts'
import { groupAt, placeAt } from './prepare.ts'
import type { Prepared } from './prepare.ts'
import { largest, onlyPoint, rowPlanner } from './row-advice.ts'
import { pathsOf, rowChances } from './waiting/row-chances.ts'
import type { RowChances } from './waiting/row-chances.ts'
import { siteAdvice } from './sites/site-advice.ts'
import { pointsBesideOwn, siteLots } from './sites/site-lots.ts'
import { ownPrices } from './sites/site-offer.ts'
import { lotStrikes, REPAIR } from './sites/site-rows.ts'
import { strikeTable } from './waiting/strikes.ts'
import type { Strikes, StrikeShape, StrikeTable } from './waiting/strikes.ts'
import { HOLD, isOnAtOnce, NO_VERDICT, PROFILE } from './words.ts'

/** The days that a market lets verdicts look at; null where the hashprice is not known. */
export function horizonOf(market: Market): Horizon | null {
  const { stages, volatilityPerYear, reviewDays, estimate, changeIsAssumed } = market
  if (stages.length === 0) return null
  const changeBelow =
    estimate === null || changeIsAssumed ? null : (change: number) => probabilityChangeBelow(estimate, change)
  return {
    stages,
    days: market.outlook?.horizonDays ?? stages.reduce((days, stage) => days + stage.days, 0),
    isPerDay: market.isPerDay,
    volatilityPerYear,
    reviewDays,
    changeBelow,
    drawn:
      changeBelow === null || market.isPerDay || market.hashpriceIsTyped
        ? null
        : {
            logSpreadNow: market.priceSpread,
            adjustment: {
              changeBelow,
              expectedChange: market.change,
              elapsedDays: elapsedDays(market),
            },
          },
  }
}

/** Since the running epoch's first block. */
function elapsedDays({ estimate, estimateSinceMs, stages }: Market): number {
  const seconds = estimate?.elapsedSeconds ?? NaN
  const sinceMs = stages[0]!.fromMs - estimateSinceMs
  return seconds / SECONDS_PER_DAY + (Number.isNaN(sinceMs) ? 0 : sinceMs / MS_PER_DAY)
}

/** One table serves all machines with one price of energy. */
function shapeOf({ stages, volatilityPerYear, reviewDays }: Horizon): StrikeShape {
  const [first, second] = stages
  const ahead =
    second === undefined
      ? null
      : {
          days: first!.days,
          hashpriceRatio: withoutNoise(second.hashpriceUsdPerPhDay / first!.hashpriceUsdPerPhDay),
        }
  return { volatilityPerYear, reviewDays, ahead }
}

/** Rounding of a price that moves must not make it another ratio: then everything that is kept by it would be made again. */
const withoutNoise = (ratio: number) => Number(ratio.toPrecision(12))

/** The strikes of a fleet are kept while they stay, which a step of the price does not change. */
function fleetStrikes(prepared: Prepared, horizon: Horizon, strikes: StrikeTable): SwitchStrikes {
  const { kept } = prepared
  // All stages moved in proportion have the same strikes: the ratio's last digits are not looked at.
  const shape = JSON.stringify(shapeOf(horizon), (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(12)) : value,
  )
  if (kept.strikeShape !== shape) {
    kept.strikes = switchStrikes(
      prepared.basis,
      prepared.policies,
      strikes,
      horizon.volatilityPerYear > 0,
      kept.strikes?.column,
    )
    kept.strikeShape = shape
  }
  return kept.strikes!
}

const NO_STRIKES: Strikes = { stopBelowUsdPerPhDay: NaN, startAboveUsdPerPhDay: NaN }

/**
 * The one way to a verdict: what every machine should do, why, and what it brings.
 * @param into decisions of the same length that are written again
 * @throws RangeError that names site and field where a contract asks for what cannot be
 */
export function advise(prepared: Prepared, market: Market, into?: Decisions): Advice | null {
  const horizon = horizonOf(market)
  return horizon === null ? null : adviseOver(prepared, horizon, into)
}

/**
 * The verdicts of every row, with the scenes of the sites that have terms of their own and their sums; one site after the other, so
 * that whoever has something better to do meanwhile can leave.
 */
function* decideSteps(
  prepared: Prepared,
  horizon: Horizon,
  strikes: StrikeTable,
  decisions: Decisions,
  groups: ReadonlySet<number> | null = null,
): Generator<undefined, { readonly scenes: readonly SiteScene[]; readonly ofScene: readonly OpenTotals[] }> {
  const { basis, policies, limits } = prepared
  const offers = offersOver(prepared, horizon).filter((_, group) => groups === null || groups.has(group))
  decidePlainRows(basis, policies, horizon, fleetStrikes(prepared, horizon, strikes), decisions)
  const scenes: SiteScene[] = []
  const ofScene: OpenTotals[] = []
  for (const offer of offers) {
    const sums = noTotals(horizon.stages.length)
    const scene = offer.supply?.isCoupled
      ? coupledScene(basis, offer, horizon, limits)
      : siteScene(basis, offer, horizon, limits)
    if (scene.clearing === null) decideSite(scene, decisions, sums)
    else decideCoupled(scene, decisions, sums)
    scenes.push(scene)
    ofScene.push(sums)
    yield
  }
  if (horizon.isPerDay) leaveOutRestarts(prepared, scenes, ofScene, decisions)
  return { scenes, ofScene }
}

/** A start is paid once and not a day: what machines that start earn a day is told without it, of rows and of their sites. */
function leaveOutRestarts(
  prepared: Prepared,
  scenes: readonly SiteScene[],
  ofScene: readonly OpenTotals[],
  { verdict, gainUsd }: Decisions,
): void {
  const { fleet, length } = prepared.basis
  const { status, quantity } = fleet.machines
  const placeOf = new Map(scenes.map(({ offer }, n) => [offer.site, n]))
  for (let row = 0; row < length; row++) {
    const code = verdict[row]!
    if (status[row] === RUNNING || code === NO_VERDICT || code === HOLD) continue
    const group = groupAt(prepared, row)
    const n = group === -1 ? undefined : placeOf.get(prepared.groups[group]!.site)
    const scene = n === undefined ? null : scenes[n]!
    const clearing = scene?.clearing ?? null
    // Of a lot of a cleared site a part may start.
    const share =
      clearing === null
        ? Number(isOnAtOnce(code, false))
        : scene!.words.counts(clearing.plansOf(placeAt(prepared, row))).run / quantity[row]!
    if (share === 0) continue
    const usd = share * restartUsdAt(fleet, row)
    gainUsd[row]! += usd
    if (n === undefined) continue
    ofScene[n]!.gain += usd
    ofScene[n]!.startGain += usd
  }
}

/**
 * The verdicts alone, in steps of a site each, for those who look at many hashprices.
 * @param groups which are decided, beside the rows that are in none; what stands in rows of others is of no use then. null: all
 */
export function* decideOver(
  prepared: Prepared,
  horizon: Horizon,
  into: Decisions,
  groups: ReadonlySet<number> | null,
): Generator<undefined, void> {
  yield* decideSteps(prepared, horizon, strikeTable(shapeOf(horizon)), into, groups)
}

/** All steps in one go. */
export function settled<T>(steps: Generator<undefined, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** The advice over a horizon that is given. */
export function adviseOver(prepared: Prepared, horizon: Horizon, into?: Decisions): Advice {
  const { basis, policies } = prepared
  const decisions = into?.length === basis.length ? into : emptyDecisions(basis.length)
  const strikes = strikeTable(shapeOf(horizon))
  const { scenes, ofScene } = settled(decideSteps(prepared, horizon, strikes, decisions))
  const totals = noTotals(horizon.stages.length)
  for (const sums of ofScene) addTotals(totals, sums)
  addPlainRows(totals, basis, decisions, horizon, prepared.groupOf)

  let plain: SiteScene | null = null
  const planners = new Map<SiteScene, ReturnType<typeof rowPlanner>>()
  const sceneAt = (row: number) => scenes[groupAt(prepared, row)] ?? (plain ??= plainScene(prepared, horizon))
  const plannerOf = (scene: SiteScene) => {
    const known = planners.get(scene) ?? rowPlanner(scene)
    planners.set(scene, known)
    return known
  }

  const singles = new Map<SiteScene, ReturnType<typeof singleLot>>()
  const points = new Map<number, LadderPoint | null>()
  /** Kept, since it is asked for again with every list of what is to be done. */
  function pointOf(row: number): LadderPoint | null {
    if (decisions.verdict[row] !== PROFILE) return null
    const known = points.get(row)
    if (known !== undefined) return known
    const scene = sceneAt(row)
    let found: LadderPoint | null = null
    if (scene.clearing === null) {
      const one = singleOf(scene)
      const lot = placeAt(prepared, row)
      one.weigh(lot)
      const point = onlyPoint(largest(one.plansOf(lot, PROFILE)).points, scene.offer.priced)
      // 1 is its own.
      if (point > 1) found = besideOwn(row)[point - 2] ?? null
    }
    points.set(row, found)
    return found
  }

  const pointNames = (row: number) => ['', ...besideOwn(row).map(({ name }) => name)]

  /** Operating points of a row beside its own. */
  function besideOwn(row: number): readonly LadderPoint[] {
    const { hashrateThs, powerW } = basis.fleet.machines
    const own = { hashrateThs: hashrateThs[row]!, powerW: powerW[row]! }
    return pointsBesideOwn(prepared.ladderOf?.(row) ?? null, own)
  }

  let paths: ChancePaths | null | undefined
  const chances = new Map<SiteScene, RowChances>()
  const chancesOf = (scene: SiteScene) => {
    const known = chances.get(scene) ?? rowChances(scene, () => (paths ??= pathsOf(horizon)))
    chances.set(scene, known)
    return known
  }

  const ofCoupled = new Map<SiteScene, (lot: number) => Strikes>()
  const strikesOfCoupled = (scene: SiteScene) => {
    const { offer } = scene
    const known = ofCoupled.get(scene) ?? coupledStrikes(offer.lots, offer.supply!, offer, horizon)
    ofCoupled.set(scene, known)
    return known
  }

  // Many rows have the same ladders.
  const possible = new Map<RowLadders, readonly string[]>()
  function possibleOf(ladders: RowLadders): readonly string[] {
    const known = possible.get(ladders) ?? ladders.possible.map(({ firmware, model }) => firmware || model)
    possible.set(ladders, known)
    return known
  }

  function rowAdvice(row: number): RowAdvice {
    const scene = sceneAt(row)
    const lot = placeAt(prepared, row)
    const code = decisions.verdict[row]!
    const ladders = prepared.laddersOf(row)
    const planned = plannerOf(scene).row(lot, {
      code,
      gainUsd: decisions.gainUsd[row]!,
      pointNames: pointNames(row),
      possible: possibleOf(ladders),
    })
    return {
      ...planned,
      ...(groupAt(prepared, row) === -1 ? plainMargins(row) : {}),
      marginalEnergyUsdPerKwh:
        scene.offer.supply === null
          ? powerPriceUsdPerKwhAt(basis.fleet, row)
          : scene.offer.priced.protectedUsdPerKwh[0]!,
      machines: machinesAt(row) ?? wholeLot(scene, lot, code, planned.then),
      probabilityOfAdjustment:
        groupAt(prepared, row) === -1 && horizon.stages.length <= 2
          ? plainChance(basis, horizon, code, row)
          : chancesOf(scene).ofAdjustment(lot, code),
    }
  }

  /** The machines of a lot of a cleared site, which need not all do the same; null of other lots, and where they stay as they are. */
  function machinesAt(row: number): RowAdvice['machines'] | null {
    const plans = plansAt(row)
    return plans === null ? null : sceneAt(row).words.counts(plans)
  }

  function verdictsAt(row: number) {
    const { words } = sceneAt(row)
    const isOn = basis.fleet.machines.status[row] === RUNNING
    return (
      plansAt(row)?.map(({ count, modes }) => {
        const { ofOn, ofOff } = words.ofModes(modes)
        return { code: isOn ? ofOn : ofOff, machines: count }
      }) ?? null
    )
  }

  function plansAt(row: number) {
    const { clearing } = sceneAt(row)
    const code = decisions.verdict[row]!
    if (clearing === null || code === NO_VERDICT || code === HOLD) return null
    return clearing.plansOf(placeAt(prepared, row))
  }

  function wholeLot(scene: SiteScene, lot: number, code: number, then: RowAdvice['then']) {
    const quantity = basis.fleet.machines.quantity[scene.offer.rows[lot]!]!
    const onNow = code !== NO_VERDICT && isOnAtOnce(code, scene.offer.lots.isOn[lot] === 1)
    const onLater = !onNow && then === 'run'
    return {
      run: onNow ? quantity : 0,
      pause: onLater ? quantity : 0,
      off: onNow || onLater || code === NO_VERDICT ? 0 : quantity,
    }
  }

  /** Of a row that pays one price: the margins of the fleet's own columns, to the bit. */
  function plainMargins(row: number) {
    const { stages } = horizon
    const margin = (t: number) =>
      stages[t] === undefined
        ? NaN
        : cashMarginUsdPerDay(
            revenuePerDay(basis.acceptedPhs[row]!, stages[t].hashpriceUsdPerPhDay),
            basis.avoidableCostUsdPerDay[row]!,
          )
    const after = stages.findIndex(({ opensWith }, t) => t > 0 && opensWith === 'adjustment')
    return { marginNowUsdPerDay: margin(0), marginAfterUsdPerDay: margin(after) }
  }

  const singleOf = (scene: SiteScene) => {
    const known = singles.get(scene) ?? singleLot(scene)
    singles.set(scene, known)
    return known
  }

  function plansOf(row: number): RowPlans | null {
    const code = decisions.verdict[row]!
    if (code === NO_VERDICT) return null
    const scene = sceneAt(row)
    const lot = placeAt(prepared, row)
    const one = singleOf(scene)
    // The plans of a cleared site are there; on hold they follow from the lot's own margins.
    if (scene.clearing === null || code === HOLD) one.weigh(lot)
    return { plans: one.plansOf(lot, code), atMs: scene.offer.priced.atMs }
  }

  function strikesAt(row: number, scene: SiteScene, lot: number): Strikes {
    if (basis.fleet.machines.status[row] === REPAIR || policies?.[row] === PROTECTED) return NO_STRIKES
    if (scene.clearing !== null) return strikesOfCoupled(scene)(lot)
    if (groupAt(prepared, row) !== -1)
      return lotStrikes(singleLot(scene).weigh(lot).margins, scene.offer, lot, horizon)
    const accepted = basis.acceptedPhs[row]!
    const restart = restartUsdAt(basis.fleet, row)
    const even = evenHashpriceUsdPerPhDay(
      accepted,
      basis.avoidableCostUsdPerDay[row]!,
      basis.standbyCostUsdPerDay[row]!,
    )
    if (even <= 0) return strikes.fromToday(accepted, even, restart, horizon.stages[0]!.hashpriceUsdPerPhDay)
    return {
      stopBelowUsdPerPhDay: strikes.stopBelowUsdPerPhDay(accepted, even, restart),
      startAboveUsdPerPhDay: strikes.startAboveUsdPerPhDay(accepted, even, restart),
    }
  }

  const hosts = keptHostCosts(prepared)
  return {
    decisions,
    totals: adviceTotals(totals, (prepared.kept.idleCosts ??= idleCosts(basis)), hosts.owedUsdPerDay),
    groupSums: ofScene,
    sites: () =>
      scenes.flatMap(
        (scene, n) =>
          siteAdvice(scene, decisions, ofScene[n]!, hosts.owedUsdPerDayOf(scene.offer.site)) ?? [],
      ),
    row: rowAdvice,
    hours: (row) =>
      plannerOf(sceneAt(row)).hours(placeAt(prepared, row), {
        code: decisions.verdict[row]!,
        pointNames: pointNames(row),
      }),
    split: machinesAt,
    plans: plansOf,
    splitVerdicts: verdictsAt,
    pointOf,
    strikes: (row) =>
      decisions.verdict[row] === NO_VERDICT
        ? NO_STRIKES
        : strikesAt(row, sceneAt(row), placeAt(prepared, row)),
    probability: (row) => chancesOf(sceneAt(row)).ofAdvice(placeAt(prepared, row), decisions.verdict[row]!),
    flips: () => nearestFlips(prepared, horizon, decisions),
    flipSteps: () => flipSteps(prepared, horizon, decisions),
  }
}

/** All rows that pay one price, as lots: for the advice of single ones. */
function plainScene(prepared: Prepared, horizon: Horizon): SiteScene {
  const { basis, policies, plainRows } = prepared
  const rows = new Uint32Array(plainRows)
  for (let row = 0; row < basis.length; row++)
    if (groupAt(prepared, row) === -1) rows[placeAt(prepared, row)] = row
  const lots = siteLots(basis, rows, { hosting: null, siteUsdPerKwh: 0 }, policies, null)
  return siteScene(
    basis,
    { site: -1, contract: null, supply: null, asItRuns: null, rows, lots, priced: ownPrices(horizon, false) },
    horizon,
    prepared.limits,
  )
}
