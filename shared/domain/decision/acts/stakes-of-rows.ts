import type { LadderPoint } from '../../ladders/point.ts'
import { marginAtPointUsdPerDay, marginWhileOffUsdPerDay, termsOfRow } from '../../ladders/point.ts'
import { RUNNING } from '../../fleet/fleet.ts'
import { acceptedPhs } from '../../margins/margin.ts'
import { MS_PER_DAY } from '../../units.ts'
import type { Advice } from '../advice.ts'
import { NEVER } from '../choice.ts'
import { firstChange } from '../decisions.ts'
import type { Market } from '../market.ts'
import type { Prepared } from '../prepare.ts'
import { groupAt } from '../prepare.ts'
import { PAUSE, START_UNTIL } from '../words.ts'
import { forEachAct, statusAfter } from './acts.ts'
import { foreseenUsdPerPh } from './stake.ts'
import type { ForeseenHashprice, StakeOfOne } from './stake.ts'

/** What an act changes with one machine of a row. @param act code of VERDICTS that is an act */
export type StakeOf = (row: number, act: number, point: LadderPoint | null) => StakeOfOne

/** @param atMs in place of a moment that the market does not know */
export function foreseenBy({ stages }: Pick<Market, 'stages'>, atMs: number): readonly ForeseenHashprice[] {
  return stages.map(({ fromMs, hashpriceUsdPerPhDay }) => ({
    fromMs: Number.isNaN(fromMs) ? atMs : fromMs,
    usdPerPhDay: hashpriceUsdPerPhDay,
  }))
}

/**
 * What is at stake with one machine of each row, from the advice's own figures. At flat prices the cost is the one of its margin. Under a
 * contract the cost of a kWh hangs on hours and on what others take: there it is what makes the advice worth what it says, on average
 * over the days that it lasts, of each row by itself, and at a site that is decided as a whole of all its acts together, which share the
 * difference by their cost.
 */
export function stakesOfRows(
  prepared: Prepared,
  market: Pick<Market, 'stages' | 'isPerDay' | 'horizonEndMs'>,
  advice: Advice,
): StakeOf {
  const { basis, groups } = prepared
  const { machines } = basis.fleet
  const { stages, isPerDay, horizonEndMs } = market
  const fromMs = stages[0]!.fromMs
  const foreseen = foreseenBy(market, fromMs)

  function untilOf(row: number, act: number): number | null {
    if (isPerDay || !Number.isFinite(horizonEndMs)) return null
    if (act !== PAUSE && act !== START_UNTIL) return horizonEndMs
    const change = firstChange(advice.decisions, stages.length, row)
    // Of a lot that is split the word is of most of its machines, and others may wait for a change of which it says nothing.
    return stages[change === NEVER ? 1 : change]?.fromMs ?? horizonEndMs
  }

  function atFlatPrice(row: number, act: number, point: LadderPoint | null): StakeOfOne {
    const quantity = machines.quantity[row]!
    const isOn = machines.status[row] === RUNNING
    const stops = statusAfter(act) === 'off'
    const own = {
      phs: basis.acceptedPhs[row]! / quantity,
      usd: (basis.avoidableCostUsdPerDay[row]! - basis.standbyCostUsdPerDay[row]!) / quantity,
    }
    const off = { phs: 0, usd: 0 }
    const before = isOn ? own : off
    const after = stops ? off : point === null ? own : atPoint(row, point)
    const restartUsd = machines.restartUsd[row]!
    return {
      untilMs: untilOf(row, act),
      acceptedPhs: before.phs - after.phs,
      costUsdPerDay: before.usd - after.usd,
      restartUsd: !isOn && !stops ? restartUsd : 0,
      restartAtEndUsd: isOn && act === PAUSE ? restartUsd : 0,
    }
  }

  /** One machine at a point: hashrate that is paid for, and cost over standing by. */
  function atPoint(row: number, point: LadderPoint) {
    const terms = termsOfRow(basis.fleet, row)
    const { uptime, poolFee, hostShare } = terms
    return {
      phs: acceptedPhs(1, point.hashrateThs, uptime, poolFee, hostShare),
      usd: marginWhileOffUsdPerDay(terms) - marginAtPointUsdPerDay(point, terms, 0),
    }
  }

  /** Worth of a machine's act, and its days at its cost, in which a difference is shared. USD */
  function worthOf(stake: StakeOfOne) {
    const days = stake.untilMs === null ? 1 : (stake.untilMs - fromMs) / MS_PER_DAY
    const revenue =
      stake.acceptedPhs *
      (stake.untilMs === null ? foreseen[0]!.usdPerPhDay : foreseenUsdPerPh(foreseen, fromMs, stake.untilMs))
    // Without a date money is per day, and a restart is not in it.
    const restarts = stake.untilMs === null ? 0 : stake.restartUsd + stake.restartAtEndUsd
    return {
      usd: days * stake.costUsdPerDay - revenue - restarts,
      shareUsd: days * weightOf(stake),
    }
  }

  /** How much more than at a flat price a cost is, as a share of it, by row and act; rows of contracts alone. */
  const more = new Map<number, number>()
  const placeOf = (row: number, act: number) => row * PLACES + act
  const together = groups.map(() => ({ usd: 0, shareUsd: 0, places: [] as number[] }))
  forEachAct(prepared, advice, (row, count, act, point) => {
    const group = groupAt(prepared, row)
    if ((groups[group]?.contract ?? null) === null) return
    const { usd, shareUsd } = worthOf(atFlatPrice(row, act, point))
    if (advice.split(row) === null)
      more.set(placeOf(row, act), shareOf(advice.decisions.gainUsd[row]! - count * usd, count * shareUsd))
    else {
      together[group]!.usd += count * usd
      together[group]!.shareUsd += count * shareUsd
      together[group]!.places.push(placeOf(row, act))
    }
  })
  together.forEach(({ usd, shareUsd, places }, group) => {
    const share = shareOf((advice.groupSums[group]?.gain ?? NaN) - usd, shareUsd)
    for (const place of places) more.set(place, share)
  })

  return (row, act, point) => {
    const stake = atFlatPrice(row, act, point)
    const share = more.get(placeOf(row, act)) ?? 0
    return { ...stake, costUsdPerDay: stake.costUsdPerDay + share * weightOf(stake) }
  }
}

/** By its cost; what costs nothing as one dollar a day. */
const weightOf = ({ costUsdPerDay }: StakeOfOne) => Math.abs(costUsdPerDay) || 1

/** Codes of VERDICTS are fewer. */
const PLACES = 16

const shareOf = (usd: number, ofUsd: number) => (ofUsd > 0 && Number.isFinite(usd) ? usd / ofUsd : 0)
