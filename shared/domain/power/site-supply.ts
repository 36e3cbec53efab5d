import type { Stage } from '../ahead/stage.ts'
import { HOURS_PER_MONTH, MS_PER_DAY } from '../units.ts'
import { peakAdderUsdPerKwh } from './coincident-peak.ts'
import { contractInUsd } from './contract-currency.ts'
import type { RateLookup } from './currency.ts'
import { DUTY_USD_PER_KWH } from './demand-response.ts'
import { hostedPowerPriceUsdPerKwh, includesEnergy } from './hosting.ts'
import type { Line } from './line.ts'
import { constantLine, listedLine, mergedLines } from './line.ts'
import { localDays, localMonths } from './local-calendar.ts'
import type { LocalMonth } from './local-calendar.ts'
import { peakChargeOf } from './peak-charge.ts'
import type { SiteContract } from './site-contract.ts'
import { energyLines } from './site-energy.ts'
import type { EnergyLines } from './site-energy.ts'
import { ENERGY, groupsOf, intervalsOf, isCoupledGroup } from './supply-groups.ts'
import type { MergedLines } from './supply-groups.ts'
import type { SiteSupply } from './supply.ts'
import { dearestTimes } from './unlisted-events.ts'
import { zoneClock } from './zone-clock.ts'

/** A site's supply, and the contract that it is of in USD. */
export type SuppliedSite = { readonly supply: SiteSupply; readonly contract: SiteContract }

/**
 * What energy costs a site over the stages, from its contract.
 * @param site its name, for messages
 * @param atMs when the first stage begins, unix ms; null where no date is known
 * @param basePriceUsdPerKwh the fleet's price of power for the site, which counts where the contract has none
 * @throws RangeError that names site and field: dated prices without a date, a day without a tariff, a currency without a rate
 */
export function siteSupply(
  site: string,
  contract: SiteContract,
  stages: readonly Stage[],
  atMs: number | null,
  basePriceUsdPerKwh: number,
  rateOf: RateLookup,
): SiteSupply {
  return suppliedSite(site, contract, stages, atMs, basePriceUsdPerKwh, rateOf).supply
}

/** As {@link siteSupply}, with the contract in USD, of which a bill is made. */
export function suppliedSite(
  site: string,
  written: SiteContract,
  stages: readonly Stage[],
  atMs: number | null,
  basePriceUsdPerKwh: number,
  rateOf: RateLookup,
): SuppliedSite {
  const { contract, notes } = contractInUsd(site, written, rateOf)
  refuseDatesWithoutDate(site, contract, atMs)
  const time = timeOf(contract, stages, atMs)
  const energy = energyOf(site, contract, time, basePriceUsdPerKwh)
  const peaks = contract.coincidentPeak
  const peakLine = listedLine(
    (peaks?.hours ?? []).map((hours) => ({ ...hours, value: peakAdderUsdPerKwh(peaks!, hours) })),
    0,
    time.fromMs,
    time.toMs,
  )
  const lines = [time.stage, time.day, ...linesOf(energy), peakLine]
  const events = eventLine(contract, mergedLines(lines, time.toMs), time)
  const merged = mergedLines([...lines, events], time.toMs)
  const { groups, groupOf } = groupsOf(contract, energy.tiers.tables, merged, time.toMs)
  if (groups.length > MOST_GROUPS)
    throw new RangeError(
      `site ${site}, field ${contract.market === null ? 'takeOrPay.handBackFile' : 'market'}: the horizon has more than ${MOST_GROUPS} different prices; weigh fewer days`,
    )
  const intervals = intervalsOf(merged, groupOf, time.toMs)
  const peakCharge =
    contract.demandCharge === null
      ? null
      : peakChargeOf(contract.demandCharge, stages, time.months, time.stageMs)
  const { takeOrPay } = contract
  const committedPerDay =
    takeOrPay?.per === 'day' && takeOrPay.committedKwhPerDay > 0
      ? { kwh: takeOrPay.committedKwhPerDay, handBackUsdPerKwh: takeOrPay.handBackUsdPerKwh }
      : null
  return {
    contract,
    supply: {
      pricesFrom: energy.from,
      intervals,
      groups,
      peakCharge,
      committedPerDay,
      isCoupled: peakCharge !== null || committedPerDay !== null || groups.some(isCoupledGroup),
      notes: [...notes, ...energy.notes, ...chargeNotes(contract)],
    },
  }
}

/** As many as an interval can name: five-minute prices of 227 days that all differ. */
const MOST_GROUPS = 65_536

/** The horizon on the calendar. */
type Time = {
  readonly fromMs: number
  readonly toMs: number
  /** begin of each stage and the end of the last */
  readonly stageMs: Float64Array
  readonly stage: Line
  readonly day: Line
  /** null where no date is known */
  readonly months: readonly LocalMonth[] | null
}

