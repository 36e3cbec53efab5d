/** Cash that comes in at a constant rate for a while; a negative rate goes out. Spans follow one another without gaps. */
export type CashSpan = {
  readonly startsAtDay: number
  readonly days: number
  readonly usdPerDay: number
}

/**
 * Days until a constant cash flow has paid for the purchase: cost / cash per day. NaN where it never does.
 * The static break-even of hosting and cloud-mining offers (fee ÷ (TH · (output − electricity per TH and day))) is the same figure.
 */
export function staticPaybackDays(costUsd: number, cashUsdPerDay: number): number {
  if (costUsd <= 0) return 0
  return cashUsdPerDay > 0 ? costUsd / cashUsdPerDay : NaN
}

/**
 * The day on which the cash of the spans first adds up to the cost. NaN where it does not within them: that says nothing
 * about what comes after.
 */
export function paybackAlongDays(costUsd: number, spans: readonly CashSpan[]): number {
  if (costUsd <= 0) return 0
  let left = costUsd
  for (const { startsAtDay, days, usdPerDay } of spans) {
    if (usdPerDay > 0 && usdPerDay * days >= left) return startsAtDay + left / usdPerDay
    left -= usdPerDay * days
  }
  return NaN
}
