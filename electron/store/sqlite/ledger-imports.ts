import type { Database } from 'better-sqlite3'
import { dayNumber } from '#shared/domain/money/ledger/calendar.ts'
import type { CoinPrice, DatedRate, Day } from '#shared/domain/money/ledger/entry.ts'
import { nearestRate } from '#shared/domain/money/ledger/near-rate.ts'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { LedgerImportPreview } from '#shared/ipc/schemas/ledger-import.ts'
import { standingOf } from '#shared/domain/money/ledger/standing.ts'
import { bookFault } from '#electron/files/ledger/book-faults.ts'
import type { LedgerFile, LedgerSaid, LedgerWorld } from '#electron/files/ledger/options.ts'
import { previewOf } from '#electron/files/ledger/preview.ts'
import { readLedgerFile } from '#electron/files/ledger/read-ledger.ts'
import { linesOf, rememberedFrom } from '#electron/files/ledger/remembering.ts'
import { FAULTS_KEPT, refuseFaults, refuseQuestions } from '#electron/files/row-faults.ts'
import type { LedgerMoment } from '../port.ts'
import type { Ledger } from './ledger.ts'
import type { RememberedAnswers } from './repositories/remembered.ts'
import type { Task } from './task.ts'

export type LedgerImports = ReturnType<typeof createLedgerImports>

type Ports = {
  readonly db: Database
  readonly ledger: Ledger
  readonly remembered: RememberedAnswers
  readonly siteNames: () => readonly string[]
  readonly zones: () => Promise<ReadonlyMap<string, string>>
  readonly past: {
    readonly read: (order: readonly string[], nowMs: number) => { readonly series: DailySeries }
  }
}

/** A file between its preview and the books. One at a time. */
type Waiting = {
  readonly token: string
  readonly path: string
  readonly file: LedgerFile
  readonly known: number
}

export function createLedgerImports({ db, ledger, remembered, siteNames, zones, past }: Ports) {
  let waiting: Waiting | null = null

  async function worldNow({ order, nowMs }: LedgerMoment, isWhole: boolean): Promise<LedgerWorld> {
    const zoneOf = await zones()
    const { series } = past.read(order, nowMs)
    return {
      sites: siteNames().map((name) => ({ name, zone: zoneOf.get(name) ?? null })),
      priceOn: pricesOf(series),
      rateOn: ratesOf(ledger.rates),
      booked: standingOf(ledger.books().entries).counting,
      recall(headings) {
        const row = isWhole ? null : remembered.ledgerColumnsFor(headings)
        return row === null ? null : rememberedFrom(row.lines, row.decimalSign)
      },
      answersBefore: remembered.answersBefore('ledger'),
    }
  }

  async function wait(
    path: string,
    said: LedgerSaid,
    moment: LedgerMoment,
    task: Task,
    isWhole: boolean,
  ): Promise<LedgerImportPreview> {
    const world = await worldNow(moment, isWhole)
    const read = await readLedgerFile(path, said, world, task.step)
    const weighed = read.faultCount > 0 ? null : ledger.weigh(read.entries, moment.nowMs)
    const faults = (weighed?.faults ?? []).map(({ at, fault, message }) =>
      bookFault(read, at, fault, message),
    )
    const file: LedgerFile = {
      ...read,
      faults: [...read.faults, ...faults].slice(0, FAULTS_KEPT),
      faultCount: read.faultCount + faults.length,
    }
    waiting = { token: crypto.randomUUID(), path, file, known: weighed?.known ?? 0 }
    return previewOf(file, {
      token: waiting.token,
      taken: weighed?.taken ?? [],
      known: waiting.known,
      sites: world.sites.map(({ name }) => name),
      pools: ledger.poolNames(),
    })
  }

  function waitingAs(token: string): Waiting {
    if (waiting?.token !== token)
      throw new StrikelineError('not-found', 'This file is no longer open. Choose it again.')
    return waiting
  }

  return {
    preview(path: string, said: LedgerSaid, moment: LedgerMoment, task: Task): Promise<LedgerImportPreview> {
      waiting = null
      return wait(path, said, moment, task, false)
    },

    previewAgain: async (
      token: string,
      said: LedgerSaid,
      moment: LedgerMoment,
      task: Task,
    ): Promise<LedgerImportPreview> => wait(waitingAs(token).path, said, moment, task, true),

    forget(token: string, what: 'columns' | 'answers'): void {
      const { file } = waitingAs(token)
      if (what === 'columns') remembered.forgetColumns(file.headings, 'ledger')
      else remembered.forgetAnswers('ledger', file.answered)
    },

    confirm(
      token: string,
      accepted: readonly string[],
      nowMs: number,
    ): { readonly added: number; readonly known: number } {
      const { file } = waitingAs(token)
      const names = new Set(accepted)
      refuseFaults(file, file.fileName)
      refuseQuestions(file, file.fileName, names)
      const booked = db
        .transaction(() => {
          const { keys, known, faults } = ledger.add(file.entries, nowMs)
          const late = faults.map(({ at, fault, message }) => bookFault(file, at, fault, message))
          refuseFaults({ faults: late, faultCount: late.length, isList: false }, file.fileName)
          remembered.putLedgerColumns(file.headings, {
            lines: linesOf(file.said),
            decimalSign: file.said.decimalSign,
          })
          remembered.putAnswers(
            'ledger',
            file.asked.filter(({ name }) => names.has(name)),
          )
          return { added: keys.length, known }
        })
        .immediate()
      waiting = null
      return booked
    },

    discard(token: string): void {
      if (waiting?.token === token) waiting = null
    },
  }
}

/** The price of each day of a series. */
function pricesOf({ dates, priceUsd }: DailySeries): (day: Day) => CoinPrice | null {
  const first = dates[0]
  if (first === undefined) return () => null
  const from = dayNumber(first)
  return (day) => {
    const usdPerBtc = priceUsd[dayNumber(day) - from]
    return usdPerBtc === undefined || Number.isNaN(usdPerBtc) ? null : { usdPerBtc, source: 'daily history' }
  }
}

/** The stored rate nearest to a day, as it is looked up row by row. */
function ratesOf(ratesIn: Ports['ledger']['rates']): LedgerWorld['rateOn'] {
  const near = new Map<string, DatedRate | null>()
  return (currency, day) => {
    const key = `${currency} ${day}`
    let found = near.get(key)
    if (found === undefined) near.set(key, (found = nearestRate(ratesIn(currency), day)))
    return found
  }
}
