import type { NewEntry } from '#shared/domain/money/ledger/entry.ts'
import type { EntryFault } from '#shared/domain/money/ledger/faults.ts'
import type { RowFault } from '../row-faults.ts'
import { headingFor } from './read-ledger.ts'
import type { LedgerField } from './fields.ts'
import type { LedgerFile } from './options.ts'

/** What the books say against an entry of a file, with row and column. */
export function bookFault(
  file: Pick<LedgerFile, 'columns' | 'entries'>,
  at: number,
  fault: EntryFault,
  message: string,
): RowFault {
  const entry = file.entries[at]!
  const column = columnsOf(fault, entry)
    .map((field) => headingFor(file, field))
    .find((heading) => heading !== '')
  const to = fault.what === 'overlap' ? headingFor(file, 'to') : ''
  return {
    ...{ row: entry.origin!.line, column: column ?? '', message },
    ...(to === ''
      ? {}
      : { remedy: ` Where the last day is not part of the period, --map '${to}=to:excluded'` }),
  }
}

/** Fields of a fact as columns of a file. */
const COLUMN_OF: Readonly<Partial<Record<string, LedgerField>>> = {
  ...{ day: 'day', from: 'from', to: 'to', month: 'month', site: 'site', zone: 'zone' },
  ...{ reference: 'reference', note: 'note', what: 'what', programme: 'programme' },
  ...{ sat: 'coins', feeSat: 'coin_fee', hashratePhs: 'hashrate', wh: 'energy', fee: 'money_fee' },
  ...{ amount: 'money', proceeds: 'money', costUsdCents: 'money', salvageUsdCents: 'salvage' },
  ...{
    lifeDays: 'life',
    price: 'price',
    source: 'price_source',
    priceUsdPerBtc: 'price',
    difficulty: 'difficulty',
  },
  ...{ rewardBtcPerBlock: 'reward', uptime: 'uptime', tariffUsdPerKwh: 'tariff', powerKw: 'power' },
}

/** The first of these that the file has. */
function columnsOf(fault: EntryFault, { fact }: NewEntry): readonly LedgerField[] {
  const period: readonly LedgerField[] = 'days' in fact ? ['to', 'from', 'month', 'day'] : ['day', 'month']
  switch (fault.what) {
    case 'site':
      return ['site']
    case 'zone':
      return ['zone']
    case 'sold':
      return ['coins']
    case 'salvage':
      return ['salvage']
    case 'closed':
    case 'future':
    case 'overlap':
    case 'period':
      return period
    case 'text':
      return fault.field === 'payee'
        ? ['pool', 'payee', 'payer', 'venue', 'meter']
        : [COLUMN_OF[fault.field] ?? 'reference']
    case 'day':
    case 'number':
    case 'most':
    case 'money': {
      const field = COLUMN_OF[fault.field]
      return field === undefined ? [] : [field, ...(field === 'day' ? period : [])]
    }
    case 'twice':
    case 'conflict':
    case 'correction':
    case 'void':
    case 'close':
    case 'close before':
    case 'reopen':
      return []
  }
}
