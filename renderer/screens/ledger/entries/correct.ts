import { SATS_PER_BTC, CENTS_PER_USD, WH_PER_KWH } from '#shared/domain/units.ts'
import type { CorrectedKind } from '#shared/domain/money/ledger/counted.ts'
import type { Amount, Days, Fact, FactOf } from '#shared/domain/money/ledger/entry.ts'
import { typedText } from '#shared/format/typed-text.ts'
import type { FieldName } from './entry-fields.ts'
import { fieldOf, FIELDS_OF, moneyField } from './entry-fields.ts'

/** A correction is typed as the figures that are right, and stored as what they differ by. */

export type CorrectedFact = FactOf<CorrectedKind>

const FIGURES = [
  'sat',
  'feeSat',
  'wh',
  'amount',
  'proceeds',
  'fee',
  'costUsdCents',
  'salvageUsdCents',
  'lifeDays',
] as const

type Figure = number | Amount | null

/** Noise of a difference of two numbers that were read from text. */
const NOISE = 1e-9

function added(a: Figure, b: Figure, sign: 1 | -1): Figure {
  if (typeof a === 'object' && typeof b === 'object') {
    const either = a ?? b
    if (either === null) return null
    const hundredths = (a?.hundredths ?? 0) + sign * (b?.hundredths ?? 0)
    const usdCents = (a?.usdCents ?? 0) + sign * (b?.usdCents ?? 0)
    // The same money is worth the same, whatever its rate was rounded to.
    return { ...either, hundredths, usdCents: sign === -1 && hundredths === 0 ? 0 : usdCents }
  }
  const sum = ((a as number | null) ?? 0) + sign * ((b as number | null) ?? 0)
  return Math.abs(sum) < NOISE ? 0 : sum
}

const figuresOf = (fact: Fact): Readonly<Record<string, Figure>> =>
  Object.fromEntries(
    FIGURES.flatMap((name) =>
      name in fact ? [[name, (fact as unknown as Record<string, Figure>)[name]!]] : [],
    ),
  )

function combined<F extends Fact>(a: F, b: Fact, sign: 1 | -1): F {
  const [ours, theirs] = [figuresOf(a), figuresOf(b)]
  const sums = Object.entries(ours).map(([name, figure]) => [name, added(figure, theirs[name] ?? null, sign)])
  return { ...a, ...(Object.fromEntries(sums) as Partial<F>) }
}

/** A fact with its corrections. */
export const corrected = <F extends Fact>(fact: F, corrections: readonly Fact[]): F =>
  corrections.reduce<F>((sum, each) => combined(sum, each, 1), fact)

/** What is to be added to the figures so that they are right; null: nothing. */
export function differenceTo<F extends Fact>(right: F, before: Fact): F | null {
  const difference = combined(right, before, -1)
  const isNothing = (figure: Figure) =>
    figure === null ||
    figure === 0 ||
    (typeof figure === 'object' && figure.hundredths === 0 && figure.usdCents === 0)
  return Object.values(figuresOf(difference)).every(isNothing) ? null : difference
}

/** The same, counted on other days. */
export function datedAt<F extends Fact>(fact: F, { from, to }: Days): F {
  if ('days' in fact) return { ...fact, days: { from, to } }
  return 'day' in fact ? { ...fact, day: from } : fact
}

/**
 * Fields in which a correction is typed: price, rate and whom it is of stay those of the entry. A hashrate is no sum: an entry with a
 * wrong one is made void and entered anew.
 */
export const figureFields = (kind: CorrectedKind): readonly FieldName[] =>
  FIELDS_OF[kind].filter((name) => {
    const { type } = fieldOf(name)
    return (
      type === 'money' || (type === 'number' && name !== 'price' && name !== 'rate' && name !== 'hashrate')
    )
  })

/** What a fact says, as it is typed; price and rate stay empty. */
export function textsOf(fact: CorrectedFact): Readonly<Partial<Record<FieldName, string>>> {
  const typed = (name: FieldName, value: number | null) => {
    const field = fieldOf(name)
    return value === null || field.type !== 'number' ? '' : typedText(value, field.read)
  }
  const money = ({ currency, hundredths }: Amount) => typedText(hundredths / 100, moneyField(currency))
  const moneyTexts = (amount: Amount) => ({
    amount: money(amount),
    currency: amount.currency,
  })
  switch (fact.kind) {
    case 'payout':
    case 'earning':
      return {
        ...{ pool: fact.pool, day: fact.day, sat: typed('sat', fact.sat / SATS_PER_BTC) },
        feeSat: typed('feeSat', fact.feeSat === null ? null : fact.feeSat / SATS_PER_BTC),
      }
    case 'bill':
      return {
        ...{ payee: fact.payee, ...fact.days, part: fact.part, ...moneyTexts(fact.amount) },
        billedWh: typed('billedWh', fact.wh === null ? null : fact.wh / WH_PER_KWH),
      }
    case 'meter':
      return { meter: fact.meter, ...fact.days, wh: typed('wh', fact.wh / WH_PER_KWH) }
    case 'credit':
      return { payer: fact.payer, programme: fact.programme, ...fact.days, ...moneyTexts(fact.amount) }
    case 'sale':
      return {
        ...{ venue: fact.venue, day: fact.day, sat: typed('sat', fact.sat / SATS_PER_BTC) },
        ...{ proceeds: money(fact.proceeds), saleFee: fact.fee === null ? '' : money(fact.fee) },
        ...{ currency: fact.proceeds.currency },
      }
    case 'cost':
      return { payee: fact.payee, category: fact.category, ...fact.days, ...moneyTexts(fact.amount) }
    case 'purchase':
      return {
        ...{ payee: fact.payee, what: fact.what, day: fact.day, ...moneyTexts(fact.amount) },
        ...{
          salvage: typed('salvage', fact.salvageUsdCents / CENTS_PER_USD),
          life: typed('life', fact.lifeDays),
        },
      }
    case 'opening':
      return {
        day: fact.day,
        sat: typed('sat', fact.sat / SATS_PER_BTC),
        cost: typed('cost', fact.costUsdCents / CENTS_PER_USD),
      }
  }
}
