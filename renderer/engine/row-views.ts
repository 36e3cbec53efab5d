import { labelAt, ownElseSite, textAt } from '#shared/domain/fleet/columns.ts'
import type { LabelName, TextName } from '#shared/domain/fleet/fields.ts'
import { each, LABEL_NAMES, NUMBER_NAMES, PLACE_NAMES, TEXT_NAMES } from '#shared/domain/fleet/fields.ts'
import type { Fleet, MachineColumns } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import type { Advice } from '#shared/domain/decision/advice.ts'
import { changeAhead } from '#shared/domain/decision/first-change.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import { groupAt } from '#shared/domain/decision/prepare.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { paidUsdPerKwhAt } from '#shared/domain/decision/sites/offers.ts'
import { HOLD, NO_VERDICT, VERDICTS } from '#shared/domain/decision/words.ts'
import { machineFigures, meterPowerWAt, restartUsdAt } from '#shared/domain/margins/fleet-margins.ts'
import {
  cashMarginUsdPerDay,
  efficiencyJPerTh,
  headroom,
  marginShare,
  revenuePerDay,
} from '#shared/domain/margins/margin.ts'
import { scheduleWords } from '#shared/format/advice-words.ts'
import { isPartTime } from '#shared/domain/decision/part-time.ts'
import type { Explained, Found, MachineRow, StoredMachine } from './protocol.ts'

/** Single rows as values, for what is on screen. */

/** The fleet under a market, or without one. */
export type Scene = {
  readonly prepared: Prepared
  readonly market: Market | null
  readonly advice: Advice | null
}

/** A text of a row, whether it is the row's own or shared. */
function fieldText(machines: MachineColumns, name: TextName | LabelName, row: number): string {
  const column = machines[name]
  return 'labels' in column ? labelAt(column, row) : textAt(column, row)
}

const placesOf = (machines: MachineColumns, row: number) =>
  each(PLACE_NAMES, (name) => fieldText(machines, name, row))

const nameAndPlace = ({ machines, sites }: Fleet, row: number) => {
  const site = machines.site[row]!
  return {
    key: machines.key[row]!,
    id: textAt(machines.id, row),
    model: labelAt(machines.model, row),
    site: sites.name[site]!,
    siteKey: sites.key[site]!,
    status: MACHINE_STATUSES[machines.status[row]!]!,
    ownPrice: !Number.isNaN(machines.powerPriceUsdPerKwh[row]!),
  }
}

/**
 * What the table shows of a row.
 * @param withProbability it is drawn from many futures, so it is left out while a price is being dragged
 */
export function shownRow(
  { prepared, market, advice }: Scene,
  row: number,
  withProbability: boolean,
): MachineRow {
  const { basis } = prepared
  const { fleet } = basis
  const { machines } = fleet
  const { key, id, model, site, status, ownPrice } = nameAndPlace(fleet, row)
  const breakeven = basis.breakevenHashpriceUsdPerPhDay[row]!
  const hashprice = market?.hashpriceUsdPerPhDay ?? Number.NaN
  const revenue = revenuePerDay(basis.acceptedPhs[row]!, hashprice)
  const margin = cashMarginUsdPerDay(revenue, basis.avoidableCostUsdPerDay[row]!)
  return {
    ...placesOf(machines, row),
    key,
    id,
    site,
    model,
    status,
    ownPrice,
    quantity: machines.quantity[row]!,
    meterW: meterPowerWAt(fleet, row),
    hashrateThs: machines.hashrateThs[row]!,
    efficiencyJPerTh: efficiencyJPerTh(machines.powerW[row]!, machines.hashrateThs[row]!),
    powerPriceUsdPerKwh: paidUsdPerKwhAt(prepared, row),
    breakevenUsdPerPhDay: breakeven,
    marginUsdPerDay: margin,
    marginShare: marginShare(margin, revenue),
    headroomNow: headroom(hashprice, breakeven),
    headroomAfter: headroom(market?.hashpriceAfterUsdPerPhDay ?? Number.NaN, breakeven),
    ...(market === null || advice === null ? NO_ADVICE : shownAdvice(prepared, market, advice, row)),
    probability: advice === null || !withProbability ? Number.NaN : advice.probability(row),
  }
}

