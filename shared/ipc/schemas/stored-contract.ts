import type { z } from 'zod'
import type { Fault } from '#shared/domain/power/fault.ts'
import type { MarketPrices } from '#shared/domain/power/market-prices.ts'
import { marketOf, runsOf } from '#shared/domain/power/market-prices.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { fieldText, issueWords } from './issue.ts'
import { contractSchemas, partsOf } from './site-contract.ts'

/** A contract as text: JSON. */
export function contractText(contract: SiteContract): string {
  return JSON.stringify(writtenContract(contract))
}

/** A contract as a document: times as instants, prices as runs of intervals of one length. */
export function writtenContract(contract: SiteContract) {
  const { market, takeOrPay, demandResponse, coincidentPeak } = contract
  return {
    ...contract,
    takeOrPay:
      takeOrPay === null
        ? null
        : { ...takeOrPay, handBack: takeOrPay.handBack === null ? null : pricesText(takeOrPay.handBack) },
    market: market === null ? null : { ...pricesText(market), adderUsdPerKwh: market.adderUsdPerKwh },
    demandResponse:
      demandResponse === null ? null : { ...demandResponse, events: demandResponse.events.map(timesText) },
    coincidentPeak:
      coincidentPeak === null ? null : { ...coincidentPeak, hours: coincidentPeak.hours.map(timesText) },
  }
}

function pricesText(prices: MarketPrices) {
  return {
    currency: prices.currency,
    runs: runsOf(prices).map(({ perKwh, ...run }) => ({ ...run, perKwh: Array.from(perKwh) })),
  }
}

function timesText<T extends { readonly fromMs: number; readonly toMs: number }>({
  fromMs,
  toMs,
  ...rest
}: T) {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), ...rest }
}

/**
 * The contract that {@link contractText} wrote, or the first fault of its form with the field. Contracts that were stored before a
 * field existed have its default. Whether its parts contradict each other is another question (contractFault).
 */
export function readContractText(text: string): { readonly contract: SiteContract } | Fault {
  const document: unknown = JSON.parse(text)
  const parsed = contractSchemas(document).stored.safeParse(document)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    return { field: fieldText(issue.path), message: issueWords(issue) }
  }
  const parts = partsOf(parsed.data)
  if ('field' in parts) return parts
  const { market, takeOrPay } = parsed.data
  return {
    contract: {
      ...parts,
      takeOrPay:
        takeOrPay === null
          ? null
          : { ...takeOrPay, handBack: takeOrPay.handBack === null ? null : pricesOf(takeOrPay.handBack) },
      market: market === null ? null : { ...pricesOf(market), adderUsdPerKwh: market.adderUsdPerKwh },
    },
  }
}

type StoredPrices = NonNullable<
  z.infer<ReturnType<typeof contractSchemas>['stored']>['takeOrPay']
>['handBack'] &
  object

function pricesOf({ currency, runs }: StoredPrices): MarketPrices {
  return marketOf(
    currency,
    runs.map((run) => ({ ...run, perKwh: run.perKwh.map((price) => price ?? NaN) })),
  )
}
