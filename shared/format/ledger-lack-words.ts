import type { Day } from '../domain/money/ledger/entry.ts'
import type { LedgerLack } from '../domain/money/ledger/month.ts'
import { listed } from './ledger-month-words.ts'
import { counted, number } from './numbers.ts'
import { calendarDay } from './times.ts'

const MOST_DAYS = 5

/** `4 Oct 2026, 5 Oct 2026 and 3 more` */
function daysListed(days: readonly Day[]): string {
  const named = days.slice(0, MOST_DAYS).map(calendarDay)
  const more = days.length - named.length
  return more > 0 ? `${named.join(', ')} and ${number(more)} more` : listed(named)
}

const MISSING_DAYS: Readonly<Record<'earning' | 'meter' | 'bill', (days: string, one: boolean) => string>> = {
  earning: (days, one) =>
    `The pool gave no hashrate for ${days}: ${one ? 'it is' : 'they are'} taken as planned.`,
  meter: (days) => `No reading of a meter covers ${days}: import it, or add it by hand.`,
  bill: (days) => `No bill covers ${days}: import it, or add it by hand.`,
}

/**
 * What is not there and what to do, in one sentence.
 * @param isOver whether the month is: the days of one that is not are no gap of the history
 */
export function ledgerLackWords(lack: LedgerLack, isOver = true): string {
  const fill = isOver ? 'fill the history in Data.' : 'they come with the days that are left of the month.'
  switch (lack.what) {
    case 'plan':
      return 'No plan can be made of the stored fleet: at each of its sites that takes machines with hashrate, power and a price of power. Complete them in Fleet, or add a plan as an entry.'
    case 'price':
      return `Prices of some days are not stored: ${fill}`
    case 'network':
      return `Difficulty, new bitcoin or fees of some days are not stored: ${fill}`
    case 'bill':
      return 'No bill is there: import it, or add it by hand.'
    case 'meter':
      return 'No meter was read: without it all kWh count as those of the invoice.'
    case 'pool terms':
      return 'No terms are stored, so that only what was paid out counts: say under Pools how it pays and what it keeps.'
    case 'pool hashrate':
      return 'How large the pool is is not known, so that nobody can say how far luck reaches: say it under Pools.'
    case 'days':
      return MISSING_DAYS[lack.of](
        `${counted(lack.days.length, 'day')} (${daysListed(lack.days)})`,
        lack.days.length === 1,
      )
  }
}
