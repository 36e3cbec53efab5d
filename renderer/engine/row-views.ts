import { labelAt, ownElseSite, textAt } from '#shared/domain/fleet/columns.ts'
import type { LabelName, TextName } from '#shared/domain/fleet/fields.ts'
import { each, LABEL_NAMES, NUMBER_NAMES, PLACE_NAMES, TEXT_NAMES } from '#shared/domain/fleet/fields.ts'
import type { Fleet, MachineColumns } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import type { Decisions } from '#shared/domain/decision/decide.ts'
import {
  optionValuesUsd,
  runningMarginsUsdPerDay,
  verdictProbability,
  VERDICTS,
} from '#shared/domain/decision/decide.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { machineFigures, powerPriceUsdPerKwhAt, restartUsdAt } from '#shared/domain/margins/fleet-margins.ts'
import {
  cashMarginUsdPerDay,
  efficiencyJPerTh,
  headroom,
  marginShare,
  revenuePerDay,
} from '#shared/domain/margins/margin.ts'
import type { Explained, ShownRow, StoredMachine } from './protocol.ts'

/** Single rows as values, for what is on screen. */

/** The fleet under a market, or without one. */
export type Scene = {
  readonly basis: MarginBasis
  readonly market: Market | null
  readonly decisions: Decisions | null
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

/** What the table shows of a row. */
export function shownRow({ basis, market, decisions }: Scene, row: number): ShownRow {
  const { fleet } = basis
  const { machines } = fleet
  const { key, id, model, site, status, ownPrice } = nameAndPlace(fleet, row)
  const breakeven = basis.breakevenHashpriceUsdPerPhDay[row]!
  const hashprice = market?.hashpriceUsdPerPhDay ?? Number.NaN
  const revenue = revenuePerDay(basis.acceptedPhs[row]!, hashprice)
  const margin = cashMarginUsdPerDay(revenue, basis.avoidableCostUsdPerDay[row]!)
  const outlook = market?.outlook ?? null
  return {
    ...placesOf(machines, row),
    key,
    id,
    site,
    model,
    status,
    ownPrice,
    quantity: machines.quantity[row]!,
    hashrateThs: machines.hashrateThs[row]!,
    efficiencyJPerTh: efficiencyJPerTh(machines.powerW[row]!, machines.hashrateThs[row]!),
    powerPriceUsdPerKwh: powerPriceUsdPerKwhAt(fleet, row),
    breakevenUsdPerPhDay: breakeven,
    marginUsdPerDay: margin,
    marginShare: marginShare(margin, revenue),
    headroomNow: headroom(hashprice, breakeven),
    headroomAfter: headroom(market?.hashpriceAfterUsdPerPhDay ?? Number.NaN, breakeven),
    verdict: decisions === null ? null : (VERDICTS[decisions.verdict[row]!] ?? null),
    gainUsd: decisions?.gainUsd[row] ?? Number.NaN,
    probability:
      decisions === null || outlook === null
        ? Number.NaN
        : verdictProbability(basis, decisions, outlook, row),
  }
}

/** Every figure of a row, the inputs it rests on, and what each option is worth. */
export function explainedRow(scene: Scene, row: number): Explained {
  const { basis, market } = scene
  const { machines, sites } = basis.fleet
  const site = machines.site[row]!
  return {
    ...nameAndPlace(basis.fleet, row),
    ...placesOf(machines, row),
    otherUsdPerKwh: ownElseSite(machines.otherUsdPerKwh[row]!, sites.otherUsdPerKwh[site]!),
    overhead: ownElseSite(machines.overhead[row]!, sites.overhead[site]!),
    uptime: machines.uptime[row]!,
    poolFee: machines.poolFee[row]!,
    hostShare: machines.hostShare[row]!,
    figures: market === null ? null : machineFigures(basis, row, market.conditions),
    decision: decisionOf(scene, row),
  }
}

function decisionOf({ basis, market, decisions }: Scene, row: number): Explained['decision'] {
  const outlook = market?.outlook ?? null
  if (decisions === null || outlook === null) return null
  const verdict = VERDICTS[decisions.verdict[row]!]
  if (verdict === undefined) return null
  const margin = runningMarginsUsdPerDay(basis, outlook, row)
  return {
    verdict,
    gainUsd: decisions.gainUsd[row]!,
    marginNowUsdPerDay: margin.now,
    marginAfterUsdPerDay: margin.after,
    restartUsd: restartUsdAt(basis.fleet, row),
    valueUsd: optionValuesUsd(basis, outlook, row),
    probability: verdictProbability(basis, decisions, outlook, row),
  }
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
