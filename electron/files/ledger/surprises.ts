import { SATS_PER_BTC } from '#shared/domain/units.ts'
import { dayNumber } from '#shared/domain/money/ledger/calendar.ts'
import type { Entry, FactOf, NewEntry } from '#shared/domain/money/ledger/entry.ts'
import type { AskedThing, QuestionName } from '../questions.ts'
import { TIMES_USUAL } from '../questions.ts'
import type { LedgerField } from './fields.ts'
import type { LedgerWorld } from './options.ts'
import { sameAgain } from './same-again.ts'

/** What is surprising in entries that are read, and may be right. */

export type Surprise = {
  readonly name: QuestionName
  /** place among the new entries */
  readonly at: number
  readonly field: LedgerField
  readonly message: string
  readonly about: AskedThing['about']
  /** null: it is no figure */
  readonly value: number | null
}

/** A price may be that far from the mean of its day: bitcoin moves by a tenth within many days. */
const PRICE_WITHIN = 0.15
/** What all miners together earn on a day: 144 blocks of 3.125 BTC. More is a slip of the unit. */
const MOST_SAT = 450 * SATS_PER_BTC
/** Of fewer figures none is usual. */
const LEAST_USUAL = 5
/** USD/kWh that operators pay; beyond them a slip of a unit is likelier. */
const KWH_PRICES = [0.005, 0.4] as const

export function* surprisesIn(
  entries: readonly NewEntry[],
  { booked, priceOn }: Pick<LedgerWorld, 'booked' | 'priceOn'>,
): Generator<Surprise> {
  yield* sameAgain(entries, booked)
  const usual = usualSizes([...booked, ...entries])
  for (const [at, { fact }] of entries.entries()) {
    if (fact.kind === 'payout' || fact.kind === 'earning') {
      if (fact.price.source === 'file')
        yield* farPrice(fact.price.usdPerBtc, fact.day, priceOn, { at, field: 'price', about: fact.pool })
      const size = usual.get(sizeKey(fact))
      if (fact.sat > MOST_SAT)
        yield {
          ...{ name: 'payout-size', at, field: 'coins', about: fact.pool, value: fact.sat },
          message: `${btc(fact.sat)} BTC is more than all miners of the world earn on a day: is the unit right?`,
        }
      else if (size !== undefined && fact.sat > TIMES_USUAL * size)
        yield {
          ...{ name: 'payout-size', at, field: 'coins', about: fact.pool, value: fact.sat },
          message: `${btc(fact.sat)} BTC of ${fact.pool} is more than ${TIMES_USUAL} times the usual ${btc(size)} BTC: is the unit right?`,
        }
    } else if (fact.kind === 'sale' && fact.sat > 0) {
      const usdPerBtc = (fact.proceeds.usdCents / 100 / fact.sat) * SATS_PER_BTC
      yield* farPrice(usdPerBtc, fact.day, priceOn, { at, field: 'money', about: fact.venue })
    } else if (fact.kind === 'bill' && fact.wh !== null && fact.wh > 0) {
      // a part may be small by itself
      const usdPerKwh = (fact.amount.usdCents / fact.wh) * 10
      const isCheap = fact.part === 'all' && usdPerKwh < KWH_PRICES[0]
      if (isCheap || usdPerKwh > KWH_PRICES[1])
        yield {
          ...{ name: 'kwh-price', at, field: 'money', about: fact.payee, value: usdPerKwh },
          message: `comes to ${Number(usdPerKwh.toPrecision(3))} USD/kWh: are amount and energy in the right units?`,
        }
    }
  }
}

function* farPrice(
  usdPerBtc: number,
  day: string,
  priceOn: LedgerWorld['priceOn'],
  where: Pick<Surprise, 'at' | 'field' | 'about'>,
): Generator<Surprise> {
  const known = priceOn(day)
  if (known === null || Math.abs(usdPerBtc / known.usdPerBtc - 1) <= PRICE_WITHIN) return
  yield {
    ...{ name: 'coin-price', ...where, value: usdPerBtc },
    message: `${Math.round(usdPerBtc)} USD for a bitcoin is far from the ${Math.round(known.usdPerBtc)} USD of ${day}`,
  }
}

const btc = (sat: number) => (sat / SATS_PER_BTC).toFixed(8).replace(/\.?0+$/, '')
const sizeKey = ({ kind, pool }: FactOf<'payout' | 'earning'>) => `${kind}\n${pool.toLowerCase()}`

/** The median of what each pool pays and counts. */
function usualSizes(entries: readonly (Entry | NewEntry)[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number[]>()
  for (const { fact, corrects } of entries)
    if ((fact.kind === 'payout' || fact.kind === 'earning') && corrects === null) {
      const key = sizeKey(fact)
      const list = sizes.get(key)
      if (list === undefined) sizes.set(key, [fact.sat])
      else list.push(fact.sat)
    }
  return new Map(
    [...sizes]
      .filter(([, list]) => list.length >= LEAST_USUAL)
      .map(([key, list]) => [key, list.sort((a, b) => a - b)[Math.floor(list.length / 2)]!]),
  )
}

/** Days without an entry between the first and the last of each pool or meter, at most some of them. */
export function missingDays(
  entries: readonly NewEntry[],
): readonly { readonly of: string; readonly days: readonly string[] }[] {
  const seen = new Map<string, Set<number>>()
  for (const { fact } of entries) {
    if (fact.kind !== 'earning' && fact.kind !== 'meter') continue
    const of = fact.kind === 'earning' ? fact.pool : fact.meter
    let days = seen.get(of)
    if (days === undefined) seen.set(of, (days = new Set()))
    const { from, to } = fact.kind === 'earning' ? { from: fact.day, to: fact.day } : fact.days
    for (let day = dayNumber(from); day <= dayNumber(to); day++) days.add(day)
  }
  return [...seen].flatMap(([of, have]) => {
    const sorted = [...have].sort((a, b) => a - b)
    const days: string[] = []
    for (let day = sorted[0]!; day <= sorted.at(-1)!; day++)
      if (!have.has(day)) days.push(new Date(day * 86_400_000).toISOString().slice(0, 10))
    return days.length === 0 ? [] : [{ of, days }]
  })
}