function timeOf({ timeZone }: SiteContract, stages: readonly Stage[], atMs: number | null): Time {
  const fromMs = atMs ?? 0
  const stageMs = new Float64Array(stages.length + 1)
  stageMs[0] = fromMs
  stages.forEach(({ days }, t) => (stageMs[t + 1] = stageMs[t]! + days * MS_PER_DAY))
  const toMs = stageMs[stages.length]!
  const stage = { atMs: [...stageMs.subarray(0, stages.length)], value: stages.map((_, t) => t) }
  if (atMs === null) {
    const days = Math.max(Math.ceil(toMs / MS_PER_DAY), 1)
    const each = Array.from({ length: days }, (_, i) => i)
    return {
      fromMs,
      toMs,
      stageMs,
      stage,
      day: { atMs: each.map((i) => i * MS_PER_DAY), value: each },
      months: null,
    }
  }
  const clock = zoneClock(timeZone)
  const { atMs: beginMs, day } = localDays(clock.spans(fromMs, toMs))
  return {
    fromMs,
    toMs,
    stageMs,
    stage,
    day: { atMs: beginMs, value: day },
    months: localMonths(clock, fromMs, toMs),
  }
}

function energyOf(site: string, contract: SiteContract, time: Time, base: number): EnergyLines {
  const { hosting } = contract
  if (hosting !== null && includesEnergy(hosting))
    return energyLines(site, contract, time, { usdPerKwh: hostedPowerPriceUsdPerKwh(hosting), from: 'host' })
  return energyLines(site, contract, time, { usdPerKwh: base, from: 'fleet' })
}

/** In the order of their places, from ENERGY on. */
const linesOf = ({ usdPerKwh, handBackUsdPerKwh, tiers }: EnergyLines): Line[] => [
  usdPerKwh,
  handBackUsdPerKwh,
  tiers.index,
]

/**
 * What an event's kWh costs from moment to moment, NaN outside events: the listed ones, and unlisted hours of the programme in the
 * dearest hours of each stage. Promised capacity is the site's as a whole: its unlisted hours decide nothing.
 */
function eventLine(
  { demandResponse }: SiteContract,
  merged: MergedLines,
  { fromMs, toMs, stageMs }: Time,
): Line {
  if (demandResponse === null) return constantLine(NaN, fromMs)
  const { events, hoursPerMonth, capacityKw } = demandResponse
  const listed = events.map((event) => ({ ...event, value: event.usdPerKwh ?? DUTY_USD_PER_KWH }))
  const share = capacityKw === null ? hoursPerMonth / HOURS_PER_MONTH : 0
  const unlisted = dearestTimes(merged.atMs, merged.values[ENERGY]!, listed, stageMs, share)
  return listedLine(
    [...listed, ...unlisted.map((times) => ({ ...times, value: DUTY_USD_PER_KWH }))],
    NaN,
    fromMs,
    toMs,
  )
}

function refuseDatesWithoutDate(site: string, contract: SiteContract, atMs: number | null): void {
  if (atMs !== null) return
  const { tariffs, market, takeOrPay, demandResponse, coincidentPeak } = contract
  const dated: readonly (readonly [field: string, isThere: boolean])[] = [
    ['tariffs', tariffs.length > 0],
    ['market', market !== null],
    ['takeOrPay.handBackFile', takeOrPay !== null && takeOrPay.handBack !== null],
    ['demandResponse.events', demandResponse !== null && demandResponse.events.length > 0],
    ['coincidentPeak.hours', coincidentPeak !== null && coincidentPeak.hours.length > 0],
  ]
  const field = dated.find(([, isThere]) => isThere)
  if (field !== undefined)
    throw new RangeError(
      `site ${site}, field ${field[0]}: dated prices need a date; give the network its time in the field at`,
    )
}

/** What a contract says that decides nothing, or less than it could. */
function chargeNotes({ demandCharge, coincidentPeak, demandResponse }: SiteContract): string[] {
  const notes: string[] = []
  if (demandCharge !== null && demandCharge.ratchetShare > 0 && demandCharge.pastPeaksKw.length === 0)
    notes.push('The demand charge has a ratchet, but no past peak is given: nothing is held from the past.')
  if (coincidentPeak !== null && coincidentPeak.hours.length === 0)
    notes.push('No hours of the coincident peak are listed: its charge is shown and decides nothing.')
  if (demandResponse !== null && demandResponse.capacityKw !== null)
    notes.push(
      'The capacity of the demand response is promised by the site: its credit and its unlisted hours are shown and decide nothing.',
    )
  return notes
}
