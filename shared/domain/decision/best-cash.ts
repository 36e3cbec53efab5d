import { cashAt, lineUsd, siteLines } from './cash-curve.ts'
import { idleStandbyUsdPerDay, plainCash, pricedCash, withoutRepair } from './fleet-cash.ts'
import type { Horizon } from './horizon.ts'
import { stageOn } from './horizon.ts'
import { groupAt } from './prepare.ts'
import type { Prepared } from './prepare.ts'
import { offersOver } from './sites/offers.ts'

/**
 * The fleet's cash a day at its best at one hashprice, USD: the value of `best` of `fleetCash` there, without the curve. Of sites that are
 * cleared as a whole that is one clearing each in the place of hundreds.
 * @param day from the moment of the horizon: its stage has the prices of energy
 * @throws RangeError that names site and field where a contract asks for what cannot be
 */
export function bestCashUsdPerDay(
  prepared: Prepared,
  horizon: Horizon,
  day: number,
  hashpriceUsdPerPhDay: number,
): number {
  const { basis, policies } = prepared
  const stage = stageOn(horizon, day)
  const offers = offersOver(prepared, horizon)
  const plain = plainCash(basis, (row) => groupAt(prepared, row) === -1, policies).best
  return offers.reduce(
    (usd, given) => {
      const offer = { ...given, lots: withoutRepair(basis, given) }
      const { supply, lots, rows } = offer
      if (!supply?.isCoupled) return usd + cashAt(pricedCash(offer, stage).best, hashpriceUsdPerPhDay)
      const { lineAt } = siteLines(lots, supply, stage)
      const best = lineUsd(lineAt(hashpriceUsdPerPhDay), hashpriceUsdPerPhDay)
      return usd + best + idleStandbyUsdPerDay(basis, lots, rows)
    },
    cashAt(plain, hashpriceUsdPerPhDay),
  )
}
