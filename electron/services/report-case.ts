import { daysPast, periodIn } from '#shared/domain/backtest/period.ts'
import type { Scenario } from '#shared/domain/ahead/scenario.ts'
import { isNothingTried } from '#shared/domain/ahead/scenario.ts'
import { recentHashprice } from '#shared/domain/signals/hashprice-history.ts'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { displayOf } from '#shared/format/display.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Past } from '#shared/ipc/schemas/past.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { sourceOrder } from '#shared/ipc/sources.ts'
import { AS_IT_IS } from '#shared/report/as-it-is.ts'
import type { Company, Finance, ReportCase, ReportLedger, ReportScenario } from '#shared/report/case.ts'
import { monthsTold, reportLedger } from '#shared/report/ledger-case.ts'
import type { PackTemplate } from '#shared/report/pack.ts'
import type { LedgerMoment, StoredPurchase } from '#electron/store/port.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { networkAsOf } from './network-as-of.ts'
import { scenarioNamed, storedScenarios } from './scenarios.ts'
import type { StoredScenarios } from './scenarios.ts'

/** What a report is to be made of. */
export type CaseRequest = {
  readonly template: PackTemplate
  /** the moment of which it speaks, unix ms; null: now */
  readonly asOfMs: number | null
  /** name of the stored scenario that comes first; null: as it is */
  readonly scenario: string | null
  /** null: as the settings say */
  readonly horizonDays?: number | null
}

export type CasePorts = {
  readonly store: Pick<
    Store,
    | 'readFleet'
    | 'readCase'
    | 'readSettings'
    | 'readDecisionLog'
    | 'readScenarios'
    | 'readLogo'
    | 'readPurchases'
    | 'readEpochStarts'
    | 'readLedgerMonths'
    | 'readLedgerMonth'
    | 'readLedgerBooks'
  >
  readonly network: { read(): Promise<NetworkState> }
  readonly past: { read(): Promise<Past> }
  readonly nowMs: () => number
  readonly version: string
}

/** The days before it whose decisions a report tells. */
const PERIOD_DAYS = 30
const MOST_DECISIONS = 500

/**
 * Reads all that a report is made from, as it is stored: what a window tries out is not in it.
 * @throws StrikelineError 'bad-input' where there is no such scenario, or no values of that day
 */
export async function gatherCase(ports: CasePorts, request: CaseRequest): Promise<ReportCase> {
  const { store, version } = ports
  const [fleet, inputs, known, past, settings, stored, logo, purchases] = await Promise.all([
    store.readFleet(),
    store.readCase(),
    ports.network.read(),
    ports.past.read(),
    store.readSettings(),
    storedScenarios(store),
    store.readLogo(),
    store.readPurchases(),
  ])
  const madeAtMs = ports.nowMs()
  const asOfMs = request.asOfMs ?? madeAtMs
  const period = { fromMs: asOfMs - PERIOD_DAYS * MS_PER_DAY, toMs: asOfMs }
  const recorded = await store.readDecisionLog(period, MOST_DECISIONS)
  const network = request.asOfMs === null ? known : networkAsOf(known, past, asOfMs)
  return {
    template: request.template,
    madeAtMs,
    asOfMs,
    version,
    fleet,
    inputs,
    network,
    recent: recentHashprice(network === known ? past.series : until(past.series, asOfMs)),
    horizonDays: request.horizonDays ?? settings.horizonDays,
    ...scenariosOf(stored, request.scenario),
    decisions: { ...period, recorded },
    ...(request.template.sections.includes('backtest')
      ? { backtest: await backtestDays(store, past, sourceOrder(settings.networkOrder), asOfMs) }
      : {}),
    ...(request.template.sections.includes('ledger')
      ? {
          ledger: await ledgerOf(store, past, period, {
            order: sourceOrder(settings.networkOrder),
            nowMs: madeAtMs,
          }),
        }
      : {}),
    finance: financeOf(settings, logo, purchases),
    currency: settings.currency,
    display: displayOf(settings),
  }
}

/** The year before a moment; null where no day is stored. */
async function backtestDays(
  store: Pick<Store, 'readEpochStarts'>,
  { series }: Pick<Past, 'series'>,
  order: readonly string[],
  asOfMs: number,
): Promise<NonNullable<ReportCase['backtest']> | null> {
  // The day that it is has not ended.
  const over = until(series, asOfMs - MS_PER_DAY)
  const period = periodIn(over, { fromDay: null, toDay: null })
  if (period === null) return null
  return { ...period, past: daysPast(over, await store.readEpochStarts(order, asOfMs), period) }
}

/** What the months of a period need of the books; null where nothing is booked of a month that is over. */
async function ledgerOf(
  store: Pick<Store, 'readLedgerMonths' | 'readLedgerMonth' | 'readLedgerBooks'>,
  { series }: Pick<Past, 'series'>,
  period: Pick<ReportCase['decisions'], 'fromMs' | 'toMs'>,
  moment: LedgerMoment,
): Promise<ReportLedger | null> {
  const told = monthsTold(await store.readLedgerMonths(moment.nowMs), period)
  if (told.length === 0) return null
  const months = await Promise.all(told.map((month) => store.readLedgerMonth(month, moment)))
  return reportLedger(await store.readLedgerBooks(), months, series)
}

/** The chosen one first. What is not there is not in the sealed text. */
function scenariosOf(
  stored: StoredScenarios,
  first: string | null,
): Pick<ReportCase, 'scenarios' | 'unreadableScenarios'> {
  const chosen = first === null ? null : scenarioNamed(stored, first)
  const told = ({ name, assumptions, tried }: Scenario): ReportScenario =>
    isNothingTried(tried) ? { name, assumptions } : { name, assumptions, tried }
  const others = stored.scenarios.filter((scenario) => scenario !== chosen).map(told)
  return {
    scenarios: [...(chosen === null ? [] : [told(chosen)]), AS_IT_IS, ...others],
    ...(stored.unreadable.length === 0 ? {} : { unreadableScenarios: stored.unreadable }),
  }
}

/** The days up to a moment. */
function until({ dates, ...columns }: DailySeries, asOfMs: number): DailySeries {
  const end = dates.findLastIndex((date) => Date.parse(date) <= asOfMs) + 1
  const cut = Object.entries(columns).map(([name, column]) => [name, column.subarray(0, end)])
  return { dates: dates.slice(0, end), ...(Object.fromEntries(cut) as typeof columns) }
}

/** What settings, logo and purchases say of it. */
function financeOf(settings: Settings, logo: Company['logo'], purchases: readonly StoredPurchase[]): Finance {
  const { treasuryBtc, treasuryShareHeld, treasuryMarkUsdPerBtc } = settings
  return {
    company: {
      name: settings.companyName,
      preparedBy: settings.preparedBy,
      reviewedBy: settings.reviewedBy,
      logo,
    },
    generalUsdPerDay: settings.generalUsdPerDay,
    demandResponseCreditsUsdPerDay: settings.demandResponseCreditsUsdPerDay,
    discountRatePerYear: settings.discountRatePerYear,
    treasury:
      treasuryBtc === null || treasuryShareHeld === null
        ? null
        : {
            openingBtc: treasuryBtc,
            shareHeld: treasuryShareHeld,
            markPriceUsdPerBtc: treasuryMarkUsdPerBtc,
          },
    purchases: purchases.map(({ name, boughtAtMs, costUsd, salvageUsd, lifeDays }) => ({
      ...{ name, boughtAtMs, costUsd, salvageUsd, lifeDays },
    })),
  }
}
