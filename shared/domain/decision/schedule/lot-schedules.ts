import { PROTECTED } from '../../power/machine-policy.ts'
import type { IntervalTimes, SwitchLimits } from './intervals.ts'
import { bestSchedule, isUnlimited, NO_SWITCH_LIMITS, runningSum, tieUsd } from './intervals.ts'
import type { Lots } from '../sites/lots.ts'
import { STAGE_PATTERNS } from './stage-patterns.ts'

/** Intervals with the price of energy in each, the same for every lot: what a site without coupling offers. */
export type PricedIntervals = IntervalTimes & {
  /** length of each */
  readonly hours: Float64Array
  /** of what may be shed, without v: adders on top, credits off. USD/kWh over standing by */
  readonly usdPerKwh: Float64Array
  /** of protected machines */
  readonly protectedUsdPerKwh: Float64Array
  /** per stage */
  readonly hashpriceUsdPerPhDay: readonly number[]
}

/** The best schedule of every lot as columns; of one machine, values over standing by throughout, USD. */
export type LotSchedules = {
  /** restarts paid, without the end value; NaN where a figure is missing */
  readonly valueUsd: Float64Array
  /** of running in every interval, the restart paid where it is off */
  readonly onThroughoutUsd: Float64Array
  /** index into STAGE_PATTERNS; where a figure is missing: as it is now */
  readonly pattern: Uint8Array
  /** stage whose on or off differs from the first one's for the first time; −1: none */
  readonly changeStage: Int16Array
  /** the part of valueUsd that is earned in the first stage and in the second, restarts paid where they fall */
  readonly firstUsd: Float64Array
  readonly secondUsd: Float64Array
  /** hours on in the first stage and in the second */
  readonly hoursOnNow: Float64Array
  readonly hoursOnAfter: Float64Array
}

/**
 * What running at the best of its points earns over standing by in each interval, USD, for one machine of a lot. A protected lot
 * runs at its own point or above.
 *
 * @param x filled: one entry per interval, NaN where a figure is missing
 */
export function intervalMargins(lots: Lots, lot: number, priced: PricedIntervals, x: Float64Array): void {
  const isProtected = lots.policy[lot] === PROTECTED
  const usdPerKwh = isProtected ? priced.protectedUsdPerKwh : priced.usdPerKwh
  const own = lots.pointsFrom[lot]!
  for (let point = own; point < lots.pointsFrom[lot + 1]!; point++) {
    if (isProtected && lots.pointKw[point]! < lots.pointKw[own]!) continue
    const kw = lots.pointKw[point]! - lots.standbyKw[lot]!
    for (let i = 0; i < x.length; i++) {
      const perDay = priced.hashpriceUsdPerPhDay[priced.stage[i]!]! * lots.pointPhs[point]!
      const usd = priced.hours[i]! * (perDay / 24 - kw * (usdPerKwh[i]! + lots.otherUsdPerKwh[lot]!))
      if (point === own || usd > x[i]!) x[i] = usd
    }
  }
}

/**
 * The best schedule of every lot of a site on which nobody's price hangs on what others take. Linear in lots × intervals, and in
 * lots × stages where prices keep a lot on one side of its break-even.
 *
 * @param endValueUsd per lot what it is worth to one machine to be on at the end, 0 to its restart; null: nothing
 */
