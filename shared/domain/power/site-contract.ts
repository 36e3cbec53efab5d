import { HOURS_PER_MONTH } from '../units.ts'
import type { CoincidentPeak } from './coincident-peak.ts'
import { COINCIDENT_PEAK_RULES } from './coincident-peak.ts'
import type { DemandCharge } from './demand-charge.ts'
import type { DemandResponse } from './demand-response.ts'
import type { Fault } from './fault.ts'
import type { Hosting } from './hosting.ts'
import { includesEnergy } from './hosting.ts'
import type { HourlyPrices } from './hourly-price.ts'

import type { TariffVersion } from './tariff.ts'
import { tariffFault } from './tariff.ts'
import { isTimeZone } from './zone-clock.ts'

/** Energy that is paid whether it is used or not. */
export type TakeOrPay = {
  /** K, the same on every day and spread evenly over its hours */
  readonly committedKwhPerDay: number
  /** b, what the contract pays for committed power that is handed back; 0 if nothing */
  readonly handBackUsdPerKwh: number
  /** what the committed energy costs, for the bill; it never decides. null: not given */
  readonly committedUsdPerKwh: number | null
}

/** Market prices by the hour, and what comes on top of each kWh (grid fees, retailer's margin). */
export type MarketPrices = HourlyPrices & { readonly adderUsdPerKwh: number }

/** What a site has agreed on. Parts that it has not are null, or an empty list. */
export type SiteContract = {
  /** zone in which dates, hours of the week and times without a zone are meant, IANA name */
  readonly timeZone: string
  /** dated tariffs; empty where the fleet's own price counts, or the market's */
  readonly tariffs: readonly TariffVersion[]
  readonly market: MarketPrices | null
  readonly takeOrPay: TakeOrPay | null
  readonly demandResponse: DemandResponse | null
  readonly demandCharge: DemandCharge | null
  readonly coincidentPeak: CoincidentPeak | null
  readonly hosting: Hosting | null
}

/** A site without a contract: every machine pays what the fleet says. */
export const NO_CONTRACT: SiteContract = {
  timeZone: 'UTC',
  tariffs: [],
  market: null,
  takeOrPay: null,
  demandResponse: null,
  demandCharge: null,
  coincidentPeak: null,
  hosting: null,
}

/** What contradicts itself in a contract: the first fault with its field, null where there is none. */
export function contractFault(contract: SiteContract): Fault | null {
  const { hosting, takeOrPay, market, tariffs, demandResponse, coincidentPeak } = contract
  if (!isTimeZone(contract.timeZone))
    return {
      field: 'timeZone',
      message: `'${contract.timeZone}' is not a time zone; write e.g. America/Chicago or UTC`,
    }
  const tariff = tariffFault(tariffs)
  if (tariff !== null) return tariff
  if (tariffs.length > 0 && market !== null)
    return { field: 'market', message: 'a site buys by tariff or at market prices; remove tariffs or market' }
  if (takeOrPay !== null && !(takeOrPay.committedKwhPerDay >= 0))
    return { field: 'takeOrPay.committedKwhPerDay', message: 'must be 0 or more' }
  if (demandResponse !== null && demandResponse.hoursPerMonth > HOURS_PER_MONTH)
    return {
      field: 'demandResponse.hoursPerMonth',
      message: `${demandResponse.hoursPerMonth} is more than a month has (${HOURS_PER_MONTH})`,
    }
  if (coincidentPeak !== null) {
    const { peaks } = COINCIDENT_PEAK_RULES[coincidentPeak.rule]
    if (coincidentPeak.shedIn.length !== peaks)
      return {
        field: 'coincidentPeak.shedIn',
        message: `has ${coincidentPeak.shedIn.length} entries; the rule ${coincidentPeak.rule} looks at ${peaks} peaks`,
      }
  }
  if (hosting !== null && includesEnergy(hosting)) {
    const parts = ['market', 'takeOrPay', 'demandResponse', 'demandCharge', 'coincidentPeak'] as const
    const part = tariffs.length > 0 ? 'tariffs' : parts.find((name) => contract[name] !== null)
    if (part !== undefined)
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
