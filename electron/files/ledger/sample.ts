import { SATS_PER_BTC } from '#shared/domain/units.ts'
import type { Amount, NewEntry } from '#shared/domain/money/ledger/entry.ts'
import type { LedgerFileKind } from '#shared/domain/money/ledger/file-kinds.ts'

/** Entries as rows of a table, so that whoever books them sees how the file was understood: plain figures, the unit in the heading. */

const btc = (sat: number | null): string => (sat === null ? '' : (sat / SATS_PER_BTC).toFixed(8))
const dollars = (cents: number): string => (cents / 100).toFixed(2)
const money = (amount: Amount | null): string =>
  amount === null ? '' : `${dollars(amount.hundredths)} ${amount.currency}`
const kwh = (wh: number | null): string => (wh === null ? '' : String(wh / 1000))
const plain = (value: number | null): string => (value === null ? '' : String(Number(value.toPrecision(8))))

type Cells = Readonly<Record<string, string>>

function cellsOf({ fact, site, zone, reference, note, origin }: NewEntry): Cells {
  const about = { Row: String(origin?.line ?? ''), ...factCells(fact) }
  return { ...about, Site: site, Zone: zone, Reference: reference, Note: note }
}

function factCells(fact: NewEntry['fact']): Cells {
  const period = (days: { readonly from: string; readonly to: string }) => ({
    'First day': days.from,
    'Last day': days.to,
  })
  const usd = (amount: Amount) => ({ Amount: money(amount), USD: dollars(amount.usdCents) })
  switch (fact.kind) {
    case 'payout':
    case 'earning':
      return {
        ...{ Day: fact.day, Pool: fact.pool, BTC: btc(fact.sat), 'Fee, BTC': btc(fact.feeSat) },
        ...(fact.kind === 'earning' ? { 'PH/s': plain(fact.hashratePhs) } : {}),
        ...{ 'USD/BTC': plain(fact.price.usdPerBtc), 'Price from': fact.price.source },
      }
    case 'bill':
      return {
        ...period(fact.days),
        Payee: fact.payee,
        kWh: kwh(fact.wh),
        ...usd(fact.amount),
        Part: fact.part,
      }
    case 'meter':
      return { ...period(fact.days), Meter: fact.meter, kWh: kwh(fact.wh) }
    case 'credit':
      return { ...period(fact.days), Payer: fact.payer, Programme: fact.programme, ...usd(fact.amount) }
    case 'sale':
      return {
        ...{ Day: fact.day, Venue: fact.venue, BTC: btc(fact.sat), ...usd(fact.proceeds) },
        Fee: money(fact.fee),
      }
    case 'cost':
      return { ...period(fact.days), Payee: fact.payee, Category: fact.category, ...usd(fact.amount) }
    case 'purchase':
      return {
        ...{ Day: fact.day, Payee: fact.payee, What: fact.what, ...usd(fact.amount) },
        ...{ 'Salvage, USD': dollars(fact.salvageUsdCents), 'Life, days': String(fact.lifeDays) },
      }
    case 'opening':
      return { Day: fact.day, BTC: btc(fact.sat), 'Cost, USD': dollars(fact.costUsdCents) }
    case 'budget':
      return {
        ...{ Month: fact.month, 'USD/BTC': plain(fact.priceUsdPerBtc), Difficulty: plain(fact.difficulty) },
        ...{ 'BTC per block': plain(fact.rewardBtcPerBlock), 'Uptime, %': plain(fact.uptime * 100) },
        ...{
          'USD/kWh': plain(fact.tariffUsdPerKwh),
          'PH/s': plain(fact.hashratePhs),
          kW: plain(fact.powerKw),
        },
      }
    case 'plan':
    case 'void':
    case 'close':
    case 'reopen':
      return {}
  }
}

/** Columns that have nothing in any row are left out. */
export function sampleOf(
  entries: readonly NewEntry[],
  kind: LedgerFileKind,
  longest: number,
): { readonly columns: string[]; readonly sample: string[][] } {
  const rows = entries.map((entry) => ({
    ...(kind === 'entries' ? { Kind: entry.fact.kind } : {}),
    ...cellsOf(entry),
  })) as Cells[]
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns = names.filter((name) => rows.some((row) => (row[name] ?? '') !== ''))
  return { columns, sample: rows.map((row) => columns.map((name) => (row[name] ?? '').slice(0, longest))) }
}
