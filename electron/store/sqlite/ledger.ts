import type { Database } from 'better-sqlite3'
import type { FleetView } from '#shared/ipc/schemas/fleet.ts'
import type { Past } from '#shared/ipc/schemas/past.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { admit } from '#shared/domain/money/ledger/admit.ts'
import { dayAfter, firstDay, lastDay } from '#shared/domain/money/ledger/calendar.ts'
import { dailyNetwork } from '#shared/domain/money/ledger/daily-network.ts'
import type {
  Books,
  Costing,
  DatedRate,
  Entry,
  FactOf,
  Month,
  NewEntry,
  PoolTerms,
  Since,
} from '#shared/domain/money/ledger/entry.ts'
import { nameKey } from '#shared/domain/money/ledger/identity.ts'
import { ledgerMonth } from '#shared/domain/money/ledger/ledger-month.ts'
import {
  closedMonthsChanged,
  firstOpenMonth,
  ledgerMonths,
} from '#shared/domain/money/ledger/ledger-months.ts'
import type { MonthHead } from '#shared/domain/money/ledger/ledger-months.ts'
import { monthText } from '#shared/domain/money/ledger/month-text.ts'
import type { AdmitFault, Place } from '#shared/domain/money/ledger/faults.ts'
import type { LedgerEvidence, LedgerMonth } from '#shared/domain/money/ledger/month.ts'
import { plansOfCase } from '#shared/domain/money/ledger/plans-of-case.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import type { ForeignCurrency, RateRow } from '#shared/domain/power/currency.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { monthWords } from '#shared/format/ledger-month-words.ts'
import { entryFaultWords, placeWords } from '#shared/format/ledger-words.ts'
import { sinceWords } from '#shared/format/ledger-month-words.ts'
import { isoDay } from '#shared/format/times.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type {
  LedgerAdded,
  LedgerFault,
  LedgerPage,
  LedgerPools,
  LedgerRate,
} from '#shared/ipc/schemas/ledger.ts'
import { sha256 } from '#electron/files/sealed/sha256.ts'
import type { LedgerFilter, LedgerMoment } from '../port.ts'
import { ledgerPage } from './ledger-page.ts'
import { createLedgerRows } from './repositories/ledger.ts'

/** What the books are held against, read from the same database. */
export type LedgerWorld = {
  readonly readFleet: () => Pick<FleetView, 'revision' | 'machines' | 'sites'>
  readonly fleetRevision: () => number
  readonly siteNames: () => readonly string[]
  /** contracts with all that prices them */
  readonly readInputs: () => Promise<CaseInputs>
  /** of sites with a contract */
  readonly zones: () => Promise<ReadonlyMap<string, string>>
  readonly past: {
    revision(): number
    read(order: readonly string[], nowMs: number): Past
  }
  readonly rates: { history(currency: ForeignCurrency): readonly RateRow[] }
}

/** The books of a database: what is computed from them, and every change of them. Loaded when it is first asked for. */
export type Ledger = ReturnType<typeof createLedger>

const hashOf = (text: string) => sha256(Buffer.from(text, 'utf8'))

