import type { FleetTotals } from '#shared/domain/margins/totals.ts'
import type { Money } from '#shared/format/money.ts'

/** What lies between cash margin and all-in: `after $9.00 that goes on and $0.10 standby of what is off`. */
export function goesOnWords(money: Money, totals: FleetTotals): string {
  const fixed = `${money.cents(totals.fixedUsdPerDay)} that goes on`
  const standby = `${money.cents(totals.idleStandbyUsdPerDay)} standby of what is off`
  return totals.owedUsdPerDay === 0
    ? `after ${fixed} and ${standby}`
    : `after ${fixed}, ${standby} and ${money.cents(totals.owedUsdPerDay)} that contracts ask either way`
}