export function lotSchedules(
  lots: Lots,
  priced: PricedIntervals,
  endValueUsd: Float64Array | null,
  limits: SwitchLimits = NO_SWITCH_LIMITS,
): LotSchedules {
  const isFree = isUnlimited(limits, priced.hours.length)
  const over = isFree ? merged(priced) : priced
  const n = over.hours.length
  const stages = n === 0 ? 0 : over.stage[n - 1]! + 1
  const hoursBefore = runningSum(over.hours)
  const hoursNow = hoursBefore[over.stage.lastIndexOf(0) + 1]!
  const firstEnd = over.stage.lastIndexOf(0) + 1
  const secondEnd = Math.max(over.stage.lastIndexOf(1) + 1, firstEnd)
  const sums = sumsOf(over, stages)
  const before = sumsBefore(over)
  const x = new Float64Array(n)
  const h = new Float64Array(n)
  const schedules = {
    valueUsd: new Float64Array(lots.length),
    onThroughoutUsd: new Float64Array(lots.length),
    pattern: new Uint8Array(lots.length),
    changeStage: new Int16Array(lots.length),
    firstUsd: new Float64Array(lots.length),
    secondUsd: new Float64Array(lots.length),
    hoursOnNow: new Float64Array(lots.length),
    hoursOnAfter: new Float64Array(lots.length),
  }
  for (let lot = 0; lot < lots.length; lot++) scheduleLot(lot)
  return schedules

  function scheduleLot(lot: number): void {
    const isOn = lots.isOn[lot] === 1
    const restartUsd = lots.restartUsd[lot]!
    const end = endValueUsd === null ? 0 : endValueUsd[lot]!
    const isProtected = lots.policy[lot] === PROTECTED
    const points = lots.pointsFrom[lot + 1]! - lots.pointsFrom[lot]!
    const isPlain = !isProtected && points === 1
    if (isPlain && isFree && ofOneSign(lot, isOn, restartUsd, end)) return
    let total: number
    if (isPlain) total = sums.marginsOfPoint(lots, lot, x)
    else {
      intervalMargins(lots, lot, over, x)
      total = x.reduce((sum, each) => sum + each, 0)
    }
    if (!isOn) total -= restartUsd
    schedules.onThroughoutUsd[lot] = total
    if (Number.isNaN(total + end + restartUsd)) constant(lot, NaN, isOn)
    else if (isProtected) constant(lot, total, true)
    else if (isFree) free(lot, isOn, restartUsd, end)
    else {
      const { valueUsd, on } = bestSchedule(x, over, { isOn, restartUsd, endValueUsd: end }, limits)
      schedules.valueUsd[lot] = valueUsd
      begin(lot)
      for (let i = 0; i < n;) {
        const from = i
        while (i < n && on[i] === on[from]) i++
        if (on[from] === 1) runs(lot, from, i)
      }
      close(lot)
    }
  }

  /**
   * The answer in closed form where no interval earns against the others: on in all where all earn; where all lose, a machine that
   * runs may still be kept on for what being on is worth in the end. Near a tie the exact order decides.
   */
  function ofOneSign(lot: number, isOn: boolean, restartUsd: number, end: number): boolean {
    const { least, most, totalUsd } = sums.boundsOfPoint(lots, lot)
    const onThroughout = isOn ? totalUsd : totalUsd - restartUsd
    const compared = onThroughout + end
    const near = 2 * tieUsd(compared)
    if (!(least > near) && !(most < -near)) return false
    if (!(end >= 0 && end <= restartUsd && Math.abs(compared) > near)) return false
    schedules.onThroughoutUsd[lot] = onThroughout
    const goesOn = least > 0 ? isOn || compared > 0 : isOn && compared > 0
    constant(lot, goesOn ? onThroughout : 0, goesOn)
    return true
  }

  /**
   * Backwards h = x + what being on is then worth more than being off, a number from 0 to the restart: a machine that is on stays
   * on where h is above 0, one that is off starts where h is above the restart. Forwards from what it does now.
   */
  function free(lot: number, isOn: boolean, restartUsd: number, end: number): void {
    const compared = backwards(x, h, restartUsd, end, isOn)
    const tie = tieUsd(compared)
    let slack = tie
    schedules.valueUsd[lot] = compared
    begin(lot)
    let on = isOn
    let from = 0
    for (let i = 0; i < n; i++) {
      if (on) while (i < n && h[i]! > tie) i++
      else while (i < n && h[i]! < restartUsd - tie) i++
      if (i >= n) break
      const gain = on ? h[i]! : h[i]! - restartUsd
      const goesOn = isOn ? gain >= -slack : gain > slack
      if (goesOn !== gain > 0) slack -= Math.abs(gain)
      if (goesOn === on) continue
      if (on) runs(lot, from, i)
      from = i
      on = goesOn
    }
    if (on) {
      runs(lot, from, n)
      schedules.valueUsd[lot] -= end
    }
    close(lot)
  }

  function constant(lot: number, valueUsd: number, isOn: boolean): void {
    schedules.valueUsd[lot] = valueUsd
    begin(lot)
    if (isOn) runs(lot, 0, n)
    close(lot)
  }

  // The columns of a lot from its runs in order of time: pattern is OFF until the first, changeStage the stage that is to be on next.
  function begin(lot: number): void {
    schedules.pattern[lot] = OFF
    schedules.changeStage[lot] = 0
  }
  function runs(lot: number, from: number, to: number): void {
    if (to === from) return
    const now = Math.max(Math.min(hoursBefore[to]!, hoursNow) - hoursBefore[from]!, 0)
    schedules.hoursOnNow[lot]! += now
    schedules.hoursOnAfter[lot]! += Math.max(
      hoursBefore[Math.min(to, secondEnd)]! - hoursBefore[from]! - now,
      0,
    )
    const start = from === 0 && lots.isOn[lot] === 1 ? 0 : lots.restartUsd[lot]!
    schedules.firstUsd[lot]! += earned(lot, from, Math.min(to, firstEnd)) - (from < firstEnd ? start : 0)
    schedules.secondUsd[lot]! +=
      earned(lot, Math.max(from, firstEnd), Math.min(to, secondEnd)) -
      (from >= firstEnd && from < secondEnd ? start : 0)
    const stage = over.stage[from]!
    const pattern = schedules.pattern[lot]!
    if (pattern === OFF) schedules.pattern[lot] = stage === 0 ? ON : OFF_THEN_ON
    else if (pattern === ON && stage > schedules.changeStage[lot]!) schedules.pattern[lot] = ON_THEN_OFF
    if (pattern === OFF && stage > 0) schedules.changeStage[lot] = stage
    else if (schedules.pattern[lot] === ON) schedules.changeStage[lot] = over.stage[to - 1]! + 1
  }
  /** Over standing by in intervals from … to − 1, USD; from the margins where a lot has several points. */
  function earned(lot: number, from: number, to: number): number {
    if (to <= from) return 0
    const at = lots.pointsFrom[lot]!
    if (lots.pointsFrom[lot + 1]! - at > 1) {
      let total = 0
      for (let i = from; i < to; i++) total += x[i]!
      return total
    }
    const kw = lots.pointKw[at]! - lots.standbyKw[lot]!
    const usdPerKw = lots.policy[lot] === PROTECTED ? before.protectedUsdPerKw : before.usdPerKw
    return (
      lots.pointPhs[at]! * (before.usdPerPhs[to]! - before.usdPerPhs[from]!) -
      kw * (usdPerKw[to]! - usdPerKw[from]!) -
      kw * lots.otherUsdPerKwh[lot]! * (hoursBefore[to]! - hoursBefore[from]!)
    )
  }
  function close(lot: number): void {
    const pattern = schedules.pattern[lot]!
    if (pattern === ON && schedules.changeStage[lot]! < stages) schedules.pattern[lot] = ON_THEN_OFF
    else if (pattern === ON || pattern === OFF) schedules.changeStage[lot] = -1
  }
}

