import type { TypedNetwork } from '#shared/domain/chain/network.ts'
import type { HandValueName, NetworkValueName } from '#shared/domain/chain/network-values.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { ForeignCurrency } from '#shared/domain/power/currency.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { rateLimits } from '#shared/domain/power/currency.ts'

const TYPED_WORDS: Readonly<Record<NetworkValueName, string>> = {
  height: 'The block height must be a whole number of 0 or more',
  difficulty: 'The difficulty must be above 0',
  priceUsdPerBtc: 'The price must be above 0 USD/BTC',
  feesBtcPerBlock: 'The fees per block must be 0 BTC or more',
  epochBlocks: 'The blocks of the epoch must be a whole number from 0 to 2 015',
  epochSeconds: 'The age of the epoch must be 0 s or more',
}

/** A typed value may be an assumption, so only impossible ones are refused ('bad-input'). */
export function refuseImpossible(name: NetworkValueName, value: number): void {
  const isWhole = Number.isInteger(value)
  const isPossible: Readonly<Record<NetworkValueName, boolean>> = {
    height: isWhole && value >= 0,
    difficulty: value > 0,
    priceUsdPerBtc: value > 0,
    feesBtcPerBlock: value >= 0,
    epochBlocks: isWhole && value >= 0 && value <= 2015,
    epochSeconds: value >= 0,
  }
  if (!Number.isFinite(value) || !isPossible[name])
    throw new StrikelineError('bad-input', TYPED_WORDS[name], name)
}

/** Refuses ('bad-input') a hashprice that is none, and an adjustment that consensus does not allow or whose day is over. */
export function refuseImpossibleHashprice({ hashpriceUsdPerPhDay, adjustment }: TypedNetwork, nowMs: number) {
  const refuse = (words: string, field: HandValueName): never => {
    throw new StrikelineError('bad-input', words, field)
  }
  if (!(Number.isFinite(hashpriceUsdPerPhDay) && hashpriceUsdPerPhDay > 0))
    refuse('The hashprice must be above 0 USD per PH/s and day', 'hashpriceUsdPerPhDay')
  if (adjustment === null) return
  if (!(adjustment.change >= -0.75 && adjustment.change <= 3))
    refuse('The next adjustment must be from −75 to 300 %', 'nextChange')
  if (!(adjustment.atMs > nowMs && adjustment.atMs - nowMs <= LONGEST_EPOCH_MS))
    refuse('The next adjustment must be ahead, at most 60 days', 'nextAdjustmentMs')
}

/** Difficulty falls to a quarter at most, so that an epoch may take four times two weeks. */
const LONGEST_EPOCH_MS = 60 * MS_PER_DAY

/**
 * Refuses ('bad-input', field 'usdPerUnit') a rate that is no number above 0, or that only makes sense as units per
 * USD, the wrong way round. An assumed devaluation passes.
 */
export function refuseImpossibleRate(currency: ForeignCurrency, usdPerUnit: number): void {
  const refuse = (words: string): never => {
    throw new StrikelineError('bad-input', words, 'usdPerUnit')
  }
  if (!(Number.isFinite(usdPerUnit) && usdPerUnit > 0))
    refuse(`The rate must be a number above 0: what 1 ${currency} is worth in USD`)
  const [min, max] = rateLimits(currency)
  const isUsual = (rate: number) => rate >= min && rate <= max
  if (!isUsual(usdPerUnit) && isUsual(1 / usdPerUnit))
    refuse(
      `1 ${currency} is not worth ${usdPerUnit} USD; that looks like ${currency} per USD: write ${Number((1 / usdPerUnit).toPrecision(5))}`,
    )
}
