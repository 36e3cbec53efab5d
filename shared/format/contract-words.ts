import type { CoincidentPeak } from '../domain/power/coincident-peak.ts'
import { peaksPerYear } from '../domain/power/coincident-peak.ts'
import type { DemandCharge } from '../domain/power/demand-charge.ts'
import type { DemandResponse } from '../domain/power/demand-response.ts'
import type { Hosting } from '../domain/power/hosting.ts'
import type { MarketPrices } from '../domain/power/market-prices.ts'
import type { SiteContract, TakeOrPay } from '../domain/power/site-contract.ts'
import type { TariffVersion } from '../domain/power/tariff.ts'
import { MS_PER_MINUTE } from '../domain/units.ts'
import { tariffPrice, tariffWords, unitPrice } from './money.ts'
import { counted, number, percent, THIN_SPACE } from './numbers.ts'
import { calendarDay, dateTime } from './times.ts'

/** One part of a contract: what it is called, and what was agreed. */
export type ContractLine = { readonly name: string; readonly words: string }

/** Money as it is agreed, in the contract's currency: of energy with its unit, of anything else without. */
type Price = { readonly energy: (perKwh: number) => string; readonly of: (amount: number) => string }
/** A clause; null: not agreed. */
type Clauses = readonly (string | null)[]

/** What a site has agreed on, in the order in which a bill has it. Empty for a contract without parts. */
export function contractLines(contract: SiteContract): readonly ContractLine[] {
  const { timeZone, currency, tariffs, market, takeOrPay, capKw, floorKw, hosting } = contract
  const price: Price = {
    energy: (perKwh) => tariffWords(currency, perKwh),
    of: (amount) => unitPrice(currency, amount),
  }
  const lines: readonly (ContractLine | null)[] = [
    ...tariffs.map((version) => line('Tariff', tariffClauses(version, price))),
    market === null
      ? null
      : line('Market prices', [
          ...marketClauses(market, timeZone),
          market.adderUsdPerKwh === 0 ? null : `${price.energy(market.adderUsdPerKwh)} on top`,
        ]),
    takeOrPay === null ? null : line('Take-or-pay', takeOrPayClauses(takeOrPay, price, timeZone)),
    capKw === null ? null : line('Cap', [`${figure(capKw, 'kW')} at most`]),
    floorKw === null ? null : line('Floor', [`${figure(floorKw, 'kW')} at least`]),
    contract.demandCharge === null
      ? null
      : line('Demand charge', demandChargeClauses(contract.demandCharge, price)),
    contract.coincidentPeak === null
      ? null
      : line('Coincident peak', peakClauses(contract.coincidentPeak, price)),
    contract.demandResponse === null
      ? null
      : line('Demand response', responseClauses(contract.demandResponse, price)),
    hosting === null ? null : line('Hosting', [hostingWords(hosting, price)]),
    timeZone === 'UTC' ? null : line('Time zone', [timeZone]),
  ]
  return lines.filter((each) => each !== null)
}

function line(name: string, clauses: Clauses): ContractLine {
  return { name, words: clauses.filter((clause) => clause !== null).join('; ') }
}

const figure = (value: number, unit: string) =>
  `${number(value, Number.isInteger(value) ? 0 : 2)}${THIN_SPACE}${unit}`

function tariffClauses(version: TariffVersion, price: Price): Clauses {
  const { from, to, baseUsdPerKwh, periods, seasons, tiers } = version
  return [
    `${price.energy(baseUsdPerKwh)} from ${calendarDay(from)} ${to === null ? 'on' : `to ${calendarDay(to)}`}`,
    periods.length === 0 ? null : `${counted(periods.length, 'period')} of the week at other prices`,
    seasons.length === 0
      ? null
      : `${counted(seasons.length, 'season')} (${seasons.map(({ name }) => name).join(', ')})`,
    ...tiers.map(
      ({ upToKwhPerMonth, usdPerKwh }) =>
        `${price.energy(usdPerKwh)} up to ${figure(upToKwhPerMonth, 'kWh')} a month`,
    ),
  ]
}