const ON = STAGE_PATTERNS.indexOf('on')
const ON_THEN_OFF = STAGE_PATTERNS.indexOf('on-then-off')
const OFF_THEN_ON = STAGE_PATTERNS.indexOf('off-then-on')
const OFF = STAGE_PATTERNS.indexOf('off')

/** Fills h and returns the value of the best sequence, the end value in it. */
function backwards(x: Float64Array, h: Float64Array, restartUsd: number, end: number, isOn: boolean): number {
  let worth = end
  let off = 0
  for (let i = x.length - 1; i >= 0; i--) {
    const each = x[i]! + worth
    h[i] = each
    const over = each - restartUsd
    if (over > 0) {
      off += over
      worth = restartUsd
    } else worth = each > 0 ? each : 0
  }
  return isOn ? off + worth : off
}

/** Neighbours of one stage with the same prices are one: without limits nobody switches between them. */
function merged(priced: PricedIntervals): PricedIntervals {
  const { atMs, localDay, stage, hours, usdPerKwh, protectedUsdPerKwh, hashpriceUsdPerPhDay } = priced
  const firsts: number[] = []
  for (let i = 0; i < hours.length; i++) {
    const isSame =
      i > 0 &&
      stage[i] === stage[i - 1] &&
      usdPerKwh[i] === usdPerKwh[i - 1] &&
      protectedUsdPerKwh[i] === protectedUsdPerKwh[i - 1]
    if (!isSame) firsts.push(i)
  }
  const hoursBefore = runningSum(hours)
  const ends = [...firsts.slice(1), hours.length]
  return {
    atMs: Float64Array.from([...firsts, hours.length], (i) => atMs[i]!),
    localDay: Uint16Array.from(firsts, (i) => localDay[i]!),
    stage: Uint16Array.from(firsts, (i) => stage[i]!),
    hours: Float64Array.from(firsts, (i, at) => hoursBefore[ends[at]!]! - hoursBefore[i]!),
    usdPerKwh: Float64Array.from(firsts, (i) => usdPerKwh[i]!),
    protectedUsdPerKwh: Float64Array.from(firsts, (i) => protectedUsdPerKwh[i]!),
    hashpriceUsdPerPhDay,
  }
}