export function createLedger(db: Database, world: LedgerWorld, rows = createLedgerRows(db)) {
  const plans = kept<LedgerEvidence['plansNow']>()
  const past = kept<Past['series']>()

  /** Stored rates of a currency, of each day the one that was stored first. */
  function ratesIn(currency: ForeignCurrency): readonly DatedRate[] {
    const byDay = new Map<string, DatedRate>()
    for (const { usdPerUnit, asOfMs, source } of world.rates.history(currency)) {
      const day = isoDay(asOfMs)
      if (!byDay.has(day)) byDay.set(day, { usdPerUnit, day, source })
    }
    return [...byDay.values()]
  }

  /** Of the fleet of now; what contracts make of a kWh moves with the day and with the rates of their currencies. */
  async function plansOn(today: number): Promise<LedgerEvidence['plansNow']> {
    const inputs = await world.readInputs()
    return plans(JSON.stringify([world.fleetRevision(), today, inputs.rates]), () => {
      const { machines, sites } = world.readFleet()
      return plansOfCase({ machines, sites }, inputs, today * MS_PER_DAY)
    })
  }
  async function evidenceOf(month: Month, { order, nowMs }: LedgerMoment): Promise<LedgerEvidence> {
    const today = Math.floor(nowMs / MS_PER_DAY)
    const plansNow = await plansOn(today)
    const series = past(
      JSON.stringify([world.past.revision(), order, today]),
      () => world.past.read(order, nowMs).series,
    )
    // From the day before: on the first of a month that is the last full one, at whose price coins are shown.
    const from = dayAfter(firstDay(month), -1)
    const network = series.dates.length === 0 ? null : dailyNetwork(series, from, lastDay(month))
    return { network, plansNow, nowMs }
  }
  /** Entries keep the name that their site had, so that names of before are as good as those of now. */
  const admitted = (books: Books, given: readonly NewEntry[], nowMs: number) =>
    admit(books, given, { sites: sitesOf(books, world.siteNames()), nowMs })

  function addOrRefuse(given: readonly NewEntry[], nowMs: number, books: Books): void {
    const [first] = admitted(books, given, nowMs).faults
    if (first !== undefined) {
      const { fault } = first
      const isGone = fault.what === 'void' && fault.why === 'unknown'
      throw new StrikelineError(isGone ? 'not-found' : 'bad-input', entryFaultWords(fault))
    }
    rows.add(given, nowMs)
  }
  /**
   * @param change what the books are with other terms, and how that is written; nothing of it happens under a closed month
   * @param wayOut what can be done where it would
   */
  function changeTerms(
    change: (books: Books) => { readonly after: Books; readonly write: () => void },
    wayOut: (books: Books) => string = () => 'Reopen it first',
  ): void {
    rows.change((books) => {
      const { after, write } = change(books)
      const [month] = closedMonthsChanged(books, after)
      if (month !== undefined)
        throw new StrikelineError(
          'bad-input',
          `Figures or theory of ${monthWords(month)} would be others, and it is closed. ${wayOut(books)}. Nothing was changed.`,
        )
      write()
    })
  }
  /** Terms of this pool that begin in this month give way, to others or to none. */
  function replacePool(
    books: Books,
    { name, from }: Pick<PoolTerms, 'name' | 'from'>,
    terms: readonly PoolTerms[],
  ) {
    const isMeant = (pool: PoolTerms) => nameKey(pool.name) === nameKey(name) && pool.from === from
    const before = books.pools.filter(isMeant)
    return {
      before,
      after: { ...books, pools: [...books.pools.filter((pool) => !isMeant(pool)), ...terms] },
      write() {
        for (const pool of before) rows.removePool(pool)
        for (const pool of terms) rows.putPool(pool)
      },
    }
  }

  return {
    books: (): Books => rows.read(),
    months: (nowMs: number): readonly MonthHead[] => ledgerMonths(rows.read(), nowMs),
    async month(month: Month, moment: LedgerMoment): Promise<LedgerMonth> {
      const evidence = await evidenceOf(month, moment)
      return ledgerMonth(rows.read(), month, evidence, hashOf)
    },
    entries: (filter: LedgerFilter): LedgerPage => ledgerPage(rows.read().entries, filter),
    pools(): LedgerPools {
      const books = rows.read()
      const { entries, pools, costing } = books
      const others = new Map<string, string>()
      for (const { fact } of entries) if ('pool' in fact) others.set(nameKey(fact.pool), fact.pool)
      for (const { name } of pools) others.delete(nameKey(name))
      return { pools, withoutTerms: [...others.values()].sort(), costing, openFrom: firstOpenMonth(books) }
    },
    rates: ratesIn,
    /** Of each day and currency the one that counts. */
    allRates: (): readonly LedgerRate[] =>
      FOREIGN_CURRENCIES.flatMap((currency) => ratesIn(currency).map((rate) => ({ currency, ...rate }))),
    /** Every pool that entries or terms name. */
    poolNames(): readonly string[] {
      const { entries, pools } = rows.read()
      const names = new Map(pools.map(({ name }) => [nameKey(name), name]))
      for (const { fact } of entries)
        if ('pool' in fact && !names.has(nameKey(fact.pool))) names.set(nameKey(fact.pool), fact.pool)
      return [...names.values()].sort()
    },
    /** What {@link add} would do. */
    weigh(given: readonly NewEntry[], nowMs: number) {
      const books = rows.read()
      const { taken, known, faults } = admitted(books, given, nowMs)
      return {
        ...{ taken, known: known.length },
        faults: inWords(faults, given),
      }
    },
    add: (given: readonly NewEntry[], nowMs: number): LedgerAdded =>
      rows.change((books) => {
        const { taken, known, faults } = admitted(books, given, nowMs)
        rows.refuseBeyond(taken.length)
        const added = taken.length === 0 ? { batch: null, keys: [] } : rows.add(taken, nowMs)
        return { ...added, known: known.length, faults: inWords(faults, given) }
      }),
    void: (of: FactOf<'void'>['of'], reason: string, nowMs: number): void =>
      rows.change((books) => addOrRefuse([ofTheBooks({ kind: 'void', of, reason })], nowMs, books)),
    async close(month: Month, moment: LedgerMoment) {
      const zones = await world.zones()
      const evidence = await evidenceOf(month, moment)
      return rows.change((books) => {
        const plans = ledgerMonth(books, month, evidence, hashOf)
          .plans.filter(({ isRecorded }) => !isRecorded)
          .map(({ site, plan }) => ofTheBooks(plan, site, zones.get(site) ?? 'UTC'))
        const hash = hashOf(monthText(withAdded(books, plans, moment.nowMs), month))
        const close = ofTheBooks({ kind: 'close', month, hash, costing: books.costing })
        addOrRefuse([...plans, close], moment.nowMs, books)
        return { hash, plans: plans.length }
      })
    },
    reopen: (month: Month, reason: string, nowMs: number): void =>
      rows.change((books) => addOrRefuse([ofTheBooks({ kind: 'reopen', month, reason })], nowMs, books)),
    putPool: (terms: PoolTerms): void =>
      changeTerms(
        (books) => {
          // Terms keep the name that a site had before.
          const named = books.pools.flatMap(({ sites }) => sites)
          const known = new Set([...sitesOf(books, world.siteNames()), ...named].map(nameKey))
          const unknown = terms.sites.filter((site) => !known.has(nameKey(site)))
          if (unknown.length > 0)
            throw new StrikelineError('bad-input', `There is no site ${unknown.join(', ')}.`, 'sites')
          // All its terms are of one pool, whose accounts have one name.
          const other = books.pools.find(
            ({ name, from }) => nameKey(name) === nameKey(terms.name) && from !== terms.from,
          )
          return replacePool(books, terms, [{ ...terms, name: other?.name ?? terms.name }])
        },
        (books) => `Reopen it, or let the terms hold from ${monthWords(firstOpenMonth(books))}`,
      ),
    removePool: (name: string, from: Since): void =>
      changeTerms((books) => {
        const removed = replacePool(books, { name, from }, [])
        if (removed.before.length === 0)
          throw new StrikelineError('not-found', `No terms ${sinceWords(from)} are stored of a pool ${name}.`)
        return removed
      }),
    setCosting: (costing: Costing): void =>
      changeTerms((books) => ({ after: { ...books, costing }, write: () => rows.setCosting(costing) })),
  }
}

