import type { Amount, Books, Entry } from '#shared/domain/money/ledger/entry.ts'
import { ROW_KINDS } from '#shared/domain/money/ledger/file-kinds.ts'
import { standingOf } from '#shared/domain/money/ledger/standing.ts'
import { writeCellText } from '../cell-text.ts'
import type { LedgerField } from './fields.ts'

/** The columns of a file of entries as the program writes it, with the unit that its heading says. */
const COLUMNS = {
  ...{ kind: 'kind', day: 'day', from: 'from', to: 'to', month: 'month', pool: 'pool', payee: 'payee' },
  ...{ payer: 'payer', meter: 'meter', venue: 'venue', coins: 'coins (sat)', coin_fee: 'coin_fee (sat)' },
  ...{ hashrate: 'hashrate (PH/s)', price: 'price (USD/BTC)', price_source: 'price_source' },
  ...{ energy: 'energy (Wh)', money: 'money', money_fee: 'money_fee', currency: 'currency' },
  ...{ rate: 'rate (USD per unit)', rate_day: 'rate_day', rate_source: 'rate_source', part: 'part' },
  ...{ category: 'category', programme: 'programme', what: 'what', salvage: 'salvage (USD)' },
  ...{ life: 'life (days)', difficulty: 'difficulty', reward: 'reward (BTC)', uptime: 'uptime (fraction)' },
  ...{ tariff: 'tariff (USD/kWh)', power: 'power (kW)', site: 'site', zone: 'zone' },
  ...{ reference: 'reference', note: 'note' },
} as const satisfies Readonly<Partial<Record<LedgerField, string>>>
type Column = keyof typeof COLUMNS
type Cells = Readonly<Partial<Record<Column, string | number | null>>>

/** Entries as a file that reads back as the same ones, and how many it cannot hold. */
type WrittenEntries = {
  readonly text: string
  readonly entries: number
  /** corrections, recorded plans, and sales whose fee is in another currency than their proceeds */
  readonly leftOut: number
}

/**
 * What counts in the books as a table: UTF-8, commas, decimal points, LF. What is voided is no entry any more; a correction names the
 * entry of these books that it changes, and so is left out.
 */
export function writeEntries({ entries }: Pick<Books, 'entries'>): WrittenEntries {
  const { counting } = standingOf(entries)
  const lines = [Object.values(COLUMNS).join(',')]
  for (const entry of counting) {
    const cells = entry.corrects === null ? cellsOf(entry) : null
    if (cells === null) continue
    lines.push(
      (Object.keys(COLUMNS) as Column[])
        .map((column) => {
          const cell = cells[column] ?? ''
          return typeof cell === 'number' ? String(cell) : writeCellText(cell)
        })
        .join(','),
    )
  }
  const written = lines.length - 1
  return { text: `${lines.join('\n')}\n`, entries: written, leftOut: counting.length - written }
}

/** null: a row cannot say it */
function cellsOf({ fact, site, zone, reference, note }: Entry): Cells | null {
  const kind = ROW_KINDS.find((each) => each === fact.kind)
  if (kind === undefined) return null
  const about: Cells = { kind, site, zone, reference, note }
  switch (fact.kind) {
    case 'payout':
    case 'earning':
      return {
        ...about,
        ...{ day: fact.day, pool: fact.pool, coins: fact.sat, coin_fee: fact.feeSat },
        hashrate: fact.kind === 'earning' ? fact.hashratePhs : null,
        ...{ price: fact.price.usdPerBtc, price_source: fact.price.source },
      }
    case 'bill': {
      const { payee, part, wh } = fact
      return { ...about, ...fact.days, payee, part, energy: wh, ...money(fact.amount) }
    }
    case 'meter':
      return { ...about, ...fact.days, meter: fact.meter, energy: fact.wh }
    case 'credit':
      return {
        ...{ ...about, ...fact.days, payer: fact.payer, programme: fact.programme },
        ...money(fact.amount),
      }
    case 'sale': {
      const { fee, proceeds } = fact
      const isOther =
        fee !== null &&
        (fee.currency !== proceeds.currency || fee.rate?.usdPerUnit !== proceeds.rate?.usdPerUnit)
      if (isOther) return null
      const fees = { money_fee: fee === null ? null : unitsOf(fee) }
      return { ...about, day: fact.day, venue: fact.venue, coins: fact.sat, ...money(proceeds), ...fees }
    }
    case 'cost':
      return {
        ...{ ...about, ...fact.days, payee: fact.payee, category: fact.category },
        ...money(fact.amount),
      }
    case 'purchase':
      return {
        ...{ ...about, day: fact.day, payee: fact.payee, what: fact.what, ...money(fact.amount) },
        ...{ salvage: (fact.salvageUsdCents / 100).toFixed(2), life: fact.lifeDays },
      }
    case 'opening':
      return {
        ...{ ...about, day: fact.day, coins: fact.sat },
        ...{ money: (fact.costUsdCents / 100).toFixed(2), currency: 'USD' },
      }
    case 'budget':
      return {
        ...{ ...about, month: fact.month, price: fact.priceUsdPerBtc, difficulty: fact.difficulty },
        ...{ reward: fact.rewardBtcPerBlock, uptime: fact.uptime, tariff: fact.tariffUsdPerKwh },
        ...{ hashrate: fact.hashratePhs, power: fact.powerKw },
      }
    case 'plan':
    case 'void':
    case 'close':
    case 'reopen':
      return null
  }
}

const unitsOf = ({ hundredths }: Amount): string => (hundredths / 100).toFixed(2)

const money = (amount: Amount): Cells => ({
  ...{ money: unitsOf(amount), currency: amount.currency, rate: amount.rate?.usdPerUnit ?? null },
  ...{ rate_day: amount.rate?.day ?? null, rate_source: amount.rate?.source ?? null },
})