/** Running sums over the intervals, n + 1 entries each. */
function sumsBefore({ hours, usdPerKwh, protectedUsdPerKwh, hashpriceUsdPerPhDay, stage }: PricedIntervals) {
  return {
    usdPerPhs: runningSum(Float64Array.from(stage, (s, i) => (hashpriceUsdPerPhDay[s]! / 24) * hours[i]!)),
    usdPerKw: runningSum(usdPerKwh.map((usd, i) => usd * hours[i]!)),
    protectedUsdPerKw: runningSum(protectedUsdPerKwh.map((usd, i) => usd * hours[i]!)),
  }
}

/** What the sums of every lot with one point are made of. */
function sumsOf({ hours, usdPerKwh, hashpriceUsdPerPhDay, stage }: PricedIntervals, stages: number) {
  const n = hours.length
  const usdPerPhs = Float64Array.from(stage, (s, i) => (hashpriceUsdPerPhDay[s]! / 24) * hours[i]!)
  const usdPerKw = usdPerKwh.map((usd, i) => usd * hours[i]!)
  const perStage = (fill: number) => new Float64Array(stages).fill(fill)
  const allHours = perStage(0)
  const allUsdPerPhs = perStage(0)
  const allUsdPerKw = perStage(0)
  const lowest = perStage(Infinity)
  const highest = perStage(-Infinity)
  let leastHours = Infinity
  for (let i = 0; i < n; i++) {
    const s = stage[i]!
    allHours[s]! += hours[i]!
    allUsdPerPhs[s]! += usdPerPhs[i]!
    allUsdPerKw[s]! += usdPerKw[i]!
    lowest[s] = Math.min(lowest[s]!, usdPerKwh[i]!)
    highest[s] = Math.max(highest[s]!, usdPerKwh[i]!)
    leastHours = Math.min(leastHours, hours[i]!)
  }
  const bounds = { least: 0, most: 0, totalUsd: 0 }
  return { marginsOfPoint, boundsOfPoint }

  /** As intervalMargins for a lot with one point; returns their sum. */
  function marginsOfPoint(lots: Lots, lot: number, x: Float64Array): number {
    const at = lots.pointsFrom[lot]!
    const phs = lots.pointPhs[at]!
    const kw = lots.pointKw[at]! - lots.standbyKw[lot]!
    const other = kw * lots.otherUsdPerKwh[lot]!
    let total = 0
    for (let i = 0; i < n; i++) {
      const usd = phs * usdPerPhs[i]! - kw * usdPerKw[i]! - other * hours[i]!
      x[i] = usd
      total += usd
    }
    return total
  }

  /** No interval earns less or more than these (of a shortest interval), and all of them together. */
  function boundsOfPoint(lots: Lots, lot: number): Readonly<typeof bounds> {
    const at = lots.pointsFrom[lot]!
    const phs = lots.pointPhs[at]!
    const kw = lots.pointKw[at]! - lots.standbyKw[lot]!
    const other = kw * lots.otherUsdPerKwh[lot]!
    bounds.least = Infinity
    bounds.most = -Infinity
    bounds.totalUsd = 0
    for (let s = 0; s < stages; s++) {
      const revenue = (phs * hashpriceUsdPerPhDay[s]!) / 24
      const a = leastHours * (revenue - kw * lowest[s]! - other)
      const b = leastHours * (revenue - kw * highest[s]! - other)
      bounds.least = Math.min(bounds.least, a, b)
      bounds.most = Math.max(bounds.most, a, b)
      bounds.totalUsd += phs * allUsdPerPhs[s]! - kw * allUsdPerKw[s]! - other * allHours[s]!
    }
    return bounds
  }
}
