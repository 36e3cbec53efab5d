import type { LedgerLack, LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import { ledgerLackWords } from '#shared/format/ledger-lack-words.ts'
import { listed } from '#shared/format/ledger-month-words.ts'

/** Where it is mended. */
export type LackWay = 'fleet' | 'data' | 'import' | 'pools'

type SaidLack = {
  /** pools and sites of which it is said; '' for the company as a whole */
  readonly of: string
  readonly words: string
  readonly way: LackWay
}

const WAYS: Readonly<Record<LedgerLack['what'], LackWay>> = {
  ...{ plan: 'fleet', price: 'data', network: 'data', bill: 'import', meter: 'import', days: 'import' },
  ...{ 'pool terms': 'pools', 'pool hashrate': 'pools' },
}

/** What comes by itself, or cannot be there before the month is over. */
const COMES: ReadonlySet<LedgerLack['what']> = new Set(['price', 'network', 'days', 'bill', 'meter'])

/**
 * What a month lacks, each sentence once with all of whom it is said; of a running month what it will lack anyway, and of a pool that is
 * compared so far all that it lacks of these days.
 */
export function lacksOf({
  pools,
  energy,
  budgets,
  isOver,
}: Pick<LedgerMonth, 'pools' | 'energy' | 'budgets' | 'isOver'>): readonly SaidLack[] {
  const all = [
    ...pools.flatMap(({ pool, through, missing }) =>
      missing.map((lack) => ({ of: pool, lack, isDue: isOver || through !== null })),
    ),
    ...[...energy, ...budgets].flatMap(({ site, missing }) =>
      missing.map((lack) => ({ of: site, lack, isDue: isOver })),
    ),
  ]
  const said = new Map<string, { readonly names: Set<string>; readonly way: LackWay }>()
  for (const { of, lack, isDue } of all) {
    if (!isDue && COMES.has(lack.what)) continue
    const words = ledgerLackWords(lack)
    const one = said.get(words) ?? { names: new Set(), way: WAYS[lack.what] }
    if (of !== '') one.names.add(of)
    said.set(words, one)
  }
  return [...said].map(([words, { names, way }]) => ({ of: listed([...names]), words, way }))
}
