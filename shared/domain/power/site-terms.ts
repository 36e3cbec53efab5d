import { MS_PER_DAY, MS_PER_HOUR } from '../units.ts'
import type { Outlook } from '../decision/decide.ts'
import { daysAfterAdjustment, daysBeforeAdjustment } from '../decision/decide.ts'
import { avoidableDemandChargeUsdPerKwDay } from './demand-charge.ts'
import { creditUsdPerKwDay, shedShare } from './demand-response.ts'
import { hostedPowerPriceUsdPerKwh, includesEnergy } from './hosting.ts'
import type { PriceCurve } from './hourly-price.ts'
import { flatCurve, priceCurve } from './hourly-price.ts'
import type { MarketPrices, SiteContract } from './site-contract.ts'
import { localDate, tariffHours } from './tariff.ts'

/** Where the prices of a site come from; 'market-file' where the hours of the horizon are not all in the price file. */
export type PriceSource = 'fleet' | 'host' | 'tariff' | 'market-horizon' | 'market-file'

/** A contract as it counts over the horizon, before the adjustment (0) and after it (1). */
export type SiteTerms = {
  readonly contract: SiteContract
  readonly pricesFrom: PriceSource
  /** null: each machine pays its own price, else the site's, as the fleet says */
  readonly curves: readonly [PriceCurve, PriceCurve] | null
  /** of the price file, hours without a price */
  readonly missingHours: number
  /** earned by what runs and may be shed */
  readonly creditUsdPerKwDay: number
  /** share of the hours in which that is shed */
  readonly shedShare: number
  /** avoided by what stays off */
  readonly chargeUsdPerKwDay: number
}

/**
 * Reads a contract's prices for the horizon of an outlook.
 * @param atMs when the horizon begins, unix ms; null where it is not known
 * @throws RangeError that names the field: dated prices without a date, a day without a tariff, a price file without a price
 */
export function siteTerms(
  site: string,
  contract: SiteContract,
  outlook: Outlook,
  atMs: number | null,
): SiteTerms {
  const { demandResponse, demandCharge } = contract
  const isEnrolled = demandResponse !== null && demandResponse.capacityKw === null
  return {
    contract,
    ...pricesOf(site, contract, outlook, atMs),
    creditUsdPerKwDay: isEnrolled ? creditUsdPerKwDay(demandResponse) : 0,
    shedShare: isEnrolled ? shedShare(demandResponse) : 0,
    chargeUsdPerKwDay: demandCharge === null ? 0 : avoidableDemandChargeUsdPerKwDay(demandCharge),
  }
}

type Prices = Pick<SiteTerms, 'pricesFrom' | 'curves' | 'missingHours'>

function pricesOf(site: string, contract: SiteContract, outlook: Outlook, atMs: number | null): Prices {
  const { hosting, market, tariffs } = contract
  if (hosting !== null && includesEnergy(hosting)) {
    const curve = flatCurve(hostedPowerPriceUsdPerKwh(hosting))
    return { pricesFrom: 'host', curves: [curve, curve], missingHours: 0 }
  }
  if (market === null && tariffs.length === 0) return { pricesFrom: 'fleet', curves: null, missingHours: 0 }
  const horizon = horizonHours(outlook, atMs)
  if (market !== null) return marketPrices(site, market, horizon)
  if (horizon === null)
    throw new RangeError(
      `site ${site}, field tariffs: dated prices need a date; give the network its time in the field at`,
    )
  const prices = tariffHours(tariffs, contract.timeZone, horizon.firstHourMs, horizon.hours)
  const uncovered = prices.findIndex(Number.isNaN)
  if (uncovered >= 0) {
    const day = localDate(contract.timeZone, horizon.firstHourMs + uncovered * MS_PER_HOUR)
    throw new RangeError(
      `site ${site}, field tariffs: no version is valid on ${day}, inside the horizon; add one or extend one`,
    )
  }
  return { pricesFrom: 'tariff', curves: curvesOf(prices, horizon.hoursBefore), missingHours: 0 }
}

type Horizon = { readonly firstHourMs: number; readonly hours: number; readonly hoursBefore: number }

/** Whole hours of the horizon, at least one; the adjustment falls between two of them. */
function horizonHours(outlook: Outlook, atMs: number | null): Horizon | null {
  if (atMs === null) return null
  const firstHourMs = Math.floor(atMs / MS_PER_HOUR) * MS_PER_HOUR
  const until = (days: number) => Math.round((atMs + days * MS_PER_DAY - firstHourMs) / MS_PER_HOUR)
  return {
    firstHourMs,
    hours: Math.max(until(outlook.horizonDays), 1),
    hoursBefore: until(daysBeforeAdjustment(outlook)),
  }
}

function curvesOf(prices: Float64Array, hoursBefore: number): [PriceCurve, PriceCurve] {
  const hours = prices.length
  // A part shorter than half an hour has no hour of its own and takes its neighbour's.
  const before = prices.slice(0, Math.max(hoursBefore, 1))
  const after = prices.slice(Math.min(hoursBefore, hours - 1))
  return [priceCurve(before), priceCurve(after)]
}

/**
 * The market's hours of the horizon where the file has them all, as after a day-ahead auction or for a forward curve.
 * Otherwise the whole file stands for what is to come, as with the prices of a past year.
 */
function marketPrices(site: string, market: MarketPrices, horizon: Horizon | null): Prices {
  const { firstHourMs, adderUsdPerKwh } = market
  const usdPerKwh =
    adderUsdPerKwh === 0 ? market.usdPerKwh : market.usdPerKwh.map((price) => price + adderUsdPerKwh)
  const missingHours = usdPerKwh.reduce((count, price) => count + (Number.isNaN(price) ? 1 : 0), 0)
  if (missingHours === usdPerKwh.length)
    throw new RangeError(`site ${site}, field market: no hour has a price`)
  if (horizon !== null) {
    const from = (horizon.firstHourMs - firstHourMs) / MS_PER_HOUR
    if (Number.isInteger(from) && from >= 0 && from + horizon.hours <= usdPerKwh.length) {
      const ahead = usdPerKwh.slice(from, from + horizon.hours)
      if (!ahead.some(Number.isNaN))
        return { pricesFrom: 'market-horizon', curves: curvesOf(ahead, horizon.hoursBefore), missingHours }
    }
  }
  const curve = priceCurve(usdPerKwh)
  return { pricesFrom: 'market-file', curves: [curve, curve], missingHours }
}

/** Days of the two parts of the horizon. */
export function daysOf(outlook: Outlook): [number, number] {
  return [daysBeforeAdjustment(outlook), daysAfterAdjustment(outlook)]
}
