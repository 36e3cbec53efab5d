import { billOf } from '../../power/site-bill.ts'
import type { SiteUse } from '../../power/site-bill.ts'
import type { SiteSupply } from '../../power/supply.ts'
import { ownElseSite } from '../../fleet/columns.ts'
import { MACHINE_STATUSES } from '../../fleet/fleet.ts'
import { PROTECTED } from '../../power/machine-policy.ts'
import { stagePrices } from '../../power/supply-prices.ts'
import { HOURS_PER_DAY, MS_PER_DAY, MS_PER_HOUR, W_PER_KW } from '../../units.ts'
import type { IdleCosts, OpenTotals } from '../advice-totals.ts'
import { adviceTotals } from '../advice-totals.ts'
import type { SiteAdvice, SiteHours } from '../advice.ts'
import { SCHEDULE_HOURS } from '../row-advice.ts'
import { HOLD, NO_VERDICT } from '../words.ts'
import { singleLot } from './decide-site.ts'
import type { LotPlan, SiteScene } from './decide-site.ts'
import type { Decisions } from '../decisions.ts'

const REPAIR = MACHINE_STATUSES.indexOf('repair')

/**
 * What a site with a contract draws and pays as advised; null for machines that only pay the fleet's prices.
 * @param owedUsdPerDay what its contract asks whether machines run or not
 */
export function siteAdvice(
  scene: SiteScene,
  decisions: Decisions,
  sums: OpenTotals,
  owedUsdPerDay: number,
): SiteAdvice | null {
  const { offer, horizon, clearing } = scene
  const { supply, contract, priced } = offer
  if (supply === null || contract === null) return null
  const { stages } = horizon
  const after = stages.findIndex(({ opensWith }, t) => t > 0 && opensWith === 'adjustment')
  const plans = plansOfLots(scene, decisions)
  const now = siteUse(scene, supply, plans, decisions, 0)
  const later = after < 0 ? null : siteUse(scene, supply, plans, decisions, after)
  const lambdaAt = (t: number) => priced.protectedUsdPerKwh[priced.stage.indexOf(t)] ?? NaN
  const stageMs = stages.reduce((ms, { days }) => [...ms, ms.at(-1)! + days * MS_PER_DAY], [priced.atMs[0]!])
  const { takeOrPay } = contract
  const used = (use: SiteUse | null) =>
    use === null || takeOrPay === null
      ? NaN
      : Math.min(meanKw(supply, use) * HOURS_PER_DAY, takeOrPay.committedKwhPerDay)
  return {
    site: offer.site,
    marginalEnergyUsdPerKwh: { now: lambdaAt(0), after: after < 0 ? NaN : lambdaAt(after) },
    powerKw: meanKw(supply, now.use),
    energyKwhPerDay: meanKw(supply, now.use) * HOURS_PER_DAY,
    upperBoundUsd: clearing?.upperBoundUsd ?? sums.valueRun + sums.gain,
    gapUsd: clearing?.gapUsd ?? 0,
    proven: clearing?.isProven ?? true,
    bill: billOf(contract, supply, now.use),
    contract,
    totals: adviceTotals(sums, siteIdleCosts(scene), owedUsdPerDay),
    shareOfHours: now.shareOfHours,
    committed:
      takeOrPay === null
        ? null
        : {
            kwhPerDay: takeOrPay.committedKwhPerDay,
            usedKwhPerDay: { now: used(now.use), after: used(later?.use ?? null) },
          },
    peakKw: now.use.peakKw,
    sheddableKw: meanOf(supply, now.use, now.use.sheddableKw),
    shed: {
      lostHashingUsdPerDay: now.lostUsd / stages[0]!.days,
      avoidedEnergyUsdPerDay: now.avoidedUsd / stages[0]!.days,
    },
    pricesFrom: supply.pricesFrom,
    prices: {
      now: stagePrices(supply, stageMs, 0),
      after: after < 0 ? null : stagePrices(supply, stageMs, after),
    },
    hours: Number.isNaN(stages[0]!.fromMs) ? [] : siteHours(scene, plans),
    notes:
      clearing !== null && contract.hosting?.model === 'profit-share'
        ? [...supply.notes, 'The site is decided as a whole, before the host takes its share of the profit.']
        : supply.notes,
  }
}

