/** A stretch of mining at one price. */
export type MiningSpan = {
  readonly days: number
  readonly btcPerDay: number
  /** cash that must be paid, USD/day */
  readonly costUsdPerDay: number
  readonly priceUsdPerBtc: number
}

export type TreasuryPolicy = {
  readonly openingBtc: number
  /** share of the BTC left after the cost is covered that is held; the rest is sold on the day, 0..1 */
  readonly shareHeld: number
  /** what the BTC held at the end are counted at */
  readonly markPriceUsdPerBtc: number
}

export type TreasuryRow = {
  readonly btcMined: number
  /** sold to pay the cost, out of the mined BTC first, then out of what is held */
  readonly btcSoldToCover: number
  readonly btcSoldBeyond: number
  /** at the end of the span */
  readonly btcHeld: number
  /** from sales beyond the cost, less what the treasury could not pay, since the beginning */
  readonly cashUsd: number
  /** cost of the span for which no BTC was left */
  readonly shortfallUsd: number
}

export type TreasuryPath = {
  readonly rows: readonly TreasuryRow[]
  /** profit with every BTC sold on the day it was mined: Σ (BTC · price of the day − cost) */
  readonly soldOnTheDayUsd: number
  /** profit under the policy: cash, and the change in BTC held, both ends counted at the stated price */
  readonly heldUsd: number
  readonly markPriceUsdPerBtc: number
}

/**
 * Sell to cover, hold a share. Both results stand side by side, because a treasury marked at today's price shows the
 * price as much as the mining.
 * @throws RangeError that names the field
 */
export function treasuryAlong(spans: readonly MiningSpan[], policy: TreasuryPolicy): TreasuryPath {
  const { openingBtc, shareHeld, markPriceUsdPerBtc } = policy
  if (!(openingBtc >= 0 && Number.isFinite(openingBtc)))
    throw new RangeError(`openingBtc: must be 0 or more; it is ${openingBtc}`)
  if (!(shareHeld >= 0 && shareHeld <= 1))
    throw new RangeError(`shareHeld: must be from 0 to 1; it is ${shareHeld}`)
  if (!(markPriceUsdPerBtc > 0 && Number.isFinite(markPriceUsdPerBtc)))
    throw new RangeError(`markPriceUsdPerBtc: must be above 0; it is ${markPriceUsdPerBtc}`)
  let btcHeld = openingBtc
  let cashUsd = 0
  let soldOnTheDayUsd = 0
  const rows = spans.map(({ days, btcPerDay, costUsdPerDay, priceUsdPerBtc }) => {
    const btcMined = btcPerDay * days
    const costUsd = costUsdPerDay * days
    // A negative cost is income in cash: there is nothing to cover.
    const btcNeeded = Math.max(costUsd, 0) / priceUsdPerBtc
    const btcSoldToCover = Math.min(btcNeeded, btcMined + btcHeld)
    const btcLeft = Math.max(btcMined - btcSoldToCover, 0)
    const btcSoldBeyond = btcLeft * (1 - shareHeld)
    const shortfallUsd = (btcNeeded - btcSoldToCover) * priceUsdPerBtc
    btcHeld = Math.max(btcHeld + btcMined - btcSoldToCover - btcSoldBeyond, 0)
    cashUsd += btcSoldBeyond * priceUsdPerBtc - shortfallUsd + Math.max(-costUsd, 0)
    soldOnTheDayUsd += btcMined * priceUsdPerBtc - costUsd
    return { btcMined, btcSoldToCover, btcSoldBeyond, btcHeld, cashUsd, shortfallUsd }
  })
  return {
    rows,
    soldOnTheDayUsd,
    heldUsd: cashUsd + (btcHeld - openingBtc) * markPriceUsdPerBtc,
    markPriceUsdPerBtc,
  }
}