function ofTheBooks(fact: NewEntry['fact'], site = '', zone = 'UTC'): NewEntry {
  return { fact, site, zone, reference: '', corrects: null, note: '', origin: null }
}

const inWords = (faults: readonly AdmitFault[], given: readonly NewEntry[]): readonly LedgerFault[] =>
  faults.map(({ at, fault }) => ({
    ...{ at, fault },
    message: entryFaultWords(fault, (place) => whereIs(place, given)),
  }))

/** By its line where it came with a file. */
function whereIs(place: Place, given: readonly NewEntry[]): string {
  const origin = 'at' in place ? given[place.at]?.origin : null
  return origin ? `line ${origin.line}` : placeWords(place)
}

/** As they will be: keys and batch of what is added do not matter to a month's text. */
function withAdded(books: Books, added: readonly NewEntry[], recordedMs: number): Books {
  const last = books.entries.at(-1)
  const entries = added.map((entry, i): Entry => ({
    ...entry,
    ...{ key: (last?.key ?? 0) + 1 + i, batch: (last?.batch ?? 0) + 1, recordedMs },
  }))
  return { ...books, entries: [...books.entries, ...entries] }
}

function sitesOf(books: Books, now: readonly string[]): readonly string[] {
  const names = new Set(now)
  for (const { site } of books.entries) if (site !== '') names.add(site)
  return [...names]
}

/** The last answer, as long as the key is the same. */
function kept<T>() {
  let last: { readonly key: string; readonly value: T } | null = null
  return (key: string, make: () => T): T => {
    if (last?.key !== key) last = { key, value: make() }
    return last.value
  }
}
