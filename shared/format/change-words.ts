import type { AdviceChanges } from '../domain/decision/large-change.ts'
import type { Market } from '../domain/decision/market.ts'
import type { Money } from './money.ts'
import { count, counted, MISSING, signedPercent } from './numbers.ts'

/** The market as it is and as it would be; null: not known */
export type Markets = { readonly before: Market | null; readonly after: Market | null }

/** `12 of 3 058 machines would change their advice`. */
export function adviceChangeWords({ changed, machines }: AdviceChanges): string {
  if (machines === 0) return 'there are no machines that it could change'
  if (changed === null) return 'there is no advice yet that it could change'
  if (changed === 0) return 'no machine would change its advice'
  const of = `${count(changed)} of ${counted(machines, 'machine')}`
  return `${of} would change ${changed === 1 ? 'its' : 'their'} advice`
}

/** What another value would do: `Hashprice $38.20 → $41.05 per PH/s a day; 12 of 3 058 machines would change their advice.` */
export function aheadWords(money: Money, { before, after }: Markets, changes: AdviceChanges): string {
  const figure = (market: Market | null, write: (market: Market) => string) =>
    market === null ? MISSING : write(market)
  const moved = (name: string, write: (market: Market) => string, unit: string) => {
    const [from, to] = [figure(before, write), figure(after, write)]
    return from === to ? [] : [`${name} ${from} → ${to}${unit}`]
  }
  const parts = [
    ...moved('hashprice', (market) => money.perPh(market.hashpriceUsdPerPhDay), ` ${money.hashprice.per}`),
    ...moved('next adjustment', (market) => signedPercent(market.change), ''),
    adviceChangeWords(changes),
  ]
  const words = parts.join('; ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