/** Fixed cost of the site's machines, and standby of those that are off, USD/day. */
function siteIdleCosts({ basis, offer }: SiteScene): IdleCosts {
  const { quantity, fixedUsdPerDay, status } = basis.fleet.machines
  let fixed = 0
  let idleStandby = 0
  for (const row of offer.rows) {
    const standby = basis.standbyCostUsdPerDay[row]!
    fixed += quantity[row]! * fixedUsdPerDay[row]!
    if (MACHINE_STATUSES[status[row]!] === 'off' && !Number.isNaN(standby)) idleStandby += standby
  }
  return { fixed, idleStandby }
}

const meanKw = (supply: SiteSupply, use: SiteUse) => meanOf(supply, use, use.kw)

function meanOf({ groups }: SiteSupply, { stage }: SiteUse, kw: ArrayLike<number>): number {
  let hours = 0
  let sum = 0
  groups.forEach((group, g) => {
    if (group.stage !== stage) return
    hours += group.hours
    sum += group.hours * kw[g]!
  })
  return sum / hours
}

/** What the machines of each lot do as advised; empty where nothing is decided about it, or it draws nothing. */
function plansOfLots(scene: SiteScene, decisions: Decisions): readonly (readonly LotPlan[])[] {
  const { basis, offer, clearing } = scene
  const { lots, rows } = offer
  const one = singleLot(scene)
  return Array.from(rows, (row, lot) => {
    if (basis.fleet.machines.status[row] === REPAIR || Number.isNaN(lots.pointKw[lots.pointsFrom[lot]!]!))
      return []
    const code = decisions.verdict[row]!
    // A cleared site has the plans of its lots already, but of those that stay as they are.
    if (clearing === null || code === HOLD || code === NO_VERDICT) one.weigh(lot)
    return one.plansOf(lot, code)
  })
}

