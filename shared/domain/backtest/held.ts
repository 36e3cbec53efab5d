import type { CaseInputs } from '../decision/case-inputs.ts'
import type { Prepared } from '../decision/prepare.ts'
import { FOREIGN_CURRENCIES, rateInForce } from '../power/currency.ts'
import type { MarketPrices } from '../power/market-prices.ts'
import type { SiteContract } from '../power/site-contract.ts'

/** Before every day of a history. */
const FIRST_DAY = '0001-01-01'

/**
 * The agreements of one moment as if they had always been in force: rates of that moment, and the first version of a tariff also before
 * its first day.
 */
export function heldInputs(inputs: CaseInputs, heldAtMs: number): CaseInputs {
  return {
    ...inputs,
    rates: FOREIGN_CURRENCIES.flatMap((currency) => {
      const rate = rateInForce(inputs.rates, currency, heldAtMs)
      return rate === null ? [] : [{ ...rate, asOfMs: 0 }]
    }),
    contracts: inputs.contracts.map((each) => ({ ...each, contract: heldContract(each.contract) })),
  }
}

function heldContract(contract: SiteContract): SiteContract {
  const first = contract.tariffs.reduce<string | null>(
    (least, { from }) => (least === null || from < least ? from : least),
    null,
  )
  return first === null
    ? contract
    : {
        ...contract,
        tariffs: contract.tariffs.map((version) =>
          version.from === first ? { ...version, from: FIRST_DAY } : version,
        ),
      }
}

/**
 * The same with market prices only up to a moment, as they are known the day before: what comes after repeats what was. Prices that only
 * begin later are left as they are; they repeat by weekday and time before their first.
 */
export function knownPrices(prepared: Prepared, untilMs: number): Prepared {
  const isDated = prepared.groups.some(
    ({ contract }) =>
      contract !== null && (contract.market !== null || (contract.takeOrPay?.handBack ?? null) !== null),
  )
  if (!isDated) return prepared
  return {
    ...prepared,
    groups: prepared.groups.map((group) =>
      group.contract === null ? group : { ...group, contract: cutContract(group.contract, untilMs) },
    ),
    kept: {},
  }
}

function cutContract(contract: SiteContract, untilMs: number): SiteContract {
  const { market, takeOrPay } = contract
  return {
    ...contract,
    market: market && { ...market, ...upTo(market, untilMs) },
    takeOrPay: takeOrPay && {
      ...takeOrPay,
      handBack: takeOrPay.handBack && upTo(takeOrPay.handBack, untilMs),
    },
  }
}

function upTo(prices: MarketPrices, untilMs: number): MarketPrices {
  const end = prices.fromMs.findLastIndex((fromMs) => fromMs < untilMs) + 1
  if (end === 0 || end === prices.fromMs.length) return prices
  return {
    currency: prices.currency,
    fromMs: prices.fromMs.subarray(0, end),
    toMs: prices.toMs.subarray(0, end),
    perKwh: prices.perKwh.subarray(0, end),
  }
}