/** Dates, length of the intervals and range of prices; the currency is the file's. */
function marketClauses({ currency, fromMs, toMs, perKwh }: MarketPrices, timeZone: string): Clauses {
  if (perKwh.length === 0) return ['no prices']
  const [least, most] = rangeOf(perKwh)
  return [
    `${dateTime(fromMs[0]!, timeZone)} to ${dateTime(toMs.at(-1)!, timeZone)}`,
    `${counted(perKwh.length, 'interval')} of ${lengthsOf(fromMs, toMs).join(' and ')} minutes`,
    `${tariffPrice(currency, least)} to ${tariffWords(currency, most)}`,
  ]
}

function rangeOf(values: Float64Array): readonly [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return [least, most]
}

function lengthsOf(fromMs: Float64Array, toMs: Float64Array): readonly number[] {
  const lengths = new Set<number>()
  for (let i = 0; i < fromMs.length; i++) lengths.add((toMs[i]! - fromMs[i]!) / MS_PER_MINUTE)
  return [...lengths].sort((a, b) => a - b)
}

function takeOrPayClauses(
  { committedKwhPerDay, per, handBackUsdPerKwh, handBack, committedUsdPerKwh }: TakeOrPay,
  price: Price,
  timeZone: string,
): Clauses {
  return [
    `${figure(committedKwhPerDay, 'kWh')} a day, ${per === 'hour' ? 'the same in every hour' : 'in whatever hours of the day'}`,
    ...(handBack === null
      ? [`handed back at ${price.energy(handBackUsdPerKwh)}`]
      : ['handed back at market prices', ...marketClauses(handBack, timeZone)]),
    committedUsdPerKwh === null ? null : `costs ${price.energy(committedUsdPerKwh)}`,
  ]
}

function demandChargeClauses(charge: DemandCharge, price: Price): Clauses {
  const { usdPerKwMonth, isAlreadySet, meteredKwThisMonth, ratchetShare, lookbackMonths } = charge
  return [
    `${price.of(usdPerKwMonth)} per kW and month`,
    isAlreadySet ? 'this month’s peak is set already' : null,
    meteredKwThisMonth === 0 ? null : `${figure(meteredKwThisMonth, 'kW')} metered this month`,
    ratchetShare === 0
      ? null
      : `at least ${percent(ratchetShare)} of the highest of ${counted(lookbackMonths, 'month')} before`,
  ]
}

function peakClauses(charge: CoincidentPeak, price: Price): Clauses {
  return [
    `${price.of(charge.usdPerKwYear)} per kW and year, ${counted(peaksPerYear(charge), 'peak')}`,
    charge.hours.length === 0
      ? 'no hours are listed, so it decides nothing'
      : `${counted(charge.hours.length, 'listed time')} in which a peak may fall`,
  ]
}

function responseClauses(
  { creditUsdPerKwMonth, events, hoursPerMonth, capacityKw }: DemandResponse,
  price: Price,
): Clauses {
  return [
    `${price.of(creditUsdPerKwMonth)} per kW and month`,
    capacityKw === null ? null : `${figure(capacityKw, 'kW')} promised`,
    events.length === 0 ? null : counted(events.length, 'listed event'),
    hoursPerMonth === 0 ? null : `${figure(hoursPerMonth, 'hours')} a month are expected to be shed`,
  ]
}

function hostingWords(hosting: Hosting, price: Price): string {
  switch (hosting.model) {
    case 'flat':
      return `${price.of(hosting.usdPerMonth)} per ${hosting.per === 'kw' ? 'kW' : 'machine'} and month, power included`
    case 'per-kwh':
      return `${price.energy(hosting.usdPerKwh)}, ${hosting.basis === 'metered' ? 'metered' : 'by nameplate power'}`
    case 'revenue-share':
      return `the host takes ${percent(hosting.hostShare)} of revenue; power is paid by the ${hosting.energyPaidBy === 'host' ? 'host' : 'operator'}`
    case 'profit-share':
      return `the host takes ${percent(hosting.hostShare)} of profit; losses are borne by ${
        { both: 'both', host: 'the host', tenant: 'the operator' }[hosting.lossesBorneBy]
      }`
  }
}