/** Power per group as advised, standby of idle machines included; machines in repair draw nothing. */
function siteUse(
  scene: SiteScene,
  supply: SiteSupply,
  plansOf: readonly (readonly LotPlan[])[],
  decisions: Decisions,
  stage: number,
): {
  readonly use: SiteUse
  readonly shareOfHours: number
  readonly lostUsd: number
  readonly avoidedUsd: number
} {
  const { basis, offer } = scene
  const { lots, rows, priced } = offer
  const { machines } = basis.fleet
  const kwh = new Float64Array(supply.groups.length)
  const shedKwh = new Float64Array(supply.groups.length)
  const hours = new Float64Array(supply.groups.length)
  const groupOf = groupsOfPriced(scene, supply)
  const kwAt = new Float64Array(priced.hours.length)
  let lostUsd = 0
  let avoidedUsd = 0
  let runningKwh = 0
  let fullKwh = 0
  let stageHours = 0
  for (let i = 0; i < priced.hours.length; i++) if (priced.stage[i] === stage) stageHours += priced.hours[i]!
  let hostedMachines = 0
  let hostedKw = 0
  for (let lot = 0; lot < lots.length; lot++) {
    const row = rows[lot]!
    const q = machines.quantity[row]!
    hostedMachines += q
    const overhead = ownElseSite(machines.overhead[row]!, basis.fleet.sites.overhead[machines.site[row]!]!)
    hostedKw += ((1 + overhead) * q * machines.powerW[row]!) / W_PER_KW
    const at = lots.pointsFrom[lot]!
    for (const { count, points } of plansOf[lot]!) {
      if (points.some((point, i) => point > 0 && priced.stage[i] === stage))
        fullKwh += count * lots.pointKw[at]! * stageHours
      for (let i = 0; i < kwAt.length; i++) {
        if (priced.stage[i] !== stage) continue
        const standby = lots.standbyKw[lot]!
        const kw = points[i] === 0 ? standby : lots.pointKw[at + points[i]! - 1]!
        kwAt[i]! += count * kw
        kwh[groupOf[i]!]! += count * kw * priced.hours[i]!
        const { isEvent, energyUsdPerKwh } = supply.groups[groupOf[i]!]!
        if (isEvent && points[i] === 0 && decisions.verdict[row] !== NO_VERDICT) {
          const revenue = (priced.hashpriceUsdPerPhDay[stage]! * lots.pointPhs[at]!) / HOURS_PER_DAY
          const energy = (lots.pointKw[at]! - standby) * (energyUsdPerKwh + lots.otherUsdPerKwh[lot]!)
          if (revenue > energy && points.some((point) => point > 0)) {
            lostUsd += count * priced.hours[i]! * revenue
            avoidedUsd += count * priced.hours[i]! * energy
          }
        }
        if (points[i]! > 0) runningKwh += count * lots.pointKw[at]! * priced.hours[i]!
        if (lots.policy[lot] !== PROTECTED) shedKwh[groupOf[i]!]! += count * (kw - standby) * priced.hours[i]!
      }
    }
  }
  let peakKw = 0
  for (let i = 0; i < kwAt.length; i++) {
    if (priced.stage[i] !== stage) continue
    hours[groupOf[i]!]! += priced.hours[i]!
    peakKw = Math.max(peakKw, kwAt[i]!)
  }
  return {
    shareOfHours: fullKwh > 0 ? runningKwh / fullKwh : NaN,
    lostUsd,
    avoidedUsd,
    use: {
      stage,
      kw: kwh.map((each, g) => (hours[g]! > 0 ? each / hours[g]! : 0)),
      sheddableKw: shedKwh.map((each, g) => (hours[g]! > 0 ? each / hours[g]! : 0)),
      peakKw,
      hostedMachines,
      hostedKw,
    },
  }
}

/** What the site does in the next hours as advised, neighbours that are alike together. */
function siteHours(
  { offer: { lots, priced } }: SiteScene,
  plansOf: readonly (readonly LotPlan[])[],
): readonly SiteHours[] {
  const end = priced.atMs[0]! + SCHEDULE_HOURS * MS_PER_HOUR
  const length = priced.hours.findLastIndex((_, i) => priced.atMs[i]! < end) + 1
  const running = new Float64Array(length)
  const powerKw = new Float64Array(length)
  for (let lot = 0; lot < lots.length; lot++) {
    const at = lots.pointsFrom[lot]!
    for (const { count, points } of plansOf[lot]!)
      for (let i = 0; i < length; i++) {
        if (points[i]! > 0) running[i]! += count
        powerKw[i]! += count * (points[i] === 0 ? lots.standbyKw[lot]! : lots.pointKw[at + points[i]! - 1]!)
      }
  }
  const hours: { -readonly [K in keyof SiteHours]: SiteHours[K] }[] = []
  for (let i = 0; i < length; i++) {
    const toMs = Math.min(priced.atMs[i + 1]!, end)
    const last = hours.at(-1)
    if (last?.machines === running[i] && Math.abs(last!.powerKw - powerKw[i]!) < SAME_KW) last!.toMs = toMs
    else hours.push({ fromMs: priced.atMs[i]!, toMs, machines: running[i]!, powerKw: powerKw[i]! })
  }
  return hours
}

/** Powers that differ by less are sums of the same machines. */
const SAME_KW = 1e-6

/** Group of the supply that each priced interval belongs to; a run of intervals of one group and stage may be one. */
function groupsOfPriced({ offer: { priced } }: SiteScene, { intervals }: SiteSupply): Uint32Array {
  let at = 0
  return Uint32Array.from(priced.hours, (_, i) => {
    while (at + 1 < intervals.length && intervals.atMs[at + 1]! <= priced.atMs[i]!) at++
    return intervals.group[at]!
  })
}
