import type { BacktestCase } from '#shared/domain/backtest/backtest.ts'
import { daysPast, periodIn } from '#shared/domain/backtest/period.ts'
import type { Period } from '#shared/domain/backtest/period.ts'
import type { Backtest, BacktestMonth } from '#shared/domain/backtest/result.ts'
import type { BacktestChoices, ShownBacktest } from '#shared/ipc/schemas/backtest.ts'
import { sourceOrder } from '#shared/ipc/sources.ts'
import type { Store } from '#electron/store/sqlite/client.ts'

export type BacktestStore = Pick<
  Store,
  'readFleet' | 'readCase' | 'readSettings' | 'readPast' | 'readEpochStarts'
>

/** The stored fleet with its agreements, and the stored days of a period. null: see `BacktestService.run` */
export async function storedBacktest(
  store: BacktestStore,
  { fromDay, toDay, reviewDays }: BacktestChoices,
  nowMs: number,
): Promise<BacktestCase | null> {
  const settings = await store.readSettings()
  const [fleet, inputs, days] = await Promise.all([
    store.readFleet(),
    store.readCase(),
    storedDays(store, sourceOrder(settings.networkOrder), { fromDay, toDay }, nowMs),
  ])
  if (days === null) return null
  const { machines, sites } = fleet
  return {
    fleet: { machines, sites },
    inputs: reviewDays === null ? inputs : { ...inputs, limits: { ...inputs.limits, reviewDays } },
    heldAtMs: nowMs,
    horizonDays: settings.horizonDays,
    past: days.past,
    fromDay: days.fromDay,
    toDay: days.toDay,
  }
}

type StoredDays = Period &
  Pick<BacktestCase, 'past'> & {
    /** of the history */
    readonly sources: readonly string[]
  }

/** The stored days of a period, and those before it that it looks at. null: see `BacktestService.run` */
export async function storedDays(
  store: Pick<Store, 'readPast' | 'readEpochStarts'>,
  order: readonly string[],
  choice: { readonly fromDay: string | null; readonly toDay: string | null },
  nowMs: number,
): Promise<StoredDays | null> {
  const [{ series, coverage }, blocks] = await Promise.all([
    store.readPast(order, nowMs),
    store.readEpochStarts(order, nowMs),
  ])
  const period = periodIn(series, choice)
  if (period === null) return null
  const sources = coverage.flatMap((column) => column.sources).map(({ source }) => source)
  return { ...period, past: daysPast(series, blocks, period), sources }
}

/** As it goes to the window: null in place of NaN. */
export function shownBacktest({
  months,
  total,
  reachedShare,
  gaps,
  boundedSites,
  ...rest
}: Backtest): ShownBacktest {
  return {
    ...rest,
    months: months.map(({ month, ...span }) => ({ month, ...shownSpan(span) })),
    total: shownSpan(total),
    reachedShare: existing(reachedShare),
    gaps: gaps.map(({ missing, ...gap }) => ({ ...gap, missing: [...missing] })),
    boundedSites: [...boundedSites],
  }
}

const existing = (value: number) => (Number.isFinite(value) ? value : null)

function shownSpan({ meanHashpriceUsdPerPhDay, ...span }: Omit<BacktestMonth, 'month'>) {
  return { ...span, meanHashpriceUsdPerPhDay: existing(meanHashpriceUsdPerPhDay) }
}
