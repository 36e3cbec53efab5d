import type { PayoutScheme, PoolTerms, Since } from '#shared/domain/money/ledger/entry.ts'
import { nameKey } from '#shared/domain/money/ledger/identity.ts'
import { sinceWords } from '#shared/format/ledger-month-words.ts'
import { typedText } from '#shared/format/typed-text.ts'
import { readTyped } from '#shared/format/typed.ts'
import type { TypedField } from '#shared/format/typed.ts'

/** Terms of a pool as they are typed, and what they say. */
export type PoolTexts = {
  readonly name: string
  /** YYYY-MM; empty: since ever */
  readonly from: string
  readonly scheme: PayoutScheme
  readonly fee: string
  readonly revenue: PoolTerms['revenue']
  /** empty: all */
  readonly sites: readonly string[]
  readonly hashrate: string
}
export type PoolFaults = Readonly<Partial<Record<'name' | 'from' | 'fee' | 'hashrate', string | undefined>>>

const FEE: TypedField = { unit: '%', scale: 0.01, usual: [0, 10], example: '2.5 or 2.5 %' }
const HASHRATE: TypedField = { unit: 'EH/s', usual: [0, 5000], example: '45 or 45 EH/s' }

/** Schemes in which blocks that the pool finds decide what is paid, so that its size says how far chance reaches. */
export const needsPoolHashrate = (scheme: PayoutScheme): boolean => scheme === 'pplns' || scheme === 'pps+'

export const poolTexts = (terms: PoolTerms): PoolTexts => ({
  ...{ name: terms.name, from: terms.from, scheme: terms.scheme, revenue: terms.revenue, sites: terms.sites },
  fee: typedText(terms.fee, FEE),
  hashrate: terms.poolHashrateEhs === null ? '' : typedText(terms.poolHashrateEhs, HASHRATE),
})

/** Its name, and when these terms of it begin where they do. */
export const termsName = ({ name, from }: PoolTerms): string =>
  from === '' ? name : `${name} ${sinceWords(from)}`

/** Of a pool that entries name, or of none. */
export const newPoolTexts = (name: string, from: Since): PoolTexts => ({
  ...{ name, from, scheme: 'fpps', fee: '', revenue: 'earned', sites: [], hashrate: '' },
})

/** @param others terms that are stored, without those that are changed */
export function poolFrom(
  texts: PoolTexts,
  others: readonly PoolTerms[],
):
  { readonly pool: PoolTerms; readonly faults: null } | { readonly pool: null; readonly faults: PoolFaults } {
  const faults: Partial<Record<keyof PoolFaults, string>> = {}
  const name = texts.name.trim()
  if (name === '') faults.name = 'Write the name as the pool’s entries have it.'
  const { from } = texts
  if (others.some((terms) => nameKey(terms.name) === nameKey(name) && terms.from === from))
    faults.from = `Its terms ${sinceWords(from)} are stored already: change those.`
  const fee = readTyped(texts.fee, FEE)
  if (fee.fault !== null) faults.fee = fee.fault
  else if (fee.value === null) faults.fee = `Type a value, like ${FEE.example}.`
  else if (fee.value < 0 || fee.value > 1) faults.fee = 'It must be from 0 to 100 %.'
  const hashrate = needsPoolHashrate(texts.scheme)
    ? readTyped(texts.hashrate, HASHRATE)
    : { value: null, fault: null }
  if (hashrate.fault !== null) faults.hashrate = hashrate.fault
  else if (hashrate.value !== null && hashrate.value <= 0) faults.hashrate = 'It must be above 0.'
  if (Object.keys(faults).length > 0) return { pool: null, faults }
  const { scheme, revenue, sites } = texts
  return {
    pool: { ...{ name, from, scheme, revenue, sites }, fee: fee.value!, poolHashrateEhs: hashrate.value },
    faults: null,
  }
}
