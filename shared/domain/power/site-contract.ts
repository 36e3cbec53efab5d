import type { CoincidentPeak } from './coincident-peak.ts'
import { coincidentPeakFault } from './coincident-peak.ts'
import type { DemandCharge } from './demand-charge.ts'
import type { DemandResponse } from './demand-response.ts'
import { demandResponseFault } from './demand-response.ts'
import type { Fault } from './fault.ts'
import type { Hosting } from './hosting.ts'
import { includesEnergy } from './hosting.ts'
import type { Currency } from './currency.ts'
import type { MarketPrices } from './market-prices.ts'
import type { TariffVersion } from './tariff.ts'
import { tariffFault } from './tariff.ts'
import { isTimeZone } from './zone-clock.ts'

/** Energy that is paid whether it is used or not. */
export type TakeOrPay = {
  /** K, the same on every day */
  readonly committedKwhPerDay: number
  /** hour: K/24 in each hour of the day; day: K may be used in whatever hours of a local day */
  readonly per: 'hour' | 'day'
  /** b, what the contract pays for committed power that is handed back; 0 if nothing */
  readonly handBackUsdPerKwh: number
  /** hand-back prices of a market; they take the place of b. null: b counts */
  readonly handBack: MarketPrices | null
  /** what the committed energy costs, for the bill; it never decides. null: not given */
  readonly committedUsdPerKwh: number | null
}

/** Market prices, and what comes on top of each kWh (grid fees, retailer's margin). */
export type SiteMarket = MarketPrices & {
  /** in the contract's currency */
  readonly adderUsdPerKwh: number
}

/** What a site has agreed on. Parts that it has not are null, or an empty list. Money is in the contract's currency. */
export type SiteContract = {
  /** zone in which dates, hours of the week and times without a zone are meant, IANA name */
  readonly timeZone: string
  /** of all money below but the prices of a file, which name their own */
  readonly currency: Currency
  /** dated tariffs; empty where the fleet's own price counts, or the market's. Beside market prices they come on top of them. */
  readonly tariffs: readonly TariffVersion[]
  readonly market: SiteMarket | null
  readonly takeOrPay: TakeOrPay | null
  /** the most that the site may draw at the meter, kW; null: no limit */
  readonly capKw: number | null
  /** the least that it must draw, kW; null: nothing is asked */
  readonly floorKw: number | null
  readonly demandResponse: DemandResponse | null
  readonly demandCharge: DemandCharge | null
  readonly coincidentPeak: CoincidentPeak | null
  readonly hosting: Hosting | null
}

/** A site without a contract: every machine pays what the fleet says. */
export const NO_CONTRACT: SiteContract = {
  timeZone: 'UTC',
  currency: 'USD',
  tariffs: [],
  market: null,
  takeOrPay: null,
  capKw: null,
  floorKw: null,
  demandResponse: null,
  demandCharge: null,
  coincidentPeak: null,
  hosting: null,
}

/** What contradicts itself in a contract: the first fault with its field, null where there is none. */
export function contractFault(contract: SiteContract): Fault | null {
  const { hosting, takeOrPay, market, tariffs, demandResponse, coincidentPeak, capKw, floorKw } = contract
  if (!isTimeZone(contract.timeZone))
    return {
      field: 'timeZone',
      message: `'${contract.timeZone}' is not a time zone; write e.g. America/Chicago or UTC`,
    }
  const tariff = tariffFault(tariffs)
  if (tariff !== null) return tariff
  if (market?.perKwh.length === 0) return { field: 'market', message: 'no interval has a price' }
  if (takeOrPay !== null) {
    if (takeOrPay.handBack?.perKwh.length === 0)
      return { field: 'takeOrPay.handBackFile', message: 'no interval has a price' }
    if (!(takeOrPay.committedKwhPerDay >= 0))
      return { field: 'takeOrPay.committedKwhPerDay', message: 'must be 0 or more' }
    if (takeOrPay.handBack !== null && takeOrPay.per === 'day')
      return {
        field: 'takeOrPay.handBackFile',
        message:
          'what is handed back in an interval is paid at the price of that interval, which needs energy that is committed by the hour; write per "hour", or a handBackUsdPerKwh',
      }
  }
  if (capKw !== null && floorKw !== null && floorKw > capKw)
    return { field: 'floorKw', message: `${floorKw} kW is above capKw, ${capKw} kW` }
  if (demandResponse !== null) {
    const fault = demandResponseFault(demandResponse)
    if (fault !== null) return fault
  }
  if (coincidentPeak !== null) {
    const fault = coincidentPeakFault(coincidentPeak)
    if (fault !== null) return fault
  }
  if (hosting !== null && includesEnergy(hosting)) {
    const part = tariffs.length > 0 ? 'tariffs' : market !== null ? 'market' : null
    if (part !== null)
      return {
        field: part,
        message: `does not go with hosting ${hosting.model}, where power comes with the host's invoice; remove one of the two`,
      }
  }
  if (hosting?.model === 'profit-share' && takeOrPay !== null)
    return {
      field: 'takeOrPay',
      message:
        'does not go with hosting profit-share; the committed energy is the host’s; remove one of the two',
    }
  return null
}
