import { useId, useMemo, useState } from 'react'
import { display } from '#shared/format/display.ts'
import { moneyIn, US_DOLLARS } from '#shared/format/money.ts'
import { besideWords, pictureWords } from '../../charts/market/band-words.ts'
import type { MarketScene } from '../../charts/market/market-plan.ts'
import { MarketChart } from '../../charts/market/MarketChart.tsx'
import type { Range } from '../../charts/signals/day-ticks.ts'
import { spanOf } from '../../charts/signals/day-ticks.ts'
import type { FleetOnMarket } from '../../engine/market-view.ts'
import { memo } from '../../state/memo.ts'
import { selectCurrency, selectDisplay, selectRealMarket } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { useNow } from '../../ui/use-now.ts'
import { BandTable } from './BandTable.tsx'
import { selectSignals } from './signals/select-signals.ts'
import { StaleDays } from './signals/StaleDays.tsx'

/** Days are told in USD, or in satoshi at each day's own price: rates of today say nothing about the past. */
const selectChartMoney = memo([selectRealMarket, selectDisplay], (market) =>
  display().hashpriceUnit === 'sat-th'
    ? moneyIn('USD', 1, market?.conditions.priceUsdPerBtc ?? null)
    : US_DOLLARS,
)

/** Hashprice of the stored days; where it is told in satoshi, what a day paid in bitcoin at the price of now. null: no day has one. */
const selectDays = memo([selectSignals, selectChartMoney, selectRealMarket], (signals, money, market) => {
  if (signals === null || signals.hashprice.every(Number.isNaN)) return null
  const { series, hashprice } = signals
  const price = market?.conditions.priceUsdPerBtc ?? Number.NaN
  return {
    dates: series.dates,
    last: series.dates[hashprice.findLastIndex((usd) => !Number.isNaN(usd))]!,
    usdPerPhDay:
      money === US_DOLLARS ? hashprice : hashprice.map((usd, day) => (usd / series.priceUsd[day]!) * price),
  }
})

/** Hashprice of the days, and on the same axis the hashrate of the fleet by its break-evens. */
export function HashpricePanel({
  id,
  fleet,
  range,
}: {
  readonly id: string
  readonly fleet: FleetOnMarket | null
  readonly range: Range
}) {
  const headingId = useId()
  const money = useStore(selectChartMoney)
  const known = useStore(selectDays)
  const market = useStore(selectRealMarket)
  const currency = useStore(selectCurrency)
  const nowMs = useNow()
  const [asTable, setAsTable] = useState(false)
  const now = market?.hashpriceUsdPerPhDay ?? Number.NaN
  const after = market?.hashpriceAfterUsdPerPhDay ?? Number.NaN
  const scene = useMemo((): Omit<MarketScene, 'size'> => {
    const span = known === null ? null : spanOf(known.dates.length, range)
    const hasValue =
      span !== null && known!.usdPerPhDay.subarray(span.from, span.to + 1).some((usd) => !Number.isNaN(usd))
    return {
      days: hasValue ? { ...known!, span } : null,
      ...{ fleet, now, after, unitsOf: money.hashpriceUnits, words: money.perPh },
    }
  }, [known, range, fleet, now, after, money])
  const hasTable = fleet !== null && fleet.bands.length > 0
  const isEmpty = scene.days === null && !hasTable
  const isSats = money !== US_DOLLARS
  return (
    <section className="panel pad market-hashprice" id={id} aria-labelledby={headingId}>
      <header className="panel-head">
        <h2 id={headingId} tabIndex={-1}>
          Hashprice against your break-evens{' '}
          <small>
            {money.hashprice.words}
            {isSats
              ? '; days at their own price, break-evens at the price of now'
              : currency === 'USD'
                ? ''
                : '; in USD, as the rates of today say nothing about the days before'}
          </small>
        </h2>
        {known === null ? null : <StaleDays date={known.last} nowMs={nowMs} />}
        {hasTable ? (
          <button type="button" className="button quiet" onClick={() => setAsTable(!asTable)}>
            {asTable ? 'Show as chart' : 'Show as table'}
          </button>
        ) : null}
      </header>
      {isEmpty ? (
        <p className="muted">
          Nothing can be shown yet: there is neither a day with a hashprice nor a machine that runs.
        </p>
      ) : asTable && hasTable ? (
        <BandTable bands={fleet.bands} money={money} />
      ) : (
        <MarketChart
          scene={scene}
          money={money}
          label={pictureWords({ fleet, now, days: scene.days === null ? null : range.words }, money)}
        />
      )}
      {fleet === null || fleet.machinesBeside === 0 ? null : (
        <p className="faint market-beside">{besideWords(fleet)}</p>
      )}
    </section>
  )
}
