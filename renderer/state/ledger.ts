import { create } from 'zustand'
import type { Month } from '#shared/domain/money/ledger/entry.ts'
import type { MonthHead } from '#shared/domain/money/ledger/ledger-months.ts'
import type { LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { LedgerPools } from '#shared/ipc/schemas/ledger.ts'
import { api, settle } from '../lib/api.ts'
import { keepRead } from './keep-read.ts'
import { useStore } from './store.ts'
import type { WindowState } from './store.ts'

/** The page of a month, or the list of entries. */
type LedgerPart = 'month' | 'entries'

/** What the place Ledger knows of the books. It is a store of its own, because the window starts without it. */
type LedgerState = {
  /** oldest first; null until they are read */
  readonly months: readonly MonthHead[] | null
  /** that is looked at; null where there is none */
  readonly month: Month | null
  /** a month as it stands; of another one until that which is looked at has been read */
  readonly shown: LedgerMonth | null
  readonly pools: LedgerPools | null
  /** why something could not be read, in words */
  readonly fault: string | null
  /** the books are being read, and it takes long enough that it is said */
  readonly isLate: boolean
  readonly part: LedgerPart
  /** rises with every change of the books */
  readonly changes: number
}

export const useLedger = create<LedgerState>()(() => ({
  ...{ months: null, month: null, shown: null, pools: null, fault: null },
  ...{ isLate: false, part: 'month', changes: 0 },
}))

export const showLedgerPart = (part: LedgerPart): void => useLedger.setState({ part })

export const showLedgerMonth = (month: Month): void => useLedger.setState({ month })

/** The month that one comes for: the newest that is over, else the newest. */
function usualMonth(months: readonly MonthHead[]): Month | null {
  return (months.findLast(({ closable }) => closable !== 'not over') ?? months.at(-1))?.month ?? null
}

/**
 * @param isSameBooks the months are those that are known: only what is held against them, or the month that is looked at, has changed
 * @returns the month that is to be shown; where something could not be read that which was looked at
 */
async function readLedger(isSameBooks: boolean): Promise<Month | null> {
  const { month: before, months: known } = useLedger.getState()
  const tellFault = (fault: string) => {
    useLedger.setState({ fault })
    return before
  }
  const [months, pools] = await Promise.all([
    isSameBooks && known !== null ? ({ ok: true, value: known } as const) : settle(api.ledger.months({})),
    settle(api.ledger.pools({})),
  ])
  if (!months.ok) return tellFault(months.error.message)
  if (!pools.ok) return tellFault(pools.error.message)
  const isThere = months.value.some(({ month }) => month === before)
  const month = isThere ? before : usualMonth(months.value)
  const shown = month === null ? null : await settle(api.ledger.month({ month }))
  if (shown?.ok === false) return tellFault(shown.error.message)
  // Another month may have been chosen meanwhile: it is read next.
  const chosen = useLedger.getState().month
  useLedger.setState({
    ...{ months: months.value, pools: pools.value, shown: shown?.value ?? null, fault: null },
    month: chosen === before ? month : chosen,
  })
  return month
}

/** A reading that is shorter is not told. */
const SHORT_MS = 300

/** What the page of a month rests on: the books, and what they are held against. */
const beneath = ({ pastStatus, fleet, settings, backupsSeen }: WindowState) => {
  const { changes, month } = useLedger.getState()
  // Which months are over moves with the day.
  const today = Math.floor(Date.now() / MS_PER_DAY)
  return [
    ...[changes, backupsSeen, today],
    ...[month, pastStatus?.revision, fleet?.revision, settings?.networkOrder],
  ] as const
}
/** The first of {@link beneath}: with these the list of months stays what it is. */
const BOOKS = 3

/**
 * Keeps the books as what is stored is, whoever has changed it.
 * @returns ends it
 */
export function followLedger(): () => void {
  void useStore.getState().readPastStatus()
  return keepRead(
    () => beneath(useStore.getState()),
    // The month that is shown first is found while reading.
    async (now, before) => {
      const isSameBooks = now.slice(0, BOOKS).every((part, i) => part === before[i])
      const timer = setTimeout(() => useLedger.setState({ isLate: true }), SHORT_MS)
      const month = await readLedger(isSameBooks)
      clearTimeout(timer)
      useLedger.setState({ isLate: false })
      return now.with(BOOKS, month)
    },
    (look) => [
      useStore.subscribe(look),
      useLedger.subscribe(look),
      api.on['ledger.changed'](() => useLedger.setState(({ changes }) => ({ changes: changes + 1 }))),
    ],
  )
}