type ShownAdvice = Pick<
  MachineRow,
  'verdict' | 'mode' | 'hours' | 'isPartTime' | 'untilMs' | 'changesWith' | 'runs' | 'gainUsd'
>
const NO_ADVICE: ShownAdvice = {
  verdict: null,
  mode: null,
  hours: '',
  isPartTime: false,
  untilMs: Number.NaN,
  changesWith: 'adjustment',
  runs: Number.NaN,
  gainUsd: Number.NaN,
}

const NO_CHANGE = { untilMs: Number.NaN, changesWith: 'adjustment' } as const

/** From the columns; only rows that are weighed with others or have points to choose from are asked for one by one. */
function shownAdvice(prepared: Prepared, market: Market, advice: Advice, row: number): ShownAdvice {
  const { decisions } = advice
  const code = decisions.verdict[row]!
  if (code === NO_VERDICT) return NO_ADVICE
  const isAlone = groupAt(prepared, row) === -1
  return {
    verdict: VERDICTS[code]!,
    ...(code === HOLD ? NO_CHANGE : changeAhead(market, advice.decisions, row)),
    gainUsd: decisions.gainUsd[row]!,
    ...(isAlone
      ? { mode: null, hours: '', isPartTime: false, runs: Number.NaN }
      : detailOf(market, advice, row)),
  }
}

function detailOf({ stages }: Market, advice: Advice, row: number) {
  const { mode, machines, schedule, then, timeZone, shareOfHours } = advice.row(row)
  const others = machines.pause + machines.off
  // What stands still until the next change or from it on needs no hours.
  const hours =
    then === null && machines.run > 0 ? scheduleWords(schedule, stages[0]!.fromMs, timeZone) : null
  return {
    mode,
    hours: hours ?? '',
    isPartTime: isPartTime(shareOfHours),
    runs: machines.run > 0 && others > 0 ? machines.run : Number.NaN,
  }
}

/** Every figure of a row, the inputs it rests on, and what each option is worth. */
export function explainedRow(scene: Scene, row: number): Explained {
  const { market } = scene
  const { basis } = scene.prepared
  const { machines, sites } = basis.fleet
  const site = machines.site[row]!
  return {
    ...nameAndPlace(basis.fleet, row),
    ...placesOf(machines, row),
    underContract: (scene.prepared.groups[groupAt(scene.prepared, row)]?.contract ?? null) !== null,
    otherUsdPerKwh: ownElseSite(machines.otherUsdPerKwh[row]!, sites.otherUsdPerKwh[site]!),
    overhead: ownElseSite(machines.overhead[row]!, sites.overhead[site]!),
    uptime: machines.uptime[row]!,
    poolFee: machines.poolFee[row]!,
    hostShare: machines.hostShare[row]!,
    figures: market === null ? null : machineFigures(basis, row, market.conditions),
    decision: decisionOf(scene, row),
  }
}

function decisionOf({ prepared, market, advice }: Scene, row: number): Explained['decision'] {
  if (market === null || advice === null || advice.decisions.verdict[row] === NO_VERDICT) return null
  return {
    ...advice.row(row),
    strikes: advice.strikes(row),
    changesWith: changeAhead(market, advice.decisions, row).changesWith,
    restartUsd: restartUsdAt(prepared.basis.fleet, row),
    probability: advice.probability(row),
  }
}

/** What a list of machines shows of one. */
export function foundRow(fleet: Fleet, row: number): Found {
  const { key, id, model, site } = nameAndPlace(fleet, row)
  return { key, id, model, site }
}

/** A machine as it is stored, for its form. */
export function storedMachine(fleet: Fleet, row: number): StoredMachine {
  const { machines } = fleet
  const { key, siteKey, status } = nameAndPlace(fleet, row)
  return {
    key,
    siteKey,
    status,
    ...each([...TEXT_NAMES, ...LABEL_NAMES], (name) => fieldText(machines, name, row)),
    numbers: each(NUMBER_NAMES, (name) => machines[name][row]!),
  }
}
