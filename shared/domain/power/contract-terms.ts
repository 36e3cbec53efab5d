import type { DemandResponse } from './demand-response.ts'
import type { SiteContract, TakeOrPay } from './site-contract.ts'
import { NO_CONTRACT } from './site-contract.ts'

/**
 * What of a contract is changed by hand. Prices of files, listed events and listed peak hours come with files and stay as they are
 * stored.
 */
export type ContractTerms = Pick<
  SiteContract,
  'timeZone' | 'currency' | 'tariffs' | 'capKw' | 'floorKw' | 'demandCharge' | 'hosting'
> & {
  /** on top of market prices; null: no market */
  readonly marketAdderUsdPerKwh: number | null
  readonly takeOrPay: Omit<TakeOrPay, 'handBack'> | null
  readonly demandResponse: Omit<DemandResponse, 'events'> | null
}

export function termsOf(contract: SiteContract): ContractTerms {
  const { timeZone, currency, tariffs, capKw, floorKw, demandCharge, hosting, market } = contract
  const { takeOrPay, demandResponse } = contract
  return {
    ...{ timeZone, currency, tariffs, capKw, floorKw, demandCharge, hosting },
    marketAdderUsdPerKwh: market?.adderUsdPerKwh ?? null,
    takeOrPay: takeOrPay === null ? null : handTakeOrPay(takeOrPay),
    demandResponse: demandResponse === null ? null : handDemandResponse(demandResponse),
  }
}

/** The terms of a site on which nothing is agreed. */
export const NO_TERMS = termsOf(NO_CONTRACT)

/**
 * The contract with other terms.
 * @param stored null: there was none. Market prices cannot come from terms: where it has none there are none afterwards.
 */
export function contractWith(stored: SiteContract | null, terms: ContractTerms): SiteContract {
  const { marketAdderUsdPerKwh, takeOrPay, demandResponse, ...rest } = terms
  const { market, coincidentPeak, ...before } = stored ?? NO_CONTRACT
  return {
    ...rest,
    coincidentPeak,
    market:
      market === null || marketAdderUsdPerKwh === null
        ? null
        : { ...market, adderUsdPerKwh: marketAdderUsdPerKwh },
    takeOrPay: takeOrPay === null ? null : { ...takeOrPay, handBack: before.takeOrPay?.handBack ?? null },
    demandResponse:
      demandResponse === null ? null : { ...demandResponse, events: before.demandResponse?.events ?? [] },
  }
}

function handTakeOrPay({ committedKwhPerDay, per, handBackUsdPerKwh, committedUsdPerKwh }: TakeOrPay) {
  return { committedKwhPerDay, per, handBackUsdPerKwh, committedUsdPerKwh }
}

function handDemandResponse({ creditUsdPerKwMonth, hoursPerMonth, capacityKw }: DemandResponse) {
  return { creditUsdPerKwMonth, hoursPerMonth, capacityKw }
}
