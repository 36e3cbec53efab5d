import type { PoolMonth } from '#shared/domain/money/ledger/month.ts'
import { PAY_CAUSES } from '#shared/domain/money/ledger/month.ts'
import type { PayFigures } from '#shared/domain/money/ledger/pay-total.ts'
import { payTotal } from '#shared/domain/money/ledger/pay-total.ts'
import { bookedUsd, satBtc, signedBookedUsd, signedSatBtc } from '#shared/format/ledger-month-words.ts'
import { MISSING } from '#shared/format/numbers.ts'

export type PayUnit = keyof PayFigures

const writePay = (value: number, unit: PayUnit): string => (unit === 'sat' ? satBtc(value) : bookedUsd(value))

const writeStep = (value: number, unit: PayUnit): string =>
  unit === 'sat' ? signedSatBtc(value) : signedBookedUsd(value)

/** Causes that have a column: what came at another price is money alone. */
export const payCauses = (unit: PayUnit) =>
  PAY_CAUSES.filter((cause) => unit === 'usdCents' || cause !== 'price')

/** Figures of a row in the order of its columns: theory, each cause, what came in. They add up along the row. */
export function payRow(pools: readonly PoolMonth[], unit: PayUnit): readonly string[] {
  const { actual, against } = payTotal(pools)
  return [
    against === null ? MISSING : writePay(against.theory[unit], unit),
    ...payCauses(unit).map((cause) =>
      against === null ? MISSING : writeStep(against.steps[cause][unit], unit),
    ),
    writePay(actual[unit], unit),
  ]
}

type PayLine = { readonly name: string; readonly figures: readonly string[] }

/** Sums below the pools; those of the pools with a theory apart where others have none, because only these add up along the row. */
export function payTotals(pools: readonly PoolMonth[], unit: PayUnit): readonly PayLine[] {
  if (pools.length < 2) return []
  const known = pools.filter(({ theory }) => theory !== null)
  const isMixed = known.length > 0 && known.length < pools.length
  const whole = payRow(isMixed ? pools.map((pool) => ({ ...pool, theory: null })) : pools, unit)
  return [
    ...(isMixed ? [{ name: 'With a theory', figures: payRow(known, unit) }] : []),
    { name: 'All pools', figures: whole },
  ]
}
